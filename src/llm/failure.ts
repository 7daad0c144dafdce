import { APIConnectionError, APIError, APIUserAbortError, OpenAIError } from 'openai'
import { type Objection, objectionTo } from './ladder.ts'
import { LlmError } from './llm.ts'

const MODERATED =
  /content exists risk|data_?inspection|inappropriate content|content_?filter|content_?policy|risk_control|\b10013\b|new_sensitive|sensitive ?(?:content|information|words?)|high risk|法律法规|敏感|违规|不安全/iu
const UNPAID = /insufficient_quota|insufficient.{0,10}balance|arrear|billing|余额|欠费/iu
const TOO_LONG =
  /context_length|context.{0,5}(?:length|window)|maximum context|prompt is too long|input.{0,20}too long|too many tokens|reduce the length|range of input length/iu
const MISCONFIGURED =
  /model.{0,40}(?:not exist|not found|not supported|invalid)|(?:invalid|unknown) model|api.?key|account|permission|access denied/iu
const LONGEST_MESSAGE = 200

/** Whether a text says that a provider's censor refused; providers say it with any status, so the words decide. */
export function isModeration(text: string): boolean {
  return MODERATED.test(text)
}

/** What an endpoint said about a failed request: its own words, cut short. */
function wordsOf(error: APIError): string {
  return `${error.message} ${error.code ?? ''} ${error.type ?? ''} ${error.error ? JSON.stringify(error.error) : ''}`.trim()
}

/** Sorts whatever the client threw by what to do about it. */
export function toLlmError(thrown: unknown, now: Date): LlmError {
  const known = causes(thrown).find((cause) => cause instanceof LlmError)
  if (known) return known
  if (thrown instanceof APIUserAbortError || thrown instanceof APIConnectionError) {
    return new LlmError('transient', 'the endpoint did not answer', { cause: thrown })
  }
  if (thrown instanceof APIError && thrown.status !== undefined) return ofStatus(thrown.status, thrown, now)
  if (thrown instanceof OpenAIError) return new LlmError('config', thrown.message, { cause: thrown })
  if (causes(thrown).some((cause) => Object(cause).code === 'ERR_INVALID_URL')) {
    return new LlmError('config', 'the address of the endpoint is no URL', { cause: thrown })
  }
  return new LlmError('transient', 'the endpoint answered what is no answer', { cause: thrown })
}

/** What the endpoint has against the request itself; a refused or an overlong text is no such thing. */
export function objectionOf(error: LlmError, body: Readonly<Record<string, unknown>>): Objection | null {
  const { cause } = error
  if ((error.kind !== 'content' && error.kind !== 'config') || !(cause instanceof APIError)) return null
  return objectionTo(body, { status: cause.status, text: wordsOf(cause), param: cause.param })
}

/** Where a text is to blame the endpoint may quote it, so only its words about itself are passed on. */
function ofStatus(status: number, error: APIError, now: Date): LlmError {
  const words = wordsOf(error)
  const options = { cause: error, retryAfterSeconds: retryAfter(error.headers, now) }
  const message = error.message.slice(0, LONGEST_MESSAGE)
  if (isModeration(words)) return new LlmError('moderation', `the endpoint refused the text (${status})`, options)
  if (status === 402 || UNPAID.test(words)) return new LlmError('config', message, options)
  if (status === 429) return new LlmError('throttle', message, options)
  if (status >= 500 || status === 408 || status === 409 || status === 425) {
    return new LlmError('transient', message, options)
  }
  if (status === 413 || TOO_LONG.test(words))
    return new LlmError('size', `the question is too long (${status})`, options)
  const isAboutText = (status === 400 || status === 422) && !MISCONFIGURED.test(words)
  if (isAboutText) return new LlmError('content', `the endpoint does not take this question (${status})`, options)
  return new LlmError('config', message, options)
}

/** Seconds to wait, however many; null when nothing is said. */
function retryAfter(headers: Headers | undefined, now: Date): number | null {
  const said = headers?.get('retry-after')
  if (!said) return null
  const seconds = Number(said)
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds))
  const until = Date.parse(said)
  return Number.isNaN(until) ? null : Math.max(0, Math.ceil((until - now.getTime()) / 1000))
}

function causes(thrown: unknown): unknown[] {
  return thrown instanceof Error ? [thrown, ...causes(thrown.cause)] : []
}
