import { APIError, type OpenAI } from 'openai'
import type { Db } from '../../db/database.ts'
import { type Clock, DAY } from '../clock.ts'
import { bodyOf, type Endpoint } from './body.ts'
import { recordCall } from './call-log.ts'
import { openClient } from './client.ts'
import { objectionOf, toLlmError } from './failure.ts'
import { FIRST_TERMS, giveWay, type Objection, type Rung, rungBelow, type Terms } from './ladder.ts'
import { type Answer, type Llm, LlmError, type Request } from './llm.ts'
import { isRight, PROBE } from './probe.ts'
import { modelOf, readReply, requestIdOf, UnusableReply, usageOf } from './reply.ts'
import { loadTerms, saveTerms } from './terms.ts'

/** `extraBody` holds further fields of the body, such as chat_template_kwargs for vLLM. */
export type OpenAiLlmOptions = Endpoint & {
  /** Anything where the endpoint needs none, but not empty. */
  apiKey: string
  db: Db
  clock: Clock
  /** For a whole question unless it says otherwise; 60,000. */
  timeoutMs?: number
  /** Lets it be asked about pictures. */
  cargo?: 'picture'
}

type Attempt = { answer: Answer } | { error: LlmError; objection: Objection | null }

const TIMEOUT = 60_000
const PROBE_HOLDS = 7 * DAY
const UNUSABLE_IN_A_ROW = 2

/**
 * A model behind any OpenAI-compatible endpoint. It finds out how the endpoint can be asked for JSON and remembers it;
 * each attempt is a row of `llm_call`.
 */
export class OpenAiLlm implements Llm {
  readonly model: string
  readonly #options: OpenAiLlmOptions
  #client: OpenAI | undefined
  #terms: Terms | undefined
  #unusable = 0

  constructor(options: OpenAiLlmOptions) {
    this.model = options.model
    this.#options = options
  }

  /** Asks at the remembered rung. Gives way to objections; steps down after two unusable replies in a row. */
  async ask(request: Request): Promise<Answer> {
    const deadline = deadlineOf(request, this.#patience(request))
    let askedAgain = false
    for (;;) {
      const terms = await this.#remembered()
      const attempt = await this.#attempt(request, terms, deadline)
      if ('answer' in attempt) {
        this.#unusable = 0
        return attempt.answer
      }
      const { error, objection } = attempt
      if (!(error instanceof UnusableReply)) {
        const accepted = objection && giveWay(terms, objection)
        if (!accepted) throw error
        await this.#remember(accepted)
        continue
      }
      this.#unusable += 1
      const below = rungBelow(terms.rung)
      if (this.#unusable >= UNUSABLE_IN_A_ROW && below) {
        this.#unusable = 0
        await this.#remember({ ...terms, rung: below })
        continue
      }
      if (error.kind !== 'content' || askedAgain) throw error
      askedAgain = true
    }
  }

  /**
   * Finds the highest rung that gives the right answer to a known question, and remembers it for 7 days; until then,
   * and for the same base URL and model, it asks nothing. To be called at start and once a day.
   * @throws LlmError `config` when no rung does, others as `ask`; what was remembered stays.
   */
  async probe(): Promise<Rung> {
    const { clock } = this.#options
    const { rung, probedAt } = await this.#remembered()
    if (probedAt !== null && clock.now().getTime() - Date.parse(probedAt) < PROBE_HOLDS) return rung
    const deadline = deadlineOf(PROBE, this.#patience(PROBE))
    let terms: Terms | undefined = FIRST_TERMS
    while (terms) {
      const attempt: Attempt = await this.#attempt(PROBE, terms, deadline)
      if ('answer' in attempt && isRight(attempt.answer.value)) {
        await this.#remember({ ...terms, probedAt: clock.now().toISOString() })
        return terms.rung
      }
      const isUnusable = 'answer' in attempt || attempt.error instanceof UnusableReply
      const objection: Objection | null = isUnusable ? { stepDown: true } : attempt.objection
      if (!objection && 'error' in attempt) throw attempt.error
      terms = objection ? giveWay(terms, objection) : undefined
    }
    throw new LlmError('config', `${this.model} does not give the known answer, whichever way it is asked`)
  }

  /** One call and its row. */
  async #attempt(request: Request, terms: Terms, deadline: AbortSignal): Promise<Attempt> {
    const { db, clock } = this.#options
    const at = clock.now()
    const body = bodyOf(request, terms, this.#options)
    let completion: unknown
    let thrown: unknown
    let attempt: Attempt
    try {
      completion = await this.#send(body, { signal: deadline, timeout: this.#patience(request) })
      attempt = { answer: readReply(completion, request) }
    } catch (caught) {
      thrown = caught
      const error = toLlmError(caught, clock.now())
      attempt = { error, objection: objectionOf(error, body) }
    }
    await recordCall(db, {
      request,
      at,
      milliseconds: clock.now().getTime() - at.getTime(),
      modelAsked: this.model,
      modelAnswered: modelOf(completion),
      rung: terms.rung,
      outcome: 'answer' in attempt ? 'ok' : attempt.objection ? 'capability' : attempt.error.kind,
      usage: usageOf(completion),
      requestId: thrown instanceof APIError ? (thrown.requestID ?? null) : requestIdOf(completion),
      repaired: 'answer' in attempt && attempt.answer.repaired,
    })
    return attempt
  }

  /** The client is built with the first question: with a wrong address or no key the bot runs, and only this fails. */
  async #send(body: unknown, options: { signal: AbortSignal; timeout: number }): Promise<unknown> {
    this.#client ??= openClient({ timeoutMs: TIMEOUT, ...this.#options })
    return this.#client.chat.completions.create(body as OpenAI.ChatCompletionCreateParamsNonStreaming, options)
  }

  async #remembered(): Promise<Terms> {
    this.#terms ??= await loadTerms(this.#options.db, this.#options)
    return this.#terms
  }

  async #remember(terms: Terms): Promise<void> {
    this.#terms = terms
    await saveTerms(this.#options.db, this.#options, terms)
  }

  #patience({ timeoutMs }: Request): number {
    return timeoutMs ?? this.#options.timeoutMs ?? TIMEOUT
  }
}

function deadlineOf({ signal }: Request, milliseconds: number): AbortSignal {
  return AbortSignal.any([AbortSignal.timeout(milliseconds), ...(signal ? [signal] : [])])
}
