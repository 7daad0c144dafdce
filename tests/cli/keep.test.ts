import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from '../../db/lock.ts'
import { type Keeping, keep } from '../../src/cli/keep.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keep-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A child that ends in another way at each start: the ways are the lines of a file. */
async function keepThrough(ways: string[], options: Partial<Keeping> = {}) {
  const script = join(folder, 'child.mjs')
  const log = join(folder, 'starts')
  writeFileSync(log, '')
  writeFileSync(
    script,
    `import { appendFileSync, readFileSync } from 'node:fs'
     const start = readFileSync(${JSON.stringify(log)}, 'utf8').length
     appendFileSync(${JSON.stringify(log)}, 'x')
     const way = ${JSON.stringify(ways)}[start]
     if (way === 'throw') throw new Error('crash')
     if (way === 'reject') Promise.reject(new Error('crash'))
     else if (way.startsWith('SIG')) process.kill(process.pid, way)
     else process.exit(Number(way))`,
  )
  const told: string[] = []
  const waits: number[] = []
  const pause = async (milliseconds: number) => waits.push(milliseconds)
  const base = { command: process.execPath, args: [script], pause, tell: (text: string) => told.push(text) }
  const code = await keep({ ...base, ...options })
  return { code, told, waits, starts: readFileSync(log, 'utf8').length }
}

test('asked for by 75, crashed or killed, it is started again; ended well, it ends', async () => {
  const ways = ['75', 'SIGKILL', '1', 'SIGSEGV', 'throw', 'reject', 'SIGTERM', '0']
  const { code, told, starts } = await keepThrough(ways)
  expect({ code, starts }).toEqual({ code: 0, starts: 8 })
  expect(told.slice(0, 2)).toEqual(['小助手停了(75),3秒后再启动。', '小助手停了(SIGKILL),6秒后再启动。'])
  expect(told).toHaveLength(7)
})

test('something wrong that was given ends it at once', async () => {
  expect(await keepThrough(['2'])).toEqual({ code: 2, told: [], waits: [], starts: 1 })
})

test('the pause doubles while it dies young, up to five minutes', async () => {
  const { waits } = await keepThrough([...Array.from({ length: 9 }, () => '75'), '0'])
  expect(waits).toEqual([3, 6, 12, 24, 48, 96, 192, 300, 300].map((seconds) => seconds * 1000))
})

test('after a long life the next failure is a first one again', async () => {
  const { waits } = await keepThrough(['75', '75', '75', '0'], { longLife: 0 })
  expect(waits).toEqual([3000, 3000, 3000])
})

test('whoever stops the keeper stops the child the soft way, and nothing is started again', async () => {
  const child = join(folder, 'child.mjs')
  writeFileSync(
    child,
    `process.on('SIGTERM', () => { console.log('saved'); process.exit(0) }); console.log('up'); setInterval(() => {}, 1000)`,
  )
  const keeper = join(folder, 'keeper.ts')
  writeFileSync(
    keeper,
    `import { keep } from ${JSON.stringify(resolve(import.meta.dirname, '../../src/cli/keep.ts'))}
     process.exitCode = await keep({ command: process.execPath, args: [${JSON.stringify(child)}], tell: console.log })`,
  )
  const running = spawn(process.execPath, [keeper], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: running.stdout })[Symbol.asyncIterator]()
  expect((await lines.next()).value).toBe('up')
  running.kill('SIGTERM')
  expect((await lines.next()).value).toBe('saved')
  expect(await once(running, 'exit')).toEqual([0, null])
  expect((await lines.next()).done).toBe(true)
})

test('a bot whose keeper was killed notices, and does not live on alone', async () => {
  const env = {
    PATH: process.env.PATH,
    DATA_DIR: join(folder, 'data'),
    CHAT: 'wechat',
    WECHATY_PUPPET: 'wechaty-puppet-mock',
  }
  const keeper = spawn(process.execPath, ['src/start.js', 'keep'], {
    cwd: resolve(import.meta.dirname, '../..'),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: keeper.stdout })
  const said: string[] = []
  for await (const line of lines) {
    said.push(line)
    if (line.startsWith('小助手已启动')) break
  }
  expect(said).toContainEqual(expect.stringContaining('名册还是示例'))
  const gone = once(keeper, 'close')
  keeper.kill('SIGKILL')
  // The output ends when the last process that holds it has ended.
  await gone
  const lock = lockFolder(join(folder, 'data'))
  expect(lock).not.toBe(null)
  lock!.release()
})
