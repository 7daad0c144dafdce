import type { Taxonomy } from '../concerns/taxonomy.ts'
import { type Llm, LlmError, type Request } from '../llm/llm.ts'
import { type FilledPrompt, fillPrompt, readPrompt } from '../llm/prompt.ts'
import { createMasker } from '../privacy/mask.ts'
import type { Roster } from '../roster/roster.ts'
import { parseAnswers, parseReading, SecondAnswers, type WireSchemas, wireSchemas } from './extraction.ts'
import {
  type Doubt,
  type FoundConcern,
  type Question,
  type Reader,
  ReaderBusy,
  ReaderRefused,
  type Reading,
} from './reader.ts'
import { renderDoubts, renderQuestion } from './render-question.ts'

const BASE_TOKENS = 400
const TOKENS_A_LINE = 120

/** Reads an episode with a language model: masked lines out, a checked answer in, nothing personal on the wire. */
export class ModelReader implements Reader {
  readonly name: string
  readonly prompt: FilledPrompt
  readonly #llm: Llm
  readonly #schemas: WireSchemas
  readonly #names: string[]
  readonly #secondLook = secondLookPrompt()

  constructor({
    llm,
    prompt,
    taxonomy,
    roster,
  }: { llm: Llm; prompt: FilledPrompt; taxonomy: Taxonomy; roster: Roster }) {
    this.name = llm.model
    this.prompt = prompt
    this.#llm = llm
    this.#schemas = wireSchemas(taxonomy)
    this.#names = [...roster.members, ...roster.heads, ...roster.gridOfficers].map(({ name }) => name)
  }

  async read(question: Question): Promise<Reading> {
    const masker = this.#masker(question)
    const answer = await this.#ask({
      ...{ purpose: 'extract', prompt: this.prompt, user: renderQuestion(question, masker.mask) },
      ...{ schema: this.#schemas.answer, jsonSchemaName: 'reading' },
      maxTokens: BASE_TOKENS + TOKENS_A_LINE * itemsIn(question),
    })
    const reading = parseReading(answer, this.#schemas)
    if (!reading || (reading.bad > 0 && reading.concerns.length + reading.updates.length === 0)) {
      throw new ReaderRefused('the answer does not have the shape that was asked for')
    }
    return {
      concerns: reading.concerns.map((found) => unmasked(found, masker.restore)),
      updates: reading.updates.map((update) => ({
        ...update,
        placeWords: restored(update.placeWords, masker.restore),
      })),
    }
  }

  async lookAgain(question: Question, doubts: readonly Doubt[]): Promise<(boolean | null)[]> {
    const answer = await this.#ask({
      ...{ purpose: 'second-look', prompt: this.#secondLook },
      user: renderDoubts(question, doubts, this.#masker(question).mask),
      ...{ schema: SecondAnswers, jsonSchemaName: 'answers', maxTokens: BASE_TOKENS },
    })
    return parseAnswers(answer, doubts.length)
  }

  #masker({ speakers }: Question) {
    return createMasker({ names: this.#names, speakers: new Map(speakers) })
  }

  async #ask(request: Request): Promise<unknown> {
    try {
      return (await this.#llm.ask(request)).value
    } catch (error) {
      throw error instanceof LlmError ? asReaderError(error) : error
    }
  }
}

/** As many items as there can be: a line each, and each paragraph of a list or a notebook page. */
function itemsIn({ lines }: Question): number {
  return lines.reduce((sum, { text }) => sum + text.split('⏎').length, 0)
}

/** The system prompt with the taxonomy filled in; the same bytes for every question. */
export function extractionPrompt({ natures, categories, urgencies }: Taxonomy): FilledPrompt {
  return fillPrompt(readPrompt('extract-concerns'), {
    natures: entries(natures)
      .map(([code, { label }]) => `${code} ${label}`)
      .join('、'),
    categories: entries(urgencies)
      .map(([code]) => {
        const usual = categories.filter(({ urgency }) => urgency === code)
        return `${code}:${usual.map(({ code, label, examples }) => `${code}(${examples || label})`).join(' ')}`
      })
      .join('\n'),
    urgencies: entries(urgencies)
      .map(([code, { meaning }]) => `${code} ${meaning}`)
      .join(';'),
  })
}

function entries<K extends string, V>(record: Record<K, V>): [K, V][] {
  return Object.entries(record) as [K, V][]
}

/** The system prompt of the second look. */
export function secondLookPrompt(): FilledPrompt {
  return fillPrompt(readPrompt('second-look'))
}

/** Placeholders are put back in the detail and in the place words, never in a title. */
function unmasked(found: FoundConcern, restore: (text: string) => string): FoundConcern {
  return { ...found, detail: restore(found.detail ?? ''), placeWords: restored(found.placeWords, restore) }
}

function restored(words: string | null, restore: (text: string) => string): string | null {
  return words === null ? null : restore(words)
}

function asReaderError(error: LlmError): Error {
  const { kind, retryAfterSeconds } = error
  if (kind === 'config') return new ReaderBusy(error.message, { stop: true, retryAfterSeconds: 3600, cause: error })
  if (kind === 'throttle' || kind === 'transient')
    return new ReaderBusy(error.message, { retryAfterSeconds, cause: error })
  return new ReaderRefused(error.message, { cause: error })
}
