import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keep } from '../../src/cli/keep.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keep-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A child that ends in another way at each start: the ways are the lines of a file. */
async function keepThrough(ways: string[]): Promise<{ code: number; told: string[]; starts: number }> {
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
     if (way.startsWith('SIG')) process.kill(process.pid, way)
     else process.exit(Number(way))`,
  )
  const told: string[] = []
  const code = await keep({ command: process.execPath, args: [script], firstWait: 1, tell: (text) => told.push(text) })
  return { code, told, starts: readFileSync(log, 'utf8').length }
}

test('asked for by 75, crashed or killed, it is started again; ended well, it ends', async () => {
  const { code, told, starts } = await keepThrough(['75', 'SIGKILL', '1', 'SIGABRT', '0'])
  expect({ code, starts }).toEqual({ code: 0, starts: 5 })
  expect(told).toHaveLength(4)
  expect(told[1]).toBe('小助手停了(SIGKILL),1秒后再启动。')
})

test('something wrong that was given ends it at once', async () => {
  expect(await keepThrough(['2'])).toEqual({ code: 2, told: [], starts: 1 })
})
