import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTranscript } from '../../src/chat/transcript.ts'
import { readTaxonomy } from '../../src/concerns/taxonomy.ts'
import { scoreChat, sumScores } from '../../src/eval/score.ts'
import { parseGold } from '../../src/eval/score-gold.ts'
import { ratesOf, renderScores } from '../../src/eval/score-render.ts'
import { extractionPrompt } from '../../src/intake/model-reader.ts'
import { RecordedReader, type Recording } from './recorded-reader.ts'
import { replayChat } from './replay-chat.ts'

// Recorded answers of a language model (a Claude session playing the model behind the endpoint, 2026-11-23), replayed at
// the reader: what code does with them is measured here; a worse figure is a defect of the code.
const CHATS = join(import.meta.dirname, 'chats')
const RECORDINGS = join(import.meta.dirname, 'recordings')
const LEAST = {
  dev: {
    f1: 0.97,
    redRecall: 1,
    building: 0.98,
    partyGroup: 0.98,
    category: 0.95,
    categoryMacroF1: 0.93,
    nature: 0.93,
    urgency: 0.93,
    followUps: 0.93,
    settled: 0.95,
  },
}

describe.each(Object.entries(LEAST))('the recorded reading of the %s chats', (folder, least) => {
  const names = readdirSync(join(CHATS, folder))
    .filter((file) => file.endsWith('.chat.jsonl'))
    .map((file) => file.replace('.chat.jsonl', ''))

  test('was recorded with the prompt as it is', () => {
    const { hash } = extractionPrompt(readTaxonomy())
    const stale = names.filter((name) => !recordingsOf(name).every(({ prompt }) => prompt === hash))
    expect(
      stale,
      `the prompt changed since these were recorded: run npm run record -- tests/eval/chats/${folder}`,
    ).toEqual([])
  })

  test('scores as well as it did', async () => {
    const columns = await Promise.all(
      names.map(async (name) => {
        const messages = readTranscript(join(CHATS, folder, `${name}.chat.jsonl`))
        const filed = await replayChat(messages, (ledger) => new RecordedReader('recorded', recordingsOf(name), ledger))
        const file = join(CHATS, folder, `${name}.gold.json`)
        return { name, score: scoreChat(filed, parseGold(readFileSync(file, 'utf8'), file), messages.length) }
      }),
    )
    const all = sumScores(columns.map(({ score }) => score))
    const rates = ratesOf(all)
    const table = renderScores([...columns, { name: 'all', score: all }])
    for (const [measure, atLeast] of Object.entries(least)) {
      expect(rates[measure as keyof typeof rates], `${measure}\n${table}`).toBeGreaterThanOrEqual(atLeast)
    }
    expect(all.duplicates + all.wrongMerges, table).toBeLessThanOrEqual(1)
    expect(all.trapsFiled, table).toBeLessThanOrEqual(1)
    expect(all.injectionsHeeded, table).toBe(0)
  })
})

function recordingsOf(name: string): Recording[] {
  const file = join(RECORDINGS, `${name}.jsonl`)
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Recording)
}
