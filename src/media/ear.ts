import type { OpenAI } from 'openai'
import { z } from 'zod'
import type { Db } from '../../db/database.ts'
import type { Clock } from '../clock.ts'
import { recordCall } from '../llm/call-log.ts'
import { openClient } from '../llm/client.ts'
import { objectionOf, toLlmError } from '../llm/failure.ts'
import { LlmError } from '../llm/llm.ts'
import type { Perceived, Sense } from './sense.ts'
import { asSound } from './sound.ts'

export type EarOptions = { baseUrl: string; apiKey: string; model: string; timeoutMs: number; db: Db; clock: Clock }

type Wish = 'response_format' | 'language'

const WISHES = { response_format: 'verbose_json', language: 'zh' } as const
const NO_PROMPT = { id: 'none', version: '0', hash: '', text: '' }
const MOST_TEXT = 2000
/** Whisper's own rule for a stretch in which nobody speaks; it makes up words there. */
const SILENCE = { noSpeech: 0.6, logprob: -1 }

const Transcript = z.object({
  text: z.string(),
  segments: z
    .array(
      z.object({
        text: z.string(),
        start: z.number().catch(0),
        end: z.number().catch(0),
        avg_logprob: z.number(),
        no_speech_prob: z.number().catch(0),
      }),
    )
    .nullish()
    .catch(null),
})

/** Hears voice messages through any OpenAI-compatible transcription endpoint; each attempt is a row of `llm_call`. */
export class Ear implements Sense {
  readonly host: string
  readonly #options: EarOptions
  readonly #refused = new Set<Wish>()
  #client: OpenAI | undefined

  constructor(options: EarOptions) {
    this.host = new URL(options.baseUrl).host
    this.#options = options
  }

  async perceive(bytes: Buffer, signal?: AbortSignal): Promise<Perceived> {
    const file = await asSound(bytes)
    for (;;) {
      const wishes = Object.entries(WISHES).filter(([wish]) => !this.#refused.has(wish as Wish))
      const body = { model: this.#options.model, ...Object.fromEntries(wishes) }
      try {
        return await this.#ask({ ...body, file }, signal)
      } catch (error) {
        const refused = refusedWish(error as LlmError, body)
        if (!refused) throw error
        this.#refused.add(refused)
      }
    }
  }

  async #ask(body: Readonly<Record<string, unknown>>, signal?: AbortSignal): Promise<Perceived> {
    const { db, clock, model, timeoutMs } = this.#options
    const at = clock.now()
    let outcome: Parameters<typeof recordCall>[1]['outcome'] = 'ok'
    try {
      this.#client ??= openClient({ ...this.#options, cargo: 'sound' })
      const answer = await this.#client.audio.transcriptions.create(body as never, {
        signal,
        timeout: timeoutMs,
      })
      return readTranscript(answer)
    } catch (thrown) {
      const error = toLlmError(thrown, clock.now())
      outcome = refusedWish(error, body) ? 'capability' : error.kind
      throw error
    } finally {
      await recordCall(db, {
        ...{ request: { purpose: 'hear', prompt: NO_PROMPT }, at, modelAsked: model, modelAnswered: null, outcome },
        milliseconds: clock.now().getTime() - at.getTime(),
        ...{ rung: 'text', usage: { input: null, cached: null, output: null }, requestId: null, repaired: false },
      })
    }
  }
}

/** The words of an answer and how sure they are; stretches in which nobody speaks are left out. */
function readTranscript(answer: unknown): Perceived {
  const read = Transcript.safeParse(answer)
  if (!read.success) throw new LlmError('transient', 'the endpoint answered with something that is no transcript')
  const { text, segments } = read.data
  if (!segments || segments.length === 0) return { text: tidy(text), confidence: null }
  const spoken = segments.filter(
    ({ avg_logprob, no_speech_prob }) => no_speech_prob <= SILENCE.noSpeech || avg_logprob >= SILENCE.logprob,
  )
  return { text: tidy(spoken.map((segment) => segment.text).join('')), confidence: confidenceOf(spoken) }
}

/** The mean of the segments by their length: a log probability of 0 is certain. */
function confidenceOf(segments: { start: number; end: number; avg_logprob: number }[]): number | null {
  if (segments.length === 0) return null
  const weights = segments.map(({ start, end }) => Math.max(0.01, end - start))
  const sum = segments.reduce((total, { avg_logprob }, index) => total + avg_logprob * weights[index]!, 0)
  const mean = sum / weights.reduce((total, weight) => total + weight, 0)
  return Math.min(1, Math.max(0, Math.exp(mean)))
}

function tidy(text: string): string {
  return text.trim().slice(0, MOST_TEXT)
}

/** What of our wishes the endpoint does not know; nothing else may be left out. */
function refusedWish(error: LlmError, body: Readonly<Record<string, unknown>>): Wish | null {
  const objection = objectionOf(error, body)
  if (!objection) return null
  if ('stepDown' in objection) return 'response_format'
  return objection.drop === 'language' ? 'language' : null
}
