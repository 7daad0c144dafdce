import type { z } from 'zod'
import type { FilledPrompt } from './prompt.ts'

/** One question to a model. The prompt is the same bytes every time; all that changes stands in `user`, already masked. */
export type Request = {
  /** What the call is for, as it stands in `llm_call`: read, probe … */
  purpose: string
  prompt: FilledPrompt
  user: string
  /** A picture the question is about, as a data URL; only a client with that cargo sends it. */
  picture?: string
  /**
   * What the answer should look like, which the prompt tells too (and says JSON); the root is an object, nothing
   * optional (`.nullable()` instead).
   */
  schema: z.ZodObject
  jsonSchemaName: string
  maxTokens: number
  /** For the whole question, asking again included. */
  timeoutMs?: number
  /** Ends the question early; it is then `transient`. */
  signal?: AbortSignal
}

/** Tokens as the endpoint counted them; null where it did not. */
export type Usage = { input: number | null; cached: number | null; output: number | null }

export type Answer = {
  /** A JSON object with at least one of the keys asked for. No more is certain: check it item by item. */
  value: Record<string, unknown>
  usage: Usage
  finishReason: string | null
  /** Whether broken JSON was mended. */
  repaired: boolean
}

/** A model that answers questions with JSON. */
export interface Llm {
  /** The model's name as configured. */
  readonly model: string
  /** @throws LlmError and nothing else, but for a broken database. */
  ask(request: Request): Promise<Answer>
}

/**
 * What went wrong, by what to do about it: `config` a person must act (key, balance, model name) · `throttle` wait
 * `retryAfterSeconds` · `transient` ask again later · `size` ask about less · `moderation` find the one message ·
 * `content` no usable answer · `leak` something unmasked was stopped before it was sent.
 */
export type LlmErrorKind = 'config' | 'throttle' | 'transient' | 'size' | 'moderation' | 'content' | 'leak'

/** A question without an answer. The message never holds what was asked or answered. */
export class LlmError extends Error {
  override readonly name = 'LlmError'
  readonly kind: LlmErrorKind
  readonly retryAfterSeconds: number | null

  constructor(
    kind: LlmErrorKind,
    message: string,
    { retryAfterSeconds = null, cause }: { retryAfterSeconds?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.kind = kind
    this.retryAfterSeconds = retryAfterSeconds
  }
}
