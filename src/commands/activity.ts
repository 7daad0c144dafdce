import { dayText, localParts } from '../clock.ts'
import type { Command } from './command.ts'

const KINDS = ['学习', '宣讲', '防骗宣传', '文艺', '板凳课堂', '主题党日', '送学上门', '环境整治', '走访']

/** 活动 学习 驿站 23人: one command counts it for the year; 活动 alone tells the counts. Kept apart from concerns. */
export const activity: Command = {
  name: '活动',
  takes: new RegExp(`^(?:(?<kind>${KINDS.join('|')})\\s*(?<note>[^\\d]*?)\\s*(?:(?<people>\\d{1,4})\\s*人)?)?$`, 'su'),
  help: '记一次学习、宣讲等活动',
  example: '活动 学习 驿站 23人',
  who: 'entitled',
  isOrder: () => false,
  async run({ db, actor, now }, { kind, note, people }) {
    const year = localParts(now).year
    if (kind !== undefined) {
      await db
        .insertInto('activity')
        .values({
          kind,
          note: note?.trim() ?? '',
          people: people === undefined ? null : Number(people),
          held_at: now.toISOString(),
          told_by: actor.name,
        })
        .execute()
    }
    const counts = await db
      .selectFrom('activity')
      .select(({ fn }) => ['kind', fn.countAll<number>().as('times'), fn.sum<number | null>('people').as('people')])
      .where('held_at', '>=', `${year - 1}-12-31T16:00:00.000Z`)
      .groupBy('kind')
      .orderBy('times', 'desc')
      .execute()
    const own = counts.find((row) => row.kind === kind)
    if (own) return `好的,记下${dayText(now)}${kind}一次,今年第${own.times}次。`
    if (counts.length === 0) return `今年还没记活动。可以说:活动 学习 驿站 23人`
    return `今年的活动:\n${counts.map((row) => `${row.kind}${row.times}次${row.people ? `,${row.people}人次` : ''}`).join('\n')}`
  },
}
