import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
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
}

type Options = { messages: number; seed: number; onProgress?: (figures: Figures & { starts: number }) => void }

/** The campaign against a process of its own, killed by SIGKILL wherever it stands. */
export async function wechatCampaign({ messages, seed, onProgress }: Options): Promise<Outcome> {
  const random = randomFrom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'wechat-soak-'))
  const people = new People()
  const all = NAMES.map((name) => people.person(name))
  const committee = people.room('支委会', all.slice(0, 4))
  const members = people.room('同心社区退休党支部', all)
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
    const kills = figures.kills + figures.stops
    await nursery.close()
    return { ...figures, kills, stops: 0, seed, starts: nursery.starts, ...compare(folder, [...ids.keys()]) }
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

function compare(folder: string, ids: string[]): Pick<Outcome, 'stored' | 'lost' | 'doubled' | 'foreign'> {
  const database = new SqliteDatabase(join(folder, 'ledger.sqlite'), { readonly: true })
  const rows = database.prepare('select msg_id, text from message').all() as { msg_id: string; text: string }[]
  database.close()
  const found = new Set(rows.map(({ msg_id }) => msg_id))
  return {
    stored: rows.length,
    lost: ids.filter((id) => !found.has(id)).length,
    doubled: rows.length - found.size,
    foreign: rows.filter(({ msg_id }) => !ids.includes(msg_id)).length,
  }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { messages: { type: 'string', default: '10000' }, seed: { type: 'string' } },
  })
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
  console.log(`wechat campaign: seed ${seed}, ${values.messages} messages`)
  let next = 0
  const outcome = await wechatCampaign({
    messages: Number(values.messages),
    seed,
    onProgress: (figures) => {
      if (figures.said < next) return
      next += 500
      console.log(JSON.stringify(figures))
    },
  })
  console.log(JSON.stringify(outcome))
  process.exit(outcome.lost + outcome.doubled + outcome.foreign === 0 ? 0 : 1)
}
