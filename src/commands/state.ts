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
  async run({ db, now, readerName, audience, message }) {
    const today = localMidnight(now).toISOString()
    const heard = await db
      .selectFrom('message')
      .select((get) => [
        get.fn.countAll<number>().as('all'),
        sql<number>`coalesce(sum(heard_at >= ${today}), 0)`.as('today'),
        sql<number>`coalesce(sum(state = 'skipped'), 0)`.as('skipped'),
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
    const sums = await sumUp(db, message.seq)
    const waiting = episodes.find((row) => row.state === 'pending')
    const people = episodes.find((row) => row.state === 'people')
    const total = concerns.reduce((sum, row) => sum + row.count, 0)
    const short = [
      `听到:今天${heard.today}条,最后${heard.last === null ? '还没有' : timeText(new Date(heard.last))}`,
      `还没读:${sums.queue}条${waiting ? `,等着读的${waiting.count}段` : ''}`,
      `台账:共${total}件`,
    ]
    if (audience === 'members') return short.join('\n')
    return [
      ...short,
      ...concerns.map((row) => `  ${STATUS_WORDS[row.status as Status]}${row.count}件`),
      await balance(db, sums),
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

type Sums = Record<'read' | 'queue' | 'people' | 'other' | 'gone' | 'all', number>

/** How many messages stand where; the one that asks is a command, though it is not yet marked as done. */
async function sumUp(db: Db, asking: number): Promise<Sums> {
  const states = await db
    .selectFrom('message')
    .leftJoin('episode', 'episode.id', 'message.episode')
    .select((get) => ['message.state', 'episode.state as read', get.fn.countAll<number>().as('count')])
    .where('message.seq', '<>', asking)
    .groupBy(['message.state', 'episode.state'])
    .execute()
  const of = (fits: (row: (typeof states)[number]) => boolean) =>
    states.filter(fits).reduce((sum, row) => sum + row.count, 0)
  return {
    read: of(({ state, read }) => state === 'talk' && read === 'read'),
    queue: of(({ state, read }) => state === 'new' || state === 'waiting' || (state === 'talk' && read === 'pending')),
    people: of(({ state, read }) => state === 'talk' && read === 'people'),
    other: 1 + of(({ state }) => state === 'command' || state === 'aside'),
    gone: of(({ state }) => state === 'withdrawn' || state === 'skipped'),
    all: 1 + of(() => true),
  }
}

/** Nothing was dropped: every message heard has its place, every candidate its outcome, and the sums agree. */
async function balance(db: Db, { read, queue, people, other, gone, all }: Sums): Promise<string> {
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
