import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { type Db, openDatabase } from '../../db/database.ts'
import type { ChatMessage } from '../../src/chat/chat.ts'
import { prepareLedger } from '../../src/cli/ledger-folder.ts'
import { systemClock } from '../../src/clock.ts'
import { collectFigures } from '../../src/digest/collect.ts'
import { lastSevenDays, weekOf } from '../../src/digest/period.ts'
import { summarise } from '../../src/digest/summary.ts'
import { keepMessage } from '../../src/intake/inbox.ts'
import { placeName } from '../../src/roster/place-name.ts'
import type { Roster } from '../../src/roster/roster.ts'
import { People } from '../wechat/people.ts'
import { RealProcess } from '../wechat/real-process.ts'
import { StandIn } from '../wechat/stand-in.ts'
import { benchCalls, benchRules } from './reading.ts'

// npm run bench: what the bot costs on this machine. Every figure is a median of `RUNS`.
const RUNS = 5
const MESSAGES = 2000
const CONCERNS = 100_000
const NOW = new Date('2026-05-24T12:00:00Z')

console.log(
  `${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
)
await benchInbox()
await benchSummary()
await benchCalls()
await benchRules()
await benchStart()

/** Messages into the database, each durable on its own, against the same rows through bare better-sqlite3. */
async function benchInbox(): Promise<void> {
  const ours: number[] = []
  const bare: number[] = []
  for (let run = 0; run < RUNS; run++) {
    await inFolder(async (folder) => {
      const { db, roster } = await prepareLedger(await openDatabase(join(folder, 'ours.sqlite')))
      ours.push(await perSecond(() => keepAll(db, roster)))
      await db.destroy()
      const copy = new SqliteDatabase(join(folder, 'ours.sqlite'))
      const rows = copy.prepare('select * from message').all() as Record<string, unknown>[]
      copy.exec('delete from message')
      copy.pragma('synchronous = FULL')
      const columns = Object.keys(rows[0]!)
      const insert = copy.prepare(
        `insert into message (${columns.join(', ')}) values (${columns.map((name) => `@${name}`).join(', ')})
         on conflict (room, msg_id) do nothing returning *`,
      )
      bare.push(
        await perSecond(async () => {
          for (const row of rows) insert.get(row)
        }),
      )
      copy.close()
    })
  }
  const ratio = median(ours) / median(bare)
  console.log(
    `messages into the database: ${Math.round(median(ours))}/s; bare better-sqlite3, same rows, same durability: ${Math.round(median(bare))}/s (ratio ${ratio.toFixed(2)})`,
  )
}

async function keepAll(db: Db, roster: Roster): Promise<void> {
  for (let index = 0; index < MESSAGES; index++) await keepMessage(db, message(index), roster, NOW)
}

function message(index: number): ChatMessage {
  return {
    id: `bench-${index}`,
    room: 'members',
    at: NOW,
    senderId: `id-${index % 48}`,
    sender: `邻居${index % 48}`,
    remark: null,
    kind: 'text',
    text: `我们${1 + (index % 20)}栋的电梯又停了,麻烦喊人来修`,
    confidence: null,
    quote: null,
    quotedText: null,
    revokes: null,
    toBot: false,
  }
}

/** 汇总 and the figures of a digest over 100,000 concerns, a third of them of the last week. */
async function benchSummary(): Promise<void> {
  await inFolder(async (folder) => {
    const file = join(folder, 'many.sqlite')
    const { db, roster, taxonomy } = await prepareLedger(await openDatabase(file))
    fillConcerns(file, roster)
    const words = { placeName: (place: Parameters<typeof placeName>[1]) => placeName(roster, place), taxonomy }
    const options = { words, readBy: 'model' as const }
    const week = weekOf(NOW)
    const all = await times(() => summarise(db, { period: lastSevenDays(NOW) }, 'committee', options))
    const one = await times(() =>
      summarise(db, { period: lastSevenDays(NOW), building: 'BY-12' }, 'committee', options),
    )
    const digest = await times(() => collectFigures(db, week, NOW))
    console.log(
      `汇总 over ${CONCERNS.toLocaleString('en')} concerns: ${median(all).toFixed(1)} ms; 汇总 of one building: ${median(one).toFixed(1)} ms; all figures of a digest: ${median(digest).toFixed(1)} ms`,
    )
    await db.destroy()
  })
}

/** As the ledger would have them after three years: most settled, a few hundred waiting, 30 of the last week. */
function fillConcerns(file: string, roster: Roster): void {
  const database = new SqliteDatabase(file)
  const concern = database.prepare(
    `insert into concern (title, detail, nature, category, urgency, status, status_since, place, compound, building, party_group, source, sensitive, due_at, told_at, filed_at)
     values ('电梯停运', '', 'help', ?, 'yellow', 'open', @at, 'building', @compound, @building, @group, '群聊', 0, @at, @at, @at)`,
  )
  const event = database.prepare(
    `insert into event (concern, at, kind, actor_kind, actor, from_status, to_status) values (?, ?, ?, 'assistant', '小助手', ?, ?)`,
  )
  const settle = database.prepare(
    `update concern set status = 'resolved', result = '修好了', resolved_at = ?, last_event = ? where no = ?`,
  )
  const categories = database.prepare('select code from category').pluck().all() as string[]
  database.transaction(() => {
    for (let index = 0; index < CONCERNS; index++) {
      const building = roster.buildings[index % roster.buildings.length]!
      const age = (CONCERNS - index) * 15.7 * 60_000
      const at = new Date(NOW.getTime() - age).toISOString()
      const { lastInsertRowid: no } = concern.run(categories[index % categories.length], {
        at,
        compound: building.compound,
        building: building.code,
        group: building.partyGroup,
      })
      event.run(no, at, 'filed', null, 'open')
      if (index > CONCERNS - 300) continue
      const { lastInsertRowid: settled } = event.run(no, at, 'resolved', 'open', 'resolved')
      settle.run(at, settled, no)
    }
  })()
  database.close()
}

/** From `npm start` with CHAT=wechat to ready, to logged in, and the memory it then rests at: the real puppet on the pretended WeChat. */
async function benchStart(): Promise<void> {
  const [ready, loggedIn, memory]: [number[], number[], number[]] = [[], [], []]
  for (let run = 0; run < RUNS; run++) {
    await inFolder(async (folder) => {
      const people = new People()
      const all = Array.from({ length: 50 }, (_, number) => people.person(`邻居${number}`))
      people.room('同心社区退休党支部', all)
      people.room('支委会', all.slice(0, 7))
      const standIn = await new StandIn({ clock: systemClock, people }).open()
      const started = performance.now()
      const bot = new RealProcess(standIn.url, folder)
      await bot.says('小助手已启动')
      ready.push(performance.now() - started)
      await bot.says('微信已登录')
      loggedIn.push(performance.now() - started)
      await new Promise((done) => setTimeout(done, 10_000))
      memory.push(residentMegabytes(bot.child.pid!))
      await bot.end('SIGKILL')
      await standIn.close()
    })
  }
  console.log(
    `CHAT=wechat: ready after ${Math.round(median(ready))} ms, logged in after ${Math.round(median(loggedIn))} ms, resting at ${Math.round(median(memory))} MB`,
  )
}

function residentMegabytes(pid: number): number {
  if (process.platform === 'linux')
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024
}

async function perSecond(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return MESSAGES / ((performance.now() - started) / 1000)
}

async function times(work: () => Promise<unknown>): Promise<number[]> {
  await work()
  const taken: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const started = performance.now()
    await work()
    taken.push(performance.now() - started)
  }
  return taken
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
