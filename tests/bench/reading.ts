import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ChatMessage } from '../../src/chat/chat.ts'
import { readTranscript } from '../../src/chat/transcript.ts'
import { SAMPLE_ROSTER } from '../../src/cli/ledger-folder.ts'
import { readTaxonomy } from '../../src/concerns/taxonomy.ts'
import { wireSchemas } from '../../src/intake/extraction.ts'
import { extractionPrompt } from '../../src/intake/model-reader.ts'
import type { Question, Reader } from '../../src/intake/reader.ts'
import { renderQuestion } from '../../src/intake/render-question.ts'
import { RulesReader } from '../../src/intake/rules/rules-reader.ts'
import { systemText } from '../../src/llm/wire-schema.ts'
import { readRosterFolder } from '../../src/roster/read.ts'
import { replayChat } from '../eval/replay-chat.ts'

/** Tokens of Chinese text in today's vocabularies: about 0.8 a character (../shared/reference measured 0.81). */
const TOKENS_A_CHARACTER = 0.8
const DENSE_A_DAY = 300
const RULES_MESSAGES = 150_000

/** Model calls and input tokens per 1,000 messages, at the density of the annotated chats and at 300 messages a day. */
export async function benchCalls(): Promise<void> {
  const dir = join(import.meta.dirname, '../eval/chats/dev')
  const chats = readdirSync(dir)
    .filter((file) => file.endsWith('.chat.jsonl'))
    .map((file) => readTranscript(join(dir, file)))
  const taxonomy = readTaxonomy()
  const prefix = systemText(extractionPrompt(taxonomy).text, wireSchemas(taxonomy).answer).length * TOKENS_A_CHARACTER
  for (const [name, shape] of [
    ['as the annotated chats', (chat: ChatMessage[]) => chat],
    [`${DENSE_A_DAY} messages a day`, (chat: ChatMessage[]) => atDensity(chat, DENSE_A_DAY)],
  ] as const) {
    const counter = new CountingReader()
    for (const chat of chats) await replayChat(shape(chat), () => counter)
    const messages = chats.reduce((sum, chat) => sum + chat.length, 0)
    const perThousand = (value: number) => Math.round((value / messages) * 1000).toLocaleString('en')
    console.log(
      `model calls per 1,000 messages, ${name}: ${perThousand(counter.calls)} calls; input tokens: ${perThousand(counter.calls * prefix)} of one cacheable prefix (${Math.round(prefix)} a call) + ${perThousand(counter.characters * TOKENS_A_CHARACTER)}; one call per message would be ${Math.round(1000 * prefix).toLocaleString('en')} of prefix alone`,
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

class CountingReader implements Reader {
  readonly name = 'counting'
  calls = 0
  characters = 0

  async read(question: Question) {
    this.calls += 1
    this.characters += renderQuestion(question, (text) => text).length
    return { concerns: [], updates: [] }
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
