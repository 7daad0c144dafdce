import { type Db, inOneTransaction } from '../../db/database.ts'
import type { Concern } from '../concerns/concern.ts'
import { amendConcern, fileConcern, moveConcern, noteConcern } from '../concerns/ledger.ts'
import { ASSISTANT } from '../concerns/record.ts'
import { findByEvidence, getConcern } from '../concerns/repository.ts'
import type { Taxonomy } from '../concerns/taxonomy.ts'
import type { Roster } from '../roster/roster.ts'
import { announceRed } from './announce.ts'
import { type CheckedConcern, checkReading, sameMatter } from './check.ts'
import type { MessageRow } from './inbox.ts'
import { type AskedEpisode, askAbout } from './question.ts'
import type { FoundConcern, Reader } from './reader.ts'
import { hasUrgentCue } from './urgent.ts'

type Parts = { rules: Reader; roster: Roster; taxonomy: Taxonomy; now: Date }

/** Why an urgent cue alone put a concern on the list. */
const ALARM_DOUBT = '听到紧急的词,还没细读'
const READ = '已细读'

/** Puts the urgent cues of these messages on the list as red concerns by rule, once a message, and announces them. */
export async function alarmByRule(db: Db, messages: readonly MessageRow[], parts: Parts): Promise<void> {
  const urgent = messages.filter(({ text }) => hasUrgentCue(text))
  if (urgent.length === 0) return
  const seqs = urgent.map(({ seq }) => seq)
  const known = await toldAsDanger(db, seqs)
  for (const message of urgent) if (!known.has(message.seq)) await alarm(db, message, parts)
}

async function alarm(db: Db, message: MessageRow, { rules, roster, taxonomy, now }: Parts): Promise<void> {
  const asked = await askAbout(db, [message], { roster, taxonomy, isRegistered: false })
  const reading = await rules.read(asked.question)
  const line = asked.question.lines.length
  const found = reading.concerns.find(({ lines }) => lines.includes(line)) ?? bareRequest(asked)
  const nature = found.nature === 'report' ? 'report' : 'help'
  const urgentOnly = { concerns: [{ ...found, urgency: 'red' as const, nature } as FoundConcern], updates: [] }
  const context = { roster, taxonomy, isRegistered: false, doubtOf: () => null }
  for (const { draft, cited } of checkReading(asked, urgentOnly, context).concerns) {
    await inOneTransaction(db, async (trx) => {
      const concern = await fileConcern(trx, { ...draft, doubt: ALARM_DOUBT }, cited, ASSISTANT, now)
      await announceRed(trx, concern, roster, now)
    })
  }
}

/** The alarm that a closely read danger had raised by rule before; null when it raised none, or the alarm is another matter. */
export async function findAlarm(db: Db, { draft, cited }: CheckedConcern): Promise<Concern | null> {
  const told = cited.filter(({ role }) => role === 'told').map(({ seq }) => seq)
  for (const no of new Set((await findByEvidence(db, told)).values())) {
    const concern = await getConcern(db, no)
    const isIt = draft.urgency === 'red' || sameMatter(concern.category, draft.category)
    if (concern.doubt === ALARM_DOUBT && isIt) return concern
  }
  return null
}

/** Completes an alarm with what was read closely; what people have in hand already it only adds to. */
export async function readClosely(
  db: Db,
  alarm: Concern,
  { draft, cited }: CheckedConcern,
  now: Date,
): Promise<Concern> {
  const { title, category, place, placeWords } = draft
  if (alarm.status !== 'suspected') {
    await amendConcern(db, alarm.no, { doubt: READ }, { kind: 'amended', note: '细读过' }, ASSISTANT, now)
    return noteConcern(db, alarm.no, { kind: 'more', note: null }, ASSISTANT, now, cited)
  }
  const change = { title, category, place, placeWords, urgency: draft.urgency, doubt: draft.doubt ?? READ }
  await amendConcern(db, alarm.no, change, { kind: 'amended', note: '细读后补全' }, ASSISTANT, now, cited)
  return draft.doubt === null ? moveConcern(db, alarm.no, { to: 'open' }, ASSISTANT, now) : getConcern(db, alarm.no)
}

/** The last line as a request that no reader could name more closely. */
export function bareRequest({ question }: AskedEpisode): FoundConcern {
  const line = question.lines.length
  return {
    lines: [line],
    also: [],
    settled: [],
    title: '',
    nature: 'help',
    category: 'other',
    urgency: 'blue',
    placeKind: 'none',
    placeWords: question.lines[line - 1]!.text,
    placeLine: line,
    sameAs: null,
    sure: true,
  }
}

/** Messages that some danger rests on already, or anything that people threw out: that does not come back. */
async function toldAsDanger(db: Db, seqs: number[]): Promise<Set<number>> {
  const rows = await db
    .selectFrom('evidence')
    .innerJoin('concern', 'concern.no', 'evidence.concern')
    .select('message')
    .where('message', 'in', seqs)
    .where((where) => where.or([where('urgency', '=', 'red'), where('status', '=', 'dropped')]))
    .execute()
  return new Set(rows.map((row) => row.message))
}
