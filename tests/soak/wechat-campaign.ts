import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { randomFrom } from '../random.ts'
import { campaign, type Figures } from '../wechat/campaign.ts'
import { hurriedSince, until } from '../wechat/fast-time.ts'
import { Nursery } from '../wechat/nursery.ts'
import { People } from '../wechat/people.ts'
import { StandIn } from '../wechat/stand-in.ts'

const NAMES = ['黎翠萍', '史德芬', '丁惠芳', '萧明贵', '平安是福', '邹姨', '老周', '二楼小吴']

export type Outcome = Figures & {
  seed: number
  starts: number
  stored: number
  lost: number
  doubled: number
  foreign: number
  /** Stored without their words, because they seemed to end the process: nothing but kills did. */
  skipped: number
  /** Of what the bot said: how much arrived, how much twice or out of its order, what is in doubt, what waits. */
  answers: Record<'arrived' | 'twice' | 'disordered' | 'unsure' | 'waiting', number>
}

type Options = { messages: number; seed: number; onProgress?: (figures: Figures & { starts: number }) => void }

/** The campaign against a process of its own, killed by SIGKILL wherever it stands. */
export async function wechatCampaign({ messages, seed, onProgress }: Options): Promise<Outcome> {
  const random = randomFrom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'wechat-soak-'))
  const people = new People()
  const all = NAMES.map((name) => people.person(name))
  const committee = people.room('支委会', all.slice(0, 4))
  const quiet = Array.from({ length: 500 - all.length }, (_, number) => people.person(`居民${number}`))
  const members = people.room('同心社区退休党支部', [...all, ...quiet])
  const other = people.room('棋牌群', all.slice(5))
  const began = Date.now()
  const standIn = await new StandIn({ clock: hurriedSince(began), people, random }).open()
  const nursery = new Nursery(standIn.url, folder, { began })
  try {
    nursery.keep()
    await nursery.bind(standIn, '居民群', members)
    await nursery.bind(standIn, '支委群', committee)
    const keeper = { kill: () => nursery.end('SIGKILL'), stop: () => nursery.end('SIGTERM') }
    const { ids, figures } = await campaign({
      ...{ standIn, rooms: [members, committee], other, count: messages, random, keeper },
      onProgress: (figures) => onProgress?.({ ...figures, starts: nursery.starts }),
    })
    // An hour's rest after "too frequent" is a minute here.
    await until(() => countWaiting(folder) === 0, 'all was said', 300_000).catch(() => {})
    await nursery.close()
    return { ...figures, seed, starts: nursery.starts, ...compare(folder, [...ids.keys()], standIn) }
  } catch (error) {
    const calls = standIn.calls.slice(-20).map(({ path, at }) => `${new Date(at).toISOString()} ${path}`)
    console.error({ told: nursery.lastWords, deaths: nursery.deaths.slice(-20), arrived: standIn.progress, calls })
    throw error
  } finally {
    await nursery.close()
    await standIn.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function countWaiting(folder: string): number {
  return fromLedger(folder, (database) => countOutbox(database, 'queued'))
}

function countOutbox(database: SqliteDatabase.Database, state: string): number {
  return database.prepare('select count(*) from outbox where state = ?').pluck().get(state) as number
}

function fromLedger<T>(folder: string, look: (database: SqliteDatabase.Database) => T): T {
  const database = new SqliteDatabase(join(folder, 'ledger.sqlite'), { readonly: true })
  try {
    return look(database)
  } finally {
    database.close()
  }
}

function compare(folder: string, ids: string[], { sent }: StandIn) {
  return fromLedger(folder, (database) => {
    const stored = database.prepare('select msg_id from message').pluck().all() as string[]
    const found = new Set(stored)
    const known = new Set(ids)
    const places = new Map(database.prepare('select text, id from outbox').raw().all() as [string, number][])
    const answers = sent.flatMap(({ to, text }) => (places.has(text) ? [{ to, place: places.get(text)! }] : []))
    const isDisordered = ({ to, place }: (typeof answers)[number], at: number) =>
      answers.slice(0, at).some((earlier) => earlier.to === to && earlier.place > place)
    return {
      stored: stored.length,
      lost: ids.filter((id) => !found.has(id)).length,
      doubled: stored.length - found.size,
      skipped: database.prepare("select count(*) from message where state = 'skipped'").pluck().get() as number,
      foreign: stored.filter((id) => !known.has(id)).length,
      answers: {
        arrived: answers.length,
        twice: answers.length - new Set(answers.map(({ place }) => place)).size,
        disordered: answers.filter(isDisordered).length,
        unsure: countOutbox(database, 'unsure'),
        waiting: countOutbox(database, 'queued'),
      },
    }
  })
}

/** Whether nothing was lost, stored twice, written of other rooms, said twice or out of order. */
export function isFlawless({ lost, doubled, foreign, skipped, answers }: Outcome): boolean {
  return lost + doubled + foreign + skipped + answers.twice + answers.disordered === 0
}
