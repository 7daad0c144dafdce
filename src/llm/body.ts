import type { Rung, Terms } from './ladder.ts'
import type { Request } from './llm.ts'
import { mannersOf } from './provider.ts'
import { wireSchema } from './wire-schema.ts'

/** Which model is asked, where, and what else its endpoint wants to be told. */
export type Endpoint = { baseUrl: string; model: string; extraBody?: Readonly<Record<string, unknown>> }

/**
 * The body of a question. The system message is the same bytes on every rung, so that endpoints can cache it.
 * Who refuses `max_tokens` is told `max_completion_tokens`.
 */
export function bodyOf(request: Request, { rung, without }: Terms, endpoint: Endpoint): Record<string, unknown> {
  const { extra, takesTemperature } = mannersOf(endpoint.baseUrl, endpoint.model)
  const limit = without.includes('max_tokens') ? 'max_completion_tokens' : 'max_tokens'
  const format = responseFormat(rung, request)
  const body = {
    model: endpoint.model,
    messages: [
      { role: 'system', content: request.prompt.text },
      { role: 'user', content: contentOf(request) },
    ],
    ...(takesTemperature && { temperature: 0 }),
    [limit]: request.maxTokens,
    ...extra,
    ...endpoint.extraBody,
    ...(format && { response_format: format }),
  }
  return Object.fromEntries(Object.entries(body).filter(([key]) => !without.includes(key)))
}

function contentOf({ user, picture }: Request): unknown {
  if (picture === undefined) return user
  return [
    { type: 'image_url', image_url: { url: picture } },
    { type: 'text', text: user },
  ]
}

function responseFormat(rung: Rung, { schema, jsonSchemaName }: Request): Record<string, unknown> | null {
  if (rung === 'text') return null
  if (rung === 'json_object') return { type: 'json_object' }
  return { type: 'json_schema', json_schema: { name: jsonSchemaName, strict: true, schema: wireSchema(schema) } }
}
