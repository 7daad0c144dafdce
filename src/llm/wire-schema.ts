import { z } from 'zod'

type Node = { [key: string]: unknown }

const BOUNDS = ['minimum', 'maximum', 'minItems', 'maxItems', 'minLength', 'maxLength']

/**
 * The schema as it is sent: shapes and words only. Bounds, which some servers refuse and all charge for, are checked
 * when the answer is read.
 * @throws Error when a property is optional; strict endpoints refuse those.
 */
export function wireSchema(schema: z.ZodObject): Node {
  const { $schema: _, ...root } = z.toJSONSchema(schema)
  return leaner(root) as Node
}

function leaner(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(leaner)
  if (typeof node !== 'object' || node === null) return node
  refuseOptional(node as Node)
  if (isMaybe(node as Node))
    return leaner({ ...(node as Maybe).anyOf[0], type: [(node as Maybe).anyOf[0].type, 'null'] })
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !(BOUNDS.includes(key) && typeof value === 'number'))
      .map(([key, value]) => [key, leaner(value)]),
  )
}

type Maybe = { anyOf: [Node & { type: string }, { type: 'null' }] }

/** A plain value or null, which two words of type say as well; an enum stays apart, since some endpoints want no null in it. */
function isMaybe({ anyOf }: Node): boolean {
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return false
  const [value, none] = anyOf as Node[]
  return none?.type === 'null' && typeof value?.type === 'string' && !('enum' in value) && value.type !== 'object'
}

function refuseOptional({ properties, required }: Node): void {
  if (typeof properties !== 'object' || properties === null || Array.isArray(properties)) return
  const optional = Object.keys(properties).filter((key) => !(Array.isArray(required) && required.includes(key)))
  if (optional.length > 0) throw new Error(`a schema for a model has no optional properties: ${optional.join(', ')}`)
}
