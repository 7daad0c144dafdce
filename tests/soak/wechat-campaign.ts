import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import SqliteDatabase from 'better-sqlite3'
import { campaign, type Figures, randomFrom } from '../wechat/campaign.ts'
import { realPause, until } from '../wechat/fast-time.ts'
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
  const standIn = await new StandIn({ clock: { now: () => new Date() }, people, random }).open()
  const nursery = new Nursery(standIn.url, folder)
  try {
    nursery.keep()
    for (const [word, room] of [['居民群', members] as const, ['支委群', committee] as const]) {
      await until(() => nursery.sentence(word), `the code for ${word}`, 30_000)
      standIn.say(room, room.members[1]!.person, nursery.sentence(word)!)
      await until(() => standIn.sent.some(({ text }) => text.includes(`已绑定为${word}`)), `${word} was bound`)
    }
    const keeper = { kill: () => nursery.end('SIGKILL'), stop: () => nursery.end('SIGKILL') }
    const { ids, figures } = await campaign({
      ...{ standIn, rooms: [members, committee], other, count: messages, random, keeper },
      onProgress: (figures) => onProgress?.({ ...figures, starts: nursery.starts }),
    })
    // An hour's rest after "too frequent" is a minute here.
    await until(() => countWaiting(folder) === 0, 'all was said', 300_000).catch(() => {})
    const kills = figures.kills + figures.stops
    await nursery.close()
    return { ...figures, kills, stops: 0, seed, starts: nursery.starts, ...compare(folder, [...ids.keys()], standIn) }
  } finally {
    await nursery.close()
    await standIn.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One child at a time; whenever it ends it is started again. */
class Nursery {
  readonly #url: string
  readonly #folder: string
  readonly #told: string[] = []
  #child: ChildProcess | null = null
  #isClosed = false
  starts = 0

  constructor(url: string, folder: string) {
    this.#url = url
    this.#folder = folder
  }

  keep(): void {
    if (this.#isClosed) return
    this.starts += 1
    const script = join(import.meta.dirname, 'wechat-child.ts')
    const child = spawn(process.execPath, [script, this.#url, this.#folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#child = child
    createInterface({ input: child.stdout! }).on('line', (line) => this.#told.push(line))
    child.on('exit', () => {
      this.#child = null
      this.keep()
    })
  }

  sentence(word: string): string | undefined {
    return this.#told.findLast((text) => text.includes(`绑定${word} `))?.split('请在群里说:')[1]
  }

  /** Ends the child; it may have been given some time to get somewhere, or none. */
  async end(signal: NodeJS.Signals): Promise<void> {
    await realPause(Math.random() * 1500)
    this.#child?.kill(signal)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    const child = this.#child
    if (!child) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
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
export function isFlawless({ lost, doubled, foreign, answers }: Outcome): boolean {
  return lost + doubled + foreign + answers.twice + answers.disordered === 0
}
