import type { ChatMessage } from '../../src/chat/chat.ts'
import { clockText } from '../../src/clock.ts'
import type { Taxonomy } from '../../src/concerns/taxonomy.ts'
import { extractionPrompt, secondLookPrompt } from '../../src/intake/model-reader.ts'
import type { Doubt, FoundConcern, FoundUpdate, Line, Question, Reader, Reading } from '../../src/intake/reader.ts'
import { ReaderBusy } from '../../src/intake/reader.ts'
import { cleanText } from '../../src/privacy/clean.ts'

/** What a model once answered about an episode, told by message ids: harmless changes of numbering do not touch it. */
export type Recording = {
  prompt: string
  /** Ids of the new messages of the question. */
  messages: string[]
  concerns: (Omit<FoundConcern, 'lines' | 'also' | 'settled' | 'placeLine' | 'sameAs'> & {
    lines: string[]
    also: string[]
    settled: string[]
    placeLine: string | null
    /** The mark of the concern meant by `sameAs`. */
    sameAs: string | null
  })[]
  updates: (Omit<FoundUpdate, 'concern' | 'lines' | 'placeLine'> & {
    /** The mark of the concern. */
    concern: string | null
    lines: string[]
    placeLine: string | null
  })[]
  /** What the second look answered, by the messages in doubt. */
  second: { kind: Doubt['kind']; messages: string[]; open: string | null; yes: boolean | null }[]
}

/** Names the prompts that a recording was made with. */
export function promptsOf(taxonomy: Taxonomy): string {
  return `${extractionPrompt(taxonomy).hash}+${secondLookPrompt().hash}`
}

/** Which message stands behind a line, and which concern rests on a message; kept by the replay. */
export type Ledger = {
  messages: readonly ChatMessage[]
  /** A concern by its mark: a message it rests on, and which of the concerns on that message it is (m069#1). */
  concernOf(mark: string): Promise<number | null>
  markOf(concern: number): Promise<string | null>
}

/** Answers as a recorded model did; a question that was never asked is a fault of the recording. */
export class RecordedReader implements Reader {
  readonly name: string
  readonly #recordings: Map<string, Recording>
  readonly #ledger: Ledger

  constructor(name: string, recordings: readonly Recording[], ledger: Ledger) {
    this.name = name
    this.#recordings = new Map(recordings.map((recording) => [recording.messages.join(' '), recording]))
    this.#ledger = ledger
  }

  async read(question: Question): Promise<Reading> {
    const ids = lineIds(question, this.#ledger.messages)
    const recording = this.#recordingOf(question)
    const line = (id: string) => ids.indexOf(id) + 1
    const lines = (list: string[]) => list.map(line).filter((number) => number > 0)
    const maybe = (id: string | null) => (id === null ? null : line(id) || null)
    return {
      concerns: await Promise.all(
        recording.concerns.map(async (found) => ({
          ...found,
          lines: lines(found.lines),
          also: lines(found.also),
          settled: lines(found.settled),
          placeLine: maybe(found.placeLine),
          sameAs: found.sameAs === null ? null : await this.#ledger.concernOf(found.sameAs),
        })),
      ),
      updates: (
        await Promise.all(
          recording.updates.map(async (update) => ({
            ...update,
            concern: (update.concern === null ? null : await this.#ledger.concernOf(update.concern)) ?? 0,
            lines: lines(update.lines),
            placeLine: maybe(update.placeLine),
          })),
        )
      ).filter(({ concern }) => concern > 0),
    }
  }

  /** A doubt that was not there when the recording was made gets no answer. */
  async lookAgain(question: Question, doubts: readonly Doubt[]): Promise<(boolean | null)[]> {
    const { second } = this.#recordingOf(question)
    const asked = await named(doubts, question, this.#ledger)
    return asked.map(
      ({ kind, messages, open }) =>
        second.find((known) => known.kind === kind && known.messages.join() === messages.join() && known.open === open)
          ?.yes ?? null,
    )
  }

  #recordingOf(question: Question): Recording {
    const ids = lineIds(question, this.#ledger.messages)
    const fresh = ids.filter((_, index) => question.lines[index]!.isNew)
    const recording = this.#recordings.get(fresh.join(' '))
    if (!recording) throw new ReaderBusy(`no recorded answer for ${fresh.join(' ')}: the episodes changed, record anew`)
    return recording
  }
}

/** Lets another reader read, and writes down what it answered. */
export class RecordingReader implements Reader {
  readonly name: string
  readonly recordings: Recording[] = []
  readonly #reader: Reader
  readonly #prompt: string
  readonly #ledger: Ledger

  constructor(reader: Reader, prompt: string, ledger: Ledger) {
    this.name = reader.name
    this.#reader = reader
    this.#prompt = prompt
    this.#ledger = ledger
  }

  async read(question: Question): Promise<Reading> {
    const reading = await this.#reader.read(question)
    const ids = lineIds(question, this.#ledger.messages)
    const id = (line: number) => ids[line - 1] ?? null
    const list = (lines: number[]) => lines.map(id).filter((one) => one !== null)
    const maybe = (line: number | null) => (line === null ? null : id(line))
    this.recordings.push({
      prompt: this.#prompt,
      messages: ids.filter((_, index) => question.lines[index]!.isNew),
      concerns: await Promise.all(
        reading.concerns.map(async (found) => ({
          ...found,
          lines: list(found.lines),
          also: list(found.also),
          settled: list(found.settled),
          placeLine: maybe(found.placeLine),
          sameAs: found.sameAs === null ? null : await this.#ledger.markOf(found.sameAs),
        })),
      ),
      updates: await Promise.all(
        reading.updates.map(async (update) => ({
          ...update,
          concern: await this.#ledger.markOf(update.concern),
          lines: list(update.lines),
          placeLine: maybe(update.placeLine),
        })),
      ),
      second: [],
    })
    return reading
  }

  async lookAgain(question: Question, doubts: readonly Doubt[]): Promise<(boolean | null)[]> {
    const answers = await this.#reader.lookAgain!(question, doubts)
    const asked = await named(doubts, question, this.#ledger)
    this.recordings.at(-1)!.second = asked.map((doubt, index) => ({ ...doubt, yes: answers[index] ?? null }))
    return answers
  }
}

/** Doubts told by message ids. */
function named(doubts: readonly Doubt[], question: Question, ledger: Ledger) {
  const ids = lineIds(question, ledger.messages)
  return Promise.all(
    doubts.map(async ({ kind, lines, open }) => ({
      kind,
      messages: lines.map((line) => ids[line - 1]!),
      open: open === null ? null : await ledger.markOf(open),
    })),
  )
}

/** The ids of the messages behind the lines, found by who said what when; the newest first among equals. */
function lineIds({ lines, speakers, date }: Question, messages: readonly ChatMessage[]): string[] {
  const names = new Map([...speakers].map(([name, label]) => [label, name]))
  const day = date.slice(0, 10)
  let before = messages.length
  return lines
    .toReversed()
    .map((line) => {
      const index = messages.findLastIndex(
        (message, at) => at < before && isLine(message, line, names.get(line.speaker), day),
      )
      if (index < 0) throw new Error(`no message stands behind line ${line.number}`)
      before = index
      return messages[index]!.id
    })
    .reverse()
}

function isLine(message: ChatMessage, line: Line, name: string | undefined, day: string): boolean {
  const local = new Date(message.at.getTime() + 8 * 3_600_000).toISOString()
  const isTime = line.time.endsWith(clockText(message.at)) && (line.time.length > 5 || local.startsWith(day))
  return isTime && message.sender === name && cleanText(message.text) === line.text
}
