import { inOneTransaction } from '../../db/database.ts'
import { DAY, HOUR, localParts } from '../clock.ts'
import { digestWords, readByOf } from '../commands/digest-words.ts'
import { monthBefore, monthOf, type Period, startKey } from '../digest/period.ts'
import { enqueue, enqueueFile } from '../outbox/outbox.ts'
import { makePack } from '../outputs/monthly/make-pack.ts'
import type { JobParts } from './jobs.ts'
import { isDone, markDone } from './once.ts'

const DAYS_BEFORE = 2
const SENT_AFTER = 9 * HOUR

/**
 * Two days before the 主题党日 at nine: the pack of the month that has ended, to the committee, once whatever restarts
 * happen; late when the machine was off. When it cannot be made, the text says so and goes alone.
 */
export async function postMonthly(parts: JobParts): Promise<void> {
  const { db, intake, roster, taxonomy, clock, readerName, since, filesDir, partyDay, log } = parts
  const now = clock.now()
  const month = monthDue(now, partyDay)
  if (filesDir === null || month === null || month.before <= since) return
  const once = `monthly:${startKey(month).slice(0, 7)}`
  if (await isDone(db, once)) return
  await intake.closeNow()
  await intake.sweep()
  const options = { words: digestWords({ roster, taxonomy }), readBy: readByOf(readerName), now, filesDir }
  const path = await makePack(db, month, options).catch((error: unknown) => {
    log.error({ err: error }, 'the monthly pack could not be made')
    return null
  })
  await inOneTransaction(db, async (trx) => {
    await markDone(trx, once, now)
    const text = path === null ? failedText(month) : madeText(month, now, partyDay)
    await enqueue(trx, { room: 'committee', kind: 'digest', text, once }, now)
    const file = { room: 'committee', kind: 'digest', text: '民情分析会材料', once: `${once}/file` } as const
    if (path !== null) await enqueueFile(trx, file, path, now)
  })
}

function madeText({ label }: Period, now: Date, partyDay: number): string {
  const { month, day } = localParts(now)
  if (day > partyDay) return `${label}的民情分析会材料做好了,这次晚了。\n请看一看、打出来。`
  return `${label}的民情分析会材料做好了。\n${month}月${partyDay}日主题党日前,请看一看、打出来。`
}

function failedText({ label }: Period): string {
  return `${label}的民情分析会材料没做成,再试请回“月报”。`
}

/** The month whose pack is due, or null: it is made from two days before that day of the month on. */
export function monthDue(now: Date, partyDay: number): Period | null {
  const due = monthOf(now).from.getTime() + (partyDay - 1 - DAYS_BEFORE) * DAY + SENT_AFTER
  return now.getTime() < due ? null : monthBefore(now)
}
