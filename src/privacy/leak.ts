import { cleanText } from './clean.ts'
import {
  findLongNumbers,
  findMobiles,
  findScatteredLongNumbers,
  findScatteredMobiles,
  findSpokenMobiles,
} from './long-numbers.ts'
import type { Finder } from './span.ts'

const LEAKS: readonly Finder[] = [
  findLongNumbers,
  findMobiles,
  findScatteredMobiles,
  findScatteredLongNumbers,
  findSpokenMobiles,
]
const NO_NUMBER = /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b(?=[\da-f]*[a-f][\da-f]*[a-f])[\da-f]{24,}\b/giu
const ESCAPE = /\\u([\da-f]{4})/giu

/**
 * The last look at a body before it is sent: which kinds of number it still holds, empty when none.
 * Looks at the text as it stands and at every string of it as JSON, cleaned and unescaped. Never gives the number.
 * @example '…"content":"\u0031390000 1234"…' → ['电话']; '2026-05-18T00:32:00.000Z', a SHA-256, '12345' → []
 */
export function findLeaks(body: string): string[] {
  const texts = [body, ...stringsOf(parsed(body))].flatMap((text) => [text, unescaped(text)])
  const kinds = [...new Set(texts)].flatMap((text) => {
    const searched = cleanText(text).replace(NO_NUMBER, '#')
    return LEAKS.flatMap((find) => find(searched)).map(({ kind }) => kind)
  })
  return [...new Set(kinds)]
}

function unescaped(text: string): string {
  return text.replace(ESCAPE, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'number') return [String(value)]
  if (Array.isArray(value)) return value.flatMap(stringsOf)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsOf(inner)])
}
