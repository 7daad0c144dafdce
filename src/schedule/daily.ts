import { type Db, inOneTransaction } from '../../db/database.ts'
import { unansweredPlaces } from '../casework/questions.ts'
import { dueReminders } from '../casework/reminders.ts'
import { type Clock, DAY, dateWithWeekday, isNight, localMidnight, localParts } from '../clock.ts'
import { concernLine, lateText } from '../commands/words.ts'
import type { Concern } from '../concerns/concern.ts'
import { noteConcern } from '../concerns/ledger.ts'
import { ASSISTANT } from '../concerns/record.ts'
import { listConcerns } from '../concerns/repository.ts'
import type { Taxonomy } from '../concerns/taxonomy.ts'
import type { Intake } from '../intake/intake.ts'
import { fitsMembers } from '../outbox/members-bubble.ts'
import { enqueue } from '../outbox/outbox.ts'
import type { Roster } from '../roster/roster.ts'
import { isDone, markDone } from './once.ts'

type Parts = { db: Db; roster: Roster; taxonomy: Taxonomy }
type EveningParts = { db: Db; intake: Pick<Intake, 'closeNow' | 'sweep'>; clock: Clock }

const MORNING_HOUR = 9
const EVENING_MINUTES = 18 * 60 + 30
const UNREACHED_DAYS = 14
const MOST_LATE = 15

/** At nine: one bubble a room for all the reminders of the day, what is late and what was never asked about afterwards. */
export async function remindInTheMorning({ db, roster, taxonomy }: Parts, now: Date): Promise<void> {
  if (localParts(now).hour < MORNING_HOUR || isNight(now)) return
  const day = dateWithWeekday(now).slice(0, 10)
  if (await isDone(db, `morning:${day}`)) return
  await inOneTransaction(db, async (trx) => {
    await markDone(trx, `morning:${day}`, now)
    const { handlers, committee } = await dueReminders(trx, now)
    const { text: gentle, reminded } = reminderText(handlers)
    for (const { no, handler } of reminded)
      await noteConcern(trx, no, { kind: 'reminded', note: handler!.name }, ASSISTANT, now)
    if (gentle !== '')
      await enqueue(trx, { room: 'members', kind: 'notice', text: gentle, once: `remind-members:${day}` }, now)
    const line = (concern: Concern) =>
      `${concernLine({ roster, taxonomy, audience: 'committee' }, concern)}${lateText(concern, now)}`
    const late =
      committee.length === 0 ? [] : ['还没办完、要请支委会看看的:', ...committee.slice(0, MOST_LATE).map(line)]
    const more = committee.length > MOST_LATE ? [`还有${committee.length - MOST_LATE}件,回“待办”。`] : []
    const text = [...late, ...more, ...(await unasked(trx, now)), ...(await unclear(trx, now))].join('\n')
    if (text !== '')
      await enqueue(trx, { room: 'committee', kind: 'notice', text, once: `remind-committee:${day}` }, now)
  })
}

/**
 * 「请看看这几件,还没办完:丁惠芳 1号、4号」: by name and number only, in one bubble.
 * What does not fit is not yet reminded of and comes tomorrow.
 */
function reminderText(late: Concern[]): { text: string; reminded: Concern[] } {
  for (let count = late.length; count > 0; count--) {
    const reminded = late.slice(0, count)
    const byHandler = Map.groupBy(reminded, ({ handler }) => handler!.name)
    const lines = [...byHandler].map(([name, theirs]) => `${name} ${theirs.map(({ no }) => `${no}号`).join('、')}`)
    const text = ['请看看这几件,还没办完:', ...lines].join('\n')
    if (fitsMembers(text)) return { text, reminded }
  }
  return { text: '', reminded: [] }
}

/**
 * At half past six: what was taken down and settled today, for the members' room; sensitive ones are only counted. What
 * was said until now is read first.
 */
export async function tellInTheEvening({ db, intake, clock }: EveningParts): Promise<void> {
  const { hour, minute } = localParts(clock.now())
  if (hour * 60 + minute < EVENING_MINUTES || hour >= 22) return
  const day = dateWithWeekday(clock.now()).slice(0, 10)
  if (await isDone(db, `evening:${day}`)) return
  await intake.closeNow()
  await intake.sweep()
  const now = clock.now()
  await inOneTransaction(db, async (trx) => {
    await markDone(trx, `evening:${day}`, now)
    const filed = (await listConcerns(trx, { filedFrom: localMidnight(now) })).filter(
      ({ status }) => status !== 'merged' && status !== 'dropped',
    )
    const settled = (await listConcerns(trx, { statuses: ['resolved', 'closed'] })).filter(
      ({ resolvedAt }) => resolvedAt !== null && resolvedAt >= localMidnight(now),
    )
    if (filed.length + settled.length === 0) return
    await enqueue(
      trx,
      { room: 'members', kind: 'notice', text: eveningText(filed, settled), once: `evening:${day}` },
      now,
    )
  })
}

/** 「今天记下3件:12号…;办结1件。」 within 96 characters. */
export function eveningText(filed: Concern[], settled: Concern[]): string {
  const shown = filed.filter(({ sensitive }) => !sensitive)
  const hidden = filed.length - shown.length
  const done = settled.length > 0 ? `办结${settled.length}件。` : ''
  const wrong = shown.length > 0 ? `记错了请回“不对 ${shown[0]!.no}号”。` : ''
  const head = filed.length > 0 ? `今天记下${filed.length}件${shown.length > 0 ? ':' : '。'}` : '今天'
  for (let count = shown.length; count >= 0; count--) {
    const lines = shown.slice(0, count).map(({ no, title }) => `${no}号${title}`)
    const left = shown.length - count
    const more = [...(left > 0 ? [`另${left}件`] : []), ...(hidden > 0 ? [`${hidden}件不在群里说`] : [])].join(',')
    const text = [head, ...lines, more === '' ? '' : `${more}。`, done, wrong].filter((line) => line !== '').join('\n')
    if (fitsMembers(text)) return text
  }
  return `${head}${done}`
}

/** What was settled two weeks ago and nobody has asked the resident about. */
async function unasked(db: Db, now: Date): Promise<string[]> {
  const before = new Date(now.getTime() - UNREACHED_DAYS * DAY)
  const late = (await listConcerns(db, { statuses: ['resolved'] })).filter(({ resolvedAt }) => resolvedAt! < before)
  if (late.length === 0) return []
  const numbers = late.slice(0, 10).map(({ no }) => `${no}号`)
  return [
    `办结两周还没回访:${numbers.join('、')}${late.length > 10 ? `等${late.length}件` : ''}。`,
    `问过了请回“回访 ${late[0]!.no}号 满意”。`,
  ]
}

/** Places that nobody could tell within a day. */
async function unclear(db: Db, now: Date): Promise<string[]> {
  const numbers = await unansweredPlaces(db, now)
  if (numbers.length === 0) return []
  const list = `${numbers
    .slice(0, MOST_LATE)
    .map((no) => `${no}号`)
    .join('、')}${numbers.length > MOST_LATE ? `等${numbers.length}件` : ''}`
  return [`问了一天还不知道是哪里的:${list}。`, `知道的请回“改 ${numbers[0]}号 楼栋 碧阳5栋”。`]
}
