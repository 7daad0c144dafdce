import { z } from 'zod'

type Node = { [key: string]: unknown }

/**
 * The schema as it is sent: nothing a weak server would stumble over.
 * @throws Error when a property is optional; strict endpoints refuse those.
 */
export function wireSchema(schema: z.ZodObject): Node {
  const { $schema: _, ...root } = z.toJSONSchema(schema)
  return leaner(root) as Node
}

/** The schema as it stands in a system prompt, on one line. */
export function schemaText(schema: z.ZodObject): string {
  return JSON.stringify(wireSchema(schema))
}

/** The system message: the prompt, with the schema and the word JSON whichever way the endpoint is asked for them. */
export function systemText(prompt: string, schema: z.ZodObject): string {
  const shape = schemaText(schema)
  if (prompt.includes(shape) && /json/iu.test(prompt)) return prompt
  return `${prompt}\n\n只回答一个 JSON 对象,前后不要任何别的文字。它必须符合这个 JSON Schema:\n${shape}`
}

function leaner(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(leaner)
  if (typeof node !== 'object' || node === null) return node
  refuseOptional(node as Node)
  return Object.fromEntries(
    Object.entries(node)
      .filter(
        ([key, value]) =>
          !((key === 'minimum' || key === 'maximum') && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER),
      )
      .map(([key, value]) => [key, leaner(value)]),
  )
}

function refuseOptional({ properties, required }: Node): void {
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return
  const optional = Object.keys(properties).filter((key) => !(Array.isArray(required) && required.includes(key)))
  if (optional.length > 0) throw new Error(`a schema for a model has no optional properties: ${optional.join(', ')}`)
}
