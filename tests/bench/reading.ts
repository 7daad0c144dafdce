import { join } from 'node:path'
import { estimateTokenCount } from 'tokenx'
import type { ChatMessage } from '../../src/chat/chat.ts'
import { readTranscript } from '../../src/chat/transcript.ts'
import { SAMPLE_ROSTER } from '../../src/cli/ledger-folder.ts'
import { readTaxonomy } from '../../src/concerns/taxonomy.ts'
import { wireSchemas } from '../../src/intake/extraction.ts'
import { extractionPrompt, secondLookPrompt } from '../../src/intake/model-reader.ts'
import type { Question, Reader, Reading } from '../../src/intake/reader.ts'
import { renderQuestion } from '../../src/intake/render-question.ts'
import { RulesReader } from '../../src/intake/rules/rules-reader.ts'
import { wireSchema } from '../../src/llm/wire-schema.ts'
import { readRosterFolder } from '../../src/roster/read.ts'
import { chatsOf, jsonLines, recordingFile } from '../eval/chats.ts'
import type { Recording } from '../eval/recorded-reader.ts'
import { replayChat } from '../eval/replay-chat.ts'

const DENSE_A_DAY = 300
/** Its prompt and a dozen lines. */
const LOOK_TOKENS = estimateTokenCount(secondLookPrompt().text) + 300
const RULES_MESSAGES = 150_000

/** Model calls and input tokens per 1,000 messages, at the density of the annotated chats and at 300 messages a day. */
export async function benchCalls(): Promise<void> {
  const annotated = chatsOf('dev')
  const chats = annotated.map(({ messages }) => messages)
  const taxonomy = readTaxonomy()
  const schema = estimateTokenCount(JSON.stringify(wireSchema(wireSchemas(taxonomy).answer)))
  const prefix = estimateTokenCount(extractionPrompt(taxonomy).text) + schema
  // How often the recorded model was asked twice, an episode at a time: the most there can be where episodes are longer.
  const looks = annotated
    .flatMap(({ name }) => jsonLines<Recording>(recordingFile(name)))
    .filter(({ second }) => second.length > 0).length
  const rules = new RulesReader({
    compounds: readRosterFolder(SAMPLE_ROSTER).compounds,
    categories: taxonomy.categories,
  })
  for (const [name, shape] of [
    ['as the annotated chats', (chat: ChatMessage[]) => chat],
    [`${DENSE_A_DAY} messages a day`, (chat: ChatMessage[]) => atDensity(chat, DENSE_A_DAY)],
  ] as const) {
    const counter = new CountingReader(rules)
    for (const chat of chats) await replayChat(shape(chat), () => counter)
    const thousands = chats.reduce((sum, chat) => sum + chat.length, 0) / 1000
    const perThousand = (value: number) => Math.round(value / thousands).toLocaleString('en')
    console.log(
      `model calls per 1,000 messages, ${name}: ${perThousand(counter.calls)} readings and at most ${perThousand(looks)} second looks; input tokens: ${perThousand(counter.calls * prefix)} of one cacheable prefix (${prefix} a reading, ${schema} of them its schema) + ${perThousand(counter.tokens)} of talk + at most ${perThousand(looks * LOOK_TOKENS)} of second looks; one call per message would be ${(1000 * prefix).toLocaleString('en')} of prefix alone`,
    )
  }
}

/** A year and more of the group through the keyword rules. */
export async function benchRules(): Promise<void> {
  const roster = readRosterFolder(SAMPLE_ROSTER)
  const rules = new RulesReader({ compounds: roster.compounds, categories: readTaxonomy().categories })
  const dir = join(import.meta.dirname, '../eval/chats/dev')
  const texts = readTranscript(join(dir, 'week-may.chat.jsonl')).map(({ text }) => text.replaceAll('\n', '⏎'))
  const started = performance.now()
  for (let done = 0; done < RULES_MESSAGES; done += 40) {
    const lines = Array.from({ length: 40 }, (_, index) => ({
      ...{ number: index + 1, isNew: true, time: '08:00', speaker: `U${1 + (index % 9)}`, kind: 'text' as const },
      ...{ text: texts[(done + index) % texts.length]!, quotes: null, quotesConcern: null },
    }))
    await rules.read({ date: '2026-05-18 星期一', lines, open: [], speakers: new Map() })
  }
  const seconds = (performance.now() - started) / 1000
  console.log(`${RULES_MESSAGES.toLocaleString('en')} messages read by the rules: ${seconds.toFixed(1)} s`)
}

/** Counts what a model would be asked; the rules answer, so that the ledger fills and open concerns are sent along. */
class CountingReader implements Reader {
  readonly name = 'counting'
  readonly #rules: RulesReader
  calls = 0
  tokens = 0

  constructor(rules: RulesReader) {
    this.#rules = rules
  }

  read(question: Question): Promise<Reading> {
    this.calls += 1
    this.tokens += estimateTokenCount(renderQuestion(question, (text) => text))
    return this.#rules.read(question)
  }
}

/** The same talk, the pauses shortened until it has `perDay` messages a day. */
function atDensity(chat: ChatMessage[], perDay: number): ChatMessage[] {
  const start = chat[0]!.at.getTime()
  const days = (chat.at(-1)!.at.getTime() - start) / 86_400_000
  const shrink = chat.length / days / perDay
  return chat.map((message) => ({
    ...message,
    at: new Date(start + (message.at.getTime() - start) * Math.min(1, shrink)),
  }))
}
