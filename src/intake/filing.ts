import { type Db, inOneTransaction } from '../../db/database.ts'
import { openQuestion } from '../casework/questions.ts'
import { findRecurrence } from '../casework/recurrence.ts'
import { dateWithWeekday } from '../clock.ts'
import type { Concern } from '../concerns/concern.ts'
import { amendConcern, fileConcern, linkConcerns, noteConcern } from '../concerns/ledger.ts'
import { ASSISTANT } from '../concerns/record.ts'
import { getConcern, getStanding, isTalkedAbout } from '../concerns/repository.ts'
import { isAlive } from '../concerns/status.ts'
import { enqueue } from '../outbox/outbox.ts'
import { placeName } from '../roster/place-name.ts'
import type { Roster } from '../roster/roster.ts'
import { announceRed } from './announce.ts'
import { type CheckedConcern, type CheckedReading, type CheckedUpdate, maybeSame } from './check.ts'
import { type EpisodeRow, finishEpisode } from './episodes.ts'
import { findAlarm, readClosely } from './rule-alarm.ts'

/**
 * Files what was read and closes the episode, in one transaction.
 * @returns the numbers filed, or null when a cited message was withdrawn meanwhile: the episode then stays pending.
 */
export async function fileReading(
  db: Db,
  episode: EpisodeRow,
  reading: CheckedReading,
  { roster, reader, now }: { roster: Roster; reader: string; now: Date },
): Promise<number[] | null> {
  return inOneTransaction(db, async (trx) => {
    if (!(await stillStands(trx, episode, reading))) return null
    const filed: number[] = []
    for (const found of reading.concerns) filed.push(await fileOne(trx, found, roster, now))
    for (const update of reading.updates) await applyUpdate(trx, update, roster, now)
    if (reading.isCut) {
      const text = `居民群一下子说了好多事,小助手只记下${filed.length}件,请到群里看看,别漏了。`
      await enqueue(trx, { room: 'committee', kind: 'notice', text, once: `cut:${episode.id}` }, now)
    }
    if (episode.purpose === 'registered') await answerRegistration(trx, episode, filed, roster, now)
    await finishEpisode(trx, episode.id, 'read', { reader })
    return filed
  })
}

async function stillStands(db: Db, episode: EpisodeRow, reading: CheckedReading): Promise<boolean> {
  const { state } = await db
    .selectFrom('episode')
    .select('state')
    .where('id', '=', episode.id)
    .executeTakeFirstOrThrow()
  const cited = [
    ...reading.concerns.flatMap((found) => [...found.cited.map(({ seq }) => seq), ...found.settled]),
    ...reading.updates.flatMap((update) => update.cited),
  ]
  const withdrawn = await db
    .selectFrom('message')
    .select('seq')
    .where('seq', 'in', [0, ...cited])
    .where('state', '=', 'withdrawn')
    .executeTakeFirst()
  return state === 'pending' && !withdrawn
}

async function fileOne(db: Db, found: CheckedConcern, roster: Roster, now: Date): Promise<number> {
  const alarmed = await findAlarm(db, found)
  const older = found.sameAs === null ? null : await getStanding(db, found.sameAs)
  // A danger told again after the first was settled is a danger of its own.
  const isDanger = found.draft.urgency === 'red'
  const canBeSame = older !== null && isTalkedAbout(older, now) && maybeSame(older, found.draft)
  const same = canBeSame && (isAlive(older.status) || !isDanger)
  const concern = alarmed
    ? await readClosely(db, alarmed, found, now)
    : same
      ? await noteConcern(db, older.no, { kind: 'more', note: null }, ASSISTANT, now, asMore(found))
      : await fileConcern(db, found.draft, found.cited, ASSISTANT, now)
  if (same && !isAlive(concern.status) && found.settled.length === 0) await tellOfMore(db, concern, roster, now)
  if (older && !same) await linkConcerns(db, concern.no, older.no, canBeSame ? 'recurrence_of' : 'related')
  if (same && isDanger && older.urgency !== 'red') await raiseToRed(db, concern.no, roster, now)
  const told = new Set(found.cited.filter(({ role }) => role === 'told').map(({ seq }) => seq))
  const isOver = found.settled.some((seq) => !told.has(seq))
  if (concern.urgency === 'red' && !same && !isOver) await announceRed(db, concern, roster, now)
  if (!same && !alarmed) await proposeAgenda(db, concern, roster, now)
  if (found.settled.length > 0) await proposeSettled(db, concern.no, found.settled, roster, now)
  return concern.no
}

/** What was told as less turns out to be a danger. */
async function raiseToRed(db: Db, no: number, roster: Roster, now: Date): Promise<void> {
  const worse = { kind: 'worse' as const, note: '群里说更急了' }
  const raised = await amendConcern(db, no, { urgency: 'red' }, worse, ASSISTANT, now)
  await announceRed(db, raised, roster, now)
}

async function applyUpdate(db: Db, update: CheckedUpdate, roster: Roster, now: Date): Promise<void> {
  const concern = await getStanding(db, update.no)
  if (!isTalkedAbout(concern, now)) return
  const cited = update.cited.map((seq) => ({ seq, role: update.kind }))
  if (update.kind === 'settled') {
    if (isAlive(concern.status)) await proposeSettled(db, concern.no, update.cited, roster, now)
    else await noteConcern(db, concern.no, { kind: 'more', note: null }, ASSISTANT, now, cited)
  } else if (update.kind === 'place' && update.place) {
    const { place, words } = update.place
    const change = { place, placeWords: words }
    await amendConcern(db, concern.no, change, { kind: 'place', note: words }, ASSISTANT, now, cited)
  } else if (update.kind === 'worse' && update.urgency) {
    const change = { urgency: update.urgency }
    const worse = { kind: 'worse' as const, note: '群里说更急了' }
    const raised = await amendConcern(db, concern.no, change, worse, ASSISTANT, now, cited)
    if (raised.urgency === 'red') await announceRed(db, raised, roster, now)
  } else {
    const kind = update.kind === 'progress' ? 'progress' : 'more'
    await noteConcern(db, concern.no, { kind, note: null }, ASSISTANT, now, cited)
    if (kind === 'more' && !isAlive(concern.status)) await tellOfMore(db, concern, roster, now)
  }
}

/** Somebody still speaks of what was settled: the committee hears of it once a day, since nobody looks there any more. */
async function tellOfMore(db: Db, { no, place, title }: Concern, roster: Roster, now: Date): Promise<void> {
  const text = `${no}号办结后,群里又说起:\n${placeName(roster, place)} ${title}\n还没解决,请回“没解决 ${no}号”。`
  await enqueue(
    db,
    { room: 'committee', kind: 'notice', text, once: `again:${no}:${dateWithWeekday(now).slice(0, 10)}` },
    now,
  )
}

/** What the group says is settled waits for a person's 「对」 in the committee's room. */
async function proposeSettled(db: Db, no: number, seqs: number[], roster: Roster, now: Date): Promise<void> {
  const cited = seqs.map((seq) => ({ seq, role: 'settled' as const }))
  const concern = await noteConcern(db, no, { kind: 'settled_proposed', note: null }, ASSISTANT, now, cited)
  const id = await openQuestion(
    db,
    { concern: no, kind: 'settled', room: 'committee', askedOf: null, options: [], outbox: null },
    now,
  )
  if (id === null) return
  const text = `群里说${no}号解决了:\n${placeName(roster, concern.place)} ${concern.title}\n属实请回“对 ${no}号”,不属实回“不对 ${no}号”。`
  await enqueue(db, { room: 'committee', kind: 'notice', text }, now)
}

/** The same again and again in one building is a matter for the committee. */
async function proposeAgenda(db: Db, concern: Concern, roster: Roster, now: Date): Promise<void> {
  const recurrence = await findRecurrence(db, concern, now)
  if (!recurrence) return
  for (const other of recurrence.numbers.filter((no) => no !== concern.no)) {
    await linkConcerns(db, concern.no, other, 'recurrence_of')
  }
  const numbers = recurrence.numbers.map((no) => `${no}号`).join('、')
  const what =
    recurrence.kind === 'often'
      ? `14天里第${recurrence.numbers.length}次了(${numbers})`
      : `办结不到90天又有了(${numbers})`
  const text = `${placeName(roster, concern.place)} ${concern.title}\n${what}。\n要上会请回“上会 ${concern.no}号”。`
  await enqueue(db, { room: 'committee', kind: 'notice', text, once: `recurrence:${concern.no}` }, now)
}

function asMore(found: CheckedConcern) {
  return found.cited.map(({ seq }) => ({ seq, role: 'more' as const }))
}

async function answerRegistration(
  db: Db,
  episode: EpisodeRow,
  filed: number[],
  roster: Roster,
  now: Date,
): Promise<void> {
  for (const no of filed) {
    const concern = await getConcern(db, no)
    const title =
      concern.sensitive && episode.room === 'members' ? '' : `\n${placeName(roster, concern.place)} ${concern.title}`
    const text = `好的,记下了,是${no}号。${title}\n记错了请回“撤回”。`
    await enqueue(db, { room: episode.room, kind: 'reply', text }, now)
  }
}
