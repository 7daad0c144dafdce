import { sql } from 'kysely'
import type { Status } from '../../db/schema.ts'
import { localMidnight, timeText } from '../clock.ts'
import { STATUS_WORDS } from '../concerns/status.ts'
import { countOutbox } from '../outbox/outbox.ts'
import type { Command } from './command.ts'

/** 状态: whether the bot hears, reads and speaks, and that nothing was dropped. */
export const state: Command = {
  name: '状态',
  takes: /^$/u,
  help: '小助手好不好',
  example: '状态',
  who: 'entitled',
  async run({ db, now, readerName, audience }) {
    const today = localMidnight(now).toISOString()
    const heard = await db
      .selectFrom('message')
      .select((get) => [
        get.fn.countAll<number>().as('all'),
        sql<number>`coalesce(sum(heard_at >= ${today}), 0)`.as('today'),
        sql<number>`coalesce(sum(state = 'skipped'), 0)`.as('skipped'),
        sql<number>`coalesce(sum(state = 'waiting'), 0)`.as('fresh'),
        sql<string | null>`max(said_at)`.as('last'),
      ])
      .executeTakeFirstOrThrow()
    const episodes = await db
      .selectFrom('episode')
      .select((get) => ['state', get.fn.countAll<number>().as('count'), sql<string | null>`max(error)`.as('error')])
      .where('state', 'in', ['pending', 'people'])
      .groupBy('state')
      .execute()
    const concerns = await db
      .selectFrom('concern')
      .select((get) => ['status', get.fn.countAll<number>().as('count')])
      .groupBy('status')
      .execute()
    const outbox = await countOutbox(db)
    const waiting = episodes.find((row) => row.state === 'pending')
    const people = episodes.find((row) => row.state === 'people')
    const total = concerns.reduce((sum, row) => sum + row.count, 0)
    const short = [
      `听到:今天${heard.today}条,最后${heard.last === null ? '还没有' : timeText(new Date(heard.last))}`,
      `还没读:${heard.fresh}条${waiting ? `,等着读的${waiting.count}段` : ''}`,
      `台账:共${total}件`,
    ]
    if (audience === 'members') return short.join('\n')
    return [
      ...short,
      ...concerns.map((row) => `  ${STATUS_WORDS[row.status as Status]}${row.count}件`),
      `谁在读:${readerName === 'rules' ? '关键词规则(没有接大模型)' : readerName}`,
      ...(waiting?.error ? ['大模型现在连不上,连上了会接着读。'] : []),
      ...(people ? [`没读成、要人看的:${people.count}段`] : []),
      ...(heard.skipped > 0 ? [`两次让程序停下、已跳过的:${heard.skipped}条`] : []),
      ...(outbox.queued > 0 ? [`等着说的:${outbox.queued}条`] : []),
      ...(outbox.unsure > 0 ? [`可能没发出去的:${outbox.unsure}条`] : []),
    ].join('\n')
  },
}
