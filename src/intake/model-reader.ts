import type { Taxonomy } from '../concerns/taxonomy.ts'
import { type Llm, LlmError } from '../llm/llm.ts'
import { type FilledPrompt, fillPrompt, readPrompt } from '../llm/prompt.ts'
import { createMasker } from '../privacy/mask.ts'
import type { Roster } from '../roster/roster.ts'
import { parseReading, type WireSchemas, wireSchemas } from './extraction.ts'
import { type FoundConcern, type Question, type Reader, ReaderBusy, ReaderRefused, type Reading } from './reader.ts'
import { renderQuestion } from './render-question.ts'

const BASE_TOKENS = 400
const TOKENS_A_LINE = 120

/** Reads an episode with a language model: masked lines out, a checked answer in, nothing personal on the wire. */
export class ModelReader implements Reader {
  readonly name: string
  readonly prompt: FilledPrompt
  readonly #llm: Llm
  readonly #schemas: WireSchemas
  readonly #names: string[]

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
    const masker = createMasker({ names: this.#names, speakers: new Map(question.speakers) })
    const user = renderQuestion(question, masker.mask)
    const reading = parseReading(await this.#ask(user, question.lines.length), this.#schemas)
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

  async #ask(user: string, lines: number): Promise<unknown> {
    try {
      const { value } = await this.#llm.ask({
        purpose: 'extract',
        prompt: this.prompt,
        user,
        schema: this.#schemas.answer,
        jsonSchemaName: 'reading',
        maxTokens: BASE_TOKENS + TOKENS_A_LINE * lines,
      })
      return value
    } catch (error) {
      throw error instanceof LlmError ? asReaderError(error) : error
    }
  }
}

/** The system prompt with the taxonomy filled in; the same bytes for every question. */
export function extractionPrompt({ natures, categories, urgencies }: Taxonomy): FilledPrompt {
  const list = (entries: [string, { label: string; meaning: string }][]) =>
    entries.map(([code, { label, meaning }]) => `${code} ${label}(${meaning})`).join(';')
  return fillPrompt(readPrompt('extract-concerns'), {
    natures: Object.entries(natures)
      .map(([code, { label }]) => `${code} ${label}`)
      .join('、'),
    categories: categories
      .map(
        ({ code, label, urgency, examples }) =>
          `  ${code} ${label}(${examples === '' ? '' : `${examples};`}${urgency})`,
      )
      .join('\n'),
    urgencies: list(Object.entries(urgencies)),
  })
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
