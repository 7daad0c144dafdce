import { z } from 'zod'
import { isModeration } from './failure.ts'
import { type Answer, LlmError, type Request, type Usage } from './llm.ts'
import { parseAnswer } from './parse.ts'

/** A reply arrived but holds no usable answer: the way of asking may be to blame. */
export class UnusableReply extends LlmError {}

/** What of a completion is read; gateways send anything with status 200. */
const Completion = z.object({
  choices: z.tuple(
    [
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    ],
    z.unknown(),
  ),
})
const Count = z.number().nullish().catch(null)
const Counted = z.object({
  usage: z.object({
    prompt_tokens: Count,
    completion_tokens: Count,
    prompt_cache_hit_tokens: Count,
    prompt_tokens_details: z.object({ cached_tokens: Count }).nullish().catch(null),
  }),
})
const Named = z.object({ model: z.string() })
const Identified = z.union([z.object({ _request_id: z.string() }), z.object({ id: z.string() })])

/**
 * Reads the answer out of a completion.
 * @throws UnusableReply when it is empty or no JSON, LlmError when it was cut off or refused, or is no completion at all.
 */
export function readReply(completion: unknown, { schema }: Pick<Request, 'schema'>): Answer {
  const read = Completion.safeParse(completion)
  if (!read.success) throw notACompletion(completion)
  const [{ finish_reason: finishReason, message }] = read.data.choices
  if (finishReason === 'content_filter' || finishReason === 'sensitive' || message.refusal) {
    throw new LlmError('moderation', 'the model refused to answer')
  }
  if (finishReason === 'length') throw new LlmError('size', 'the answer was cut off')
  if (finishReason === 'network_error' || finishReason === 'insufficient_system_resource') {
    throw new LlmError('transient', `the answer broke off: ${finishReason}`)
  }
  const content = message.content?.trim() ?? ''
  if (content === '') throw new UnusableReply('transient', 'the answer is empty')
  const parsed = parseAnswer(content)
  const isAsked = parsed && Object.keys(schema.shape).some((key) => Object.hasOwn(parsed.value, key))
  if (isAsked) return { ...parsed, usage: usageOf(completion), finishReason: finishReason ?? null }
  if (!parsed && isModeration(content)) throw new LlmError('moderation', 'the model refused to answer in words')
  throw new UnusableReply('content', 'the answer is not the JSON that was asked for')
}

/** The tokens of a reply; cached ones under the names of OpenAI or of DeepSeek. */
export function usageOf(completion: unknown): Usage {
  const counted = Counted.safeParse(completion).data?.usage
  return {
    input: counted?.prompt_tokens ?? null,
    cached: counted?.prompt_tokens_details?.cached_tokens ?? counted?.prompt_cache_hit_tokens ?? null,
    output: counted?.completion_tokens ?? null,
  }
}

/** The model that says it answered. */
export function modelOf(completion: unknown): string | null {
  return Named.safeParse(completion).data?.model ?? null
}

/** The id under which a provider can find the call again. */
export function requestIdOf(completion: unknown): string | null {
  const found = Identified.safeParse(completion).data
  if (!found) return null
  return '_request_id' in found ? found._request_id : found.id
}

/** Gateways send errors, web pages and empty lists with status 200. */
function notACompletion(completion: unknown): LlmError {
  const words = typeof completion === 'string' ? completion : JSON.stringify(Object(completion).error ?? '')
  if (isModeration(words)) return new LlmError('moderation', 'the endpoint refused the text with status 200')
  return new LlmError('transient', 'the endpoint answered with something that is no completion')
}
