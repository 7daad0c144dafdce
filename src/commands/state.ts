import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { Status } from '../../db/schema.ts'
import { localMidnight, timeText } from '../clock.ts'
import { STATUS_WORDS } from '../concerns/status.ts'
import { lastSevenDays } from '../digest/period.ts'
import { collectHeard } from '../digest/unread.ts'
import { countJobs } from '../media/jobs.ts'
import { countOutbox } from '../outbox/outbox.ts'
import { pictureTrouble } from '../outputs/picture/album.ts'
import type { Command } from './command.ts'

/** 状态: whether the bot hears, reads and speaks, and that nothing was dropped. */
export const state: Command = {
  name: '状态',
  takes: /^$/u,
  help: '小助手好不好',
  example: '状态',
  who: 'entitled',
  isOrder: () => false,
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
    const noPicture = await pictureTrouble(db)
    const { unread } = await collectHeard(db, lastSevenDays(now))
    const files = await countJobs(db)
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
      await balance(db),
      `谁在读:${readerName === 'rules' ? '关键词规则(没有接大模型)' : readerName}`,
      ...(waiting?.error ? ['大模型现在连不上,连上了会接着读。'] : []),
      ...(people ? [`没读成、要人看的:${people.count}段`] : []),
      ...(heard.skipped > 0 ? [`两次让程序停下、已跳过的:${heard.skipped}条`] : []),
      ...(unread.voices > 0 ? [`没听清的语音(最近7天):${unread.voices}段`] : []),
      ...(unread.pictures > 0 ? [`没看的图片(最近7天):${unread.pictures}张`] : []),
      ...(files.waiting > 0
        ? [`等着认的语音和图片:${files.waiting}条${files.failing > 0 ? ',现在认不了,会接着试' : ''}`]
        : []),
      ...(noPicture ? [`汇总的图没画成(${timeText(noPicture)}),只发了文字。`] : []),
      ...(outbox.queued > 0 ? [`等着说的:${outbox.queued}条`] : []),
      ...(outbox.unsure > 0 ? [`可能没发出去的:${outbox.unsure}条`] : []),
    ].join('\n')
  },
}

/** Nothing was dropped: every message heard has its place, every candidate its outcome, and the sums agree. */
async function balance(db: Db): Promise<string> {
  const states = await db
    .selectFrom('message')
    .leftJoin('episode', 'episode.id', 'message.episode')
    .select((get) => ['message.state', 'episode.state as read', get.fn.countAll<number>().as('count')])
    .groupBy(['message.state', 'episode.state'])
    .execute()
  const of = (fits: (row: (typeof states)[number]) => boolean) =>
    states.filter(fits).reduce((sum, row) => sum + row.count, 0)
  const read = of(({ state, read }) => state === 'talk' && read === 'read')
  const queue = of(
    ({ state, read }) => state === 'new' || state === 'waiting' || (state === 'talk' && read === 'pending'),
  )
  const people = of(({ state, read }) => state === 'talk' && read === 'people')
  const other = of(({ state }) => state === 'command' || state === 'aside')
  const gone = of(({ state }) => state === 'withdrawn' || state === 'skipped')
  const all = of(() => true)
  const { filed } = await db
    .selectFrom('event')
    .select(({ fn }) => fn.countAll<number>().as('filed'))
    .where('kind', '=', 'filed')
    .executeTakeFirstOrThrow()
  const { kept } = await db
    .selectFrom('concern')
    .select(({ fn }) => fn.countAll<number>().as('kept'))
    .executeTakeFirstOrThrow()
  const agrees = all === read + queue + people + other + gone && filed === kept
  const parts = `读了${read}、等着${queue}、要人看${people}、指令等${other}、撤回跳过${gone}`
  return `核对:听到${all}条=${parts};记下${filed}件${agrees ? ',对得上' : ',对不上,请查日志'}`
}
