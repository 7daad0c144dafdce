import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { until } from './fast-time.ts'

/** As package.json has them: `node FLAGS src/start.js`. */
function argumentsOf(script: 'start' | 'keep'): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  const words = scripts[script]!.split(' ')
  return words.slice(1, words.indexOf('src/start.js') + 1)
}

const ROOT = resolve(import.meta.dirname, '../..')

type Options = { env?: Record<string, string>; command?: 'start' | 'keep' }

/** `npm start` (or `npm run keep`) with CHAT=wechat as the operator runs it, on the pretended WeChat. */
export class RealProcess {
  readonly child: ChildProcess
  readonly ended: Promise<unknown[]>
  shown = ''

  constructor(url: string, folder: string, { env = {}, command = 'start' }: Options = {}) {
    this.child = spawn(process.execPath, [...argumentsOf(command), command], {
      cwd: ROOT,
      env: {
        ...{ PATH: process.env.PATH, CHAT: 'wechat', DATA_DIR: folder, STAND_IN: url },
        NODE_OPTIONS: `--import=${join(import.meta.dirname, 'redirected.ts')}`,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.ended = once(this.child, 'exit')
    for (const stream of [this.child.stdout!, this.child.stderr!]) {
      stream.on('data', (chunk) => {
        this.shown += String(chunk)
      })
    }
  }

  says(words: string): Promise<void> {
    return until(() => this.shown.includes(words), `it said ${words}: ${this.shown.slice(-300)}`, 20_000)
  }

  /** What is to be said in a room to bind it. */
  async sentence(word: '居民群' | '支委群'): Promise<string> {
    await this.says(`绑定${word} `)
    return new RegExp(`绑定${word} \\d+`).exec(this.shown)![0]
  }

  /** Ends it. @returns its code and signal. */
  async end(signal: NodeJS.Signals): Promise<unknown[]> {
    this.child.kill(signal)
    return this.ended
  }
}
