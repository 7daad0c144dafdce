import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { realPause, until } from './fast-time.ts'
import type { Room } from './people.ts'
import type { StandIn } from './stand-in.ts'

/** One child at a time; whenever it ends it is started again. */
export class Nursery {
  readonly #args: string[]
  readonly #told: string[] = []
  #child: ChildProcess | null = null
  #isClosed = false
  /** How the children ended: by code or by signal. */
  readonly deaths: (number | NodeJS.Signals | null)[] = []
  starts = 0

  /** `began` is the real instant since which their time is hurried; `poison` kills them the moment it is heard. */
  constructor(url: string, folder: string, { began, poison }: { began: number; poison?: string }) {
    this.#args = [url, folder, String(began), ...(poison === undefined ? [] : [poison])]
  }

  keep(): void {
    if (this.#isClosed) return
    this.starts += 1
    const script = join(import.meta.dirname, 'child.ts')
    const child = spawn(process.execPath, [script, ...this.#args], { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#child = child
    createInterface({ input: child.stdout! }).on('line', (line) => this.#told.push(line))
    child.on('exit', (code, signal) => {
      this.#child = null
      this.deaths.push(code ?? signal)
      this.keep()
    })
  }

  /** What the children said last; for a run that came to no end. */
  get lastWords(): string[] {
    return this.#told.slice(-10)
  }

  sentence(word: string): string | undefined {
    return this.#told.findLast((text) => text.includes(`绑定${word} `))?.split('请在群里说:')[1]
  }

  /** Binds a room as the operator would: the sentence shown is said in it. */
  async bind(standIn: StandIn, word: '居民群' | '支委群', room: Room): Promise<void> {
    await until(() => this.sentence(word), `the code for ${word}`, 30_000)
    standIn.say(room, room.members[1]!.person, this.sentence(word)!)
    await until(() => standIn.sent.some(({ text }) => text.includes(`已绑定为${word}`)), `${word} was bound`)
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
