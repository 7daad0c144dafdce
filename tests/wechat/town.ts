import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, vi } from 'vitest'
import { type Db, openDatabase } from '../../db/database.ts'
import { hurry, realPause } from './fast-time.ts'
import { type LivingBot, startBot } from './living-bot.ts'
import { People } from './people.ts'
import { StandIn } from './stand-in.ts'

export const COMMITTEE = ['黎翠萍', '史德芬', '丁惠芳', '萧明贵']
export const MEMBERS = [...COMMITTEE, '平安是福', '邹姨', '老周', '二楼小吴']

/** Hurried time and a clean end for every test of a file; what it returns opens a town with WeChat in it. */
export function withTowns(speed = 50) {
  let time: ReturnType<typeof hurry>
  const closing: (() => Promise<void> | void)[] = []
  // Other tests run at the same time; what is waited for here comes from sockets.
  vi.setConfig({ testTimeout: 30_000 })
  beforeAll(() => {
    time = hurry(speed)
  })
  afterAll(() => time.restore())
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close()
  })
  return {
    clock: { now: () => time.clock.now() },
    /** Waits so many seconds of the hurried time. */
    pass: (seconds: number) => realPause((seconds * 1000) / speed),
    /** Lets so many minutes have passed, nobody waiting. */
    jump: (minutes: number) => time.jump(minutes * 60_000),
    onClose: (close: () => Promise<void> | void) => closing.push(close),
    async open(options: { random?: () => number } = {}) {
      const people = new People()
      const folder = mkdtempSync(join(tmpdir(), 'wechat-'))
      const standIn = await new StandIn({ clock: time.clock, people, ...options }).open()
      const db: Db = await openDatabase(':memory:')
      closing.push(
        () => rmSync(folder, { recursive: true, force: true }),
        () => db.destroy(),
        () => standIn.close(),
      )
      const all = new Map(MEMBERS.map((name) => [name, people.person(name)]))
      const who = (name: string) => all.get(name)!
      const committee = people.room('支委会', COMMITTEE.map(who))
      const members = people.room('同心社区退休党支部', MEMBERS.map(who))
      const session = join(folder, 'wechat')
      const start = async (more: Parameters<typeof startBot>[1] = {}): Promise<LivingBot> => {
        const bot = await startBot(standIn, { db, session, ...more })
        closing.push(bot.stop)
        return bot
      }
      const startBound = async (more: Parameters<typeof startBot>[1] = {}): Promise<LivingBot> => {
        const bot = await start(more)
        await bot.bind('支委群', committee)
        await bot.bind('居民群', members)
        return bot
      }
      return { standIn, people, who, committee, members, db, session, folder, start, startBound }
    },
  }
}

/** What of a room was written down, in its order. */
export async function stored(db: Db): Promise<{ room: string; msg_id: string; sender: string; text: string }[]> {
  return db.selectFrom('message').select(['room', 'msg_id', 'sender', 'text']).orderBy('seq').execute()
}
