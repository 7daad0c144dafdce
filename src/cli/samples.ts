import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../db/database.ts'
import { createBot } from '../bot.ts'
import type { ChatMessage } from '../chat/chat.ts'
import { readTranscript } from '../chat/transcript.ts'
import { digestWords } from '../commands/digest-words.ts'
import { listConcerns } from '../concerns/repository.ts'
import { ALIVE_STATUSES } from '../concerns/status.ts'
import { collectBaseline } from '../digest/baseline.ts'
import { collectFigures } from '../digest/collect.ts'
import { monthBefore, weekBefore } from '../digest/period.ts'
import { renderDigest } from '../digest/render-digest.ts'
import { collectSummary } from '../digest/summary.ts'
import { collectWeeks } from '../digest/weeks.ts'
import { RulesReader } from '../intake/rules/rules-reader.ts'
import { silentLog } from '../log.ts'
import { renderMonth } from '../outputs/monthly/make-pack.ts'
import { renderDigestPicture } from '../outputs/picture/digest-picture.ts'
import { drawPictures } from '../outputs/picture/picture.ts'
import { summarySections } from '../outputs/picture/summary-blocks.ts'
import { renderContacts } from '../outputs/workbook/contacts-sheet.ts'
import { bookWords } from '../outputs/workbook/words.ts'
import { renderLedger } from '../outputs/workbook/workbook.ts'
import { MovableClock, replay } from '../replay.ts'
import { saveSetting } from '../settings.ts'
import { type OpenLedger, prepareLedger } from './ledger-folder.ts'
import { SILENT } from './silent.ts'

const CHATS = ['week-may', 'committee-may'].map(
  (name) => new URL(`../../db/sample/${name}.chat.jsonl`, import.meta.url).pathname,
)
const MONDAY = new Date('2026-05-25T08:30:00+08:00')
const BEFORE_PARTY_DAY = new Date('2026-06-08T09:00:00+08:00')
const READ_BY = 'rules'

type Sample = { name: string; bytes: Uint8Array }

/**
 * Lets the sample week and what the committee did about it happen in a ledger that is thrown away, and writes what the
 * committee and the operator would get: the digest as text and picture, 汇总 图, workbooks, the monthly pack.
 * @returns the paths.
 */
export async function writeSamples(dir: string): Promise<string[]> {
  const ledger = await prepareLedger(await openDatabase(':memory:'))
  try {
    const samples = await makeSamples(ledger)
    mkdirSync(dir, { recursive: true })
    return samples.map(({ name, bytes }) => {
      const path = join(dir, name)
      writeFileSync(path, bytes)
      return path
    })
  } finally {
    await ledger.close()
  }
}

async function makeSamples(ledger: OpenLedger): Promise<Sample[]> {
  const { db, roster, taxonomy } = ledger
  const messages = CHATS.flatMap((file) => readTranscript(file)).sort((a, b) => a.at.getTime() - b.at.getTime())
  const clock = new MovableClock(messages[0]!.at)
  await saveSetting(db, 'since', clock.now().toISOString())
  await live(
    ledger,
    clock,
    messages.filter(({ at }) => at < MONDAY),
  )
  clock.advance(MONDAY)
  const weekly = await weeklySamples(ledger)
  await live(
    ledger,
    clock,
    messages.filter(({ at }) => at >= MONDAY),
  )
  const now = BEFORE_PARTY_DAY
  const words = bookWords(roster, taxonomy)
  const open = await listConcerns(db, { statuses: ALIVE_STATUSES })
  const monthly = { words: digestWords(ledger), readBy: READ_BY, now } as const
  return [
    ...weekly,
    { name: 'ledger.xlsx', bytes: await renderLedger(db, { words, readBy: READ_BY, now }) },
    { name: 'contacts.xlsx', bytes: await renderContacts(open, words, now) },
    { name: 'monthly.docx', bytes: await renderMonth(db, monthBefore(now), monthly) },
  ]
}

async function weeklySamples({ db, roster, taxonomy }: OpenLedger): Promise<Sample[]> {
  const options = { words: digestWords({ roster, taxonomy }), readBy: READ_BY } as const
  const week = weekBefore(MONDAY)
  const figures = await collectFigures(db, week, MONDAY)
  const previous = await collectBaseline(db, week)
  const weeks = await collectWeeks(db, week, week.from)
  const summary = await collectSummary(db, { period: week, category: 'elevator' }, 'committee', {
    ...options,
    limit: 20,
  })
  return [
    { name: 'digest.txt', bytes: Buffer.from(`${renderDigest(figures, previous, options)}\n`) },
    ...numbered('digest', await renderDigestPicture(figures, previous, weeks, options)),
    ...numbered('summary', await drawPictures(summarySections(summary, null, options), options)),
  ]
}

function numbered(name: string, pages: readonly Uint8Array[]): Sample[] {
  return pages.map((bytes, index) => ({ name: `${name}-${index + 1}.png`, bytes }))
}

async function live({ db, roster, taxonomy }: OpenLedger, clock: MovableClock, messages: ChatMessage[]): Promise<void> {
  const rules = new RulesReader({ compounds: roster.compounds, categories: taxonomy.categories })
  const world = { db, roster, taxonomy, clock, log: silentLog, reader: rules, rules, ...SILENT }
  const { bot, intake } = createBot(world, clock.now())
  const onFailure = () => Promise.reject(new Error('the rules failed'))
  await replay(messages, { bot, intake, clock, onFailure })
}
