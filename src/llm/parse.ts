import { jsonrepair } from 'jsonrepair'

type JsonObject = Record<string, unknown>

const THOUGHT = /^.*<\/think>|^\s*<think>.*$/su
const FENCED = /```(?:json)?\s*\n(?<inside>.*?)\n?\s*```/su

/**
 * Reads the JSON object out of an answer: as it stands, out of a fence, out of prose around it, or mended.
 * Null when there is none; `repaired` when it had to be mended.
 * @example '<think>…</think>```json\n{"a":1}\n```' → {a: 1}; '好的:{"a":1,}' → {a: 1}, repaired; '抱歉' → null
 */
export function parseAnswer(answer: string): { value: JsonObject; repaired: boolean } | null {
  const spoken = answer.replace(THOUGHT, '').trim()
  const candidates = [spoken, FENCED.exec(spoken)?.groups?.inside, outermost(spoken)].filter(
    (text) => text !== undefined,
  )
  for (const text of candidates) {
    const value = objectIn(text, JSON.parse)
    if (value) return { value, repaired: false }
  }
  const value = objectIn(outermost(spoken) ?? '', (text) => JSON.parse(jsonrepair(text)))
  return value && { value, repaired: true }
}

/** From the first { to the last }; to the end when nothing closes it. */
function outermost(text: string): string | undefined {
  const start = text.indexOf('{')
  if (start < 0) return undefined
  const end = text.lastIndexOf('}')
  return text.slice(start, end > start ? end + 1 : undefined)
}

function objectIn(text: string, parse: (text: string) => unknown): JsonObject | null {
  try {
    const value = parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
  } catch {
    return null
  }
}
