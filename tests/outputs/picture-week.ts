import type { Db } from '../../db/database.ts'
import { moveConcern } from '../../src/concerns/ledger.ts'
import { collectFigures } from '../../src/digest/collect.ts'
import { collectCounts } from '../../src/digest/counts.ts'
import { type Period, weekBefore } from '../../src/digest/period.ts'
import { collectWeeks } from '../../src/digest/weeks.ts'
import { file, on, openCommunity, SECRETARY } from '../digest/small-community.ts'
import { fillTalkOfMay, fillWeekOfMay } from '../digest/week-of-may.ts'

export const MONDAY = on('05-25 08:30')
export const WEEK: Period = weekBefore(MONDAY)

/** The busy week of 18 May 2026, with talk that was not read and something in six of the seven weeks before. */
export async function openMay(): Promise<Db> {
  const db = await openCommunity()
  await fillWeekOfMay(db)
  await fillTalkOfMay(db)
  for (const [day, filed] of Object.entries({ '03-31': 3, '04-07': 5, '04-22': 2, '04-29': 4, '05-06': 1 })) {
    for (let count = 0; count < filed; count++) {
      const no = await file(db, `${day} 09:00`, '楼道灯不亮', 'BY-05', {
        category: 'lighting_signage',
        urgency: 'blue',
      })
      await moveConcern(db, no, { to: 'resolved', result: '换了灯' }, SECRETARY, on('05-08 09:00'))
    }
  }
  return db
}

/** What the digest of a week is drawn from. */
export async function collected(db: Db, week: Period = WEEK, now: Date = MONDAY) {
  const figures = await collectFigures(db, week, now)
  const previous = await collectCounts(db, weekBefore(week.from))
  return { figures, previous, weeks: await collectWeeks(db, week, null) }
}
