import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { pngSize } from '../../src/outputs/picture/png-label.ts'
import { openTown, ScriptedReader, type Town } from '../town.ts'

const MINUTES_TO_MONDAY = 7 * 24 * 60

let folder: string
let filesDir: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pictures-'))
  filesDir = join(folder, 'files')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A Monday on which an elevator stood still and a kitchen burnt. */
async function busyTown(): Promise<Town> {
  const place = { placeKind: 'building', placeWords: '兰乔一期2栋' } as const
  const reader = new ScriptedReader()
    .finds(/电梯/, { title: '电梯停运', category: 'elevator', urgency: 'yellow', ...place })
    .finds(/着火/, { title: '厨房着火', category: 'power_gas_heat', urgency: 'red', ...place })
  const town = await openTown({ at: '2026-05-18T09:05', reader, filesDir })
  await town.say('平安是福', '兰乔一期2栋 电梯停了')
  await town.pass(60)
  await town.say('袁志明', '兰乔一期2栋 着火了')
  await town.pass(60)
  await town.order('黎翠萍', '知道了 2号')
  town.heard('committee')
  return town
}

function pictures(texts: readonly string[]): string[] {
  return texts.filter((text) => text.startsWith('[文件]'))
}

test('on Monday the committee gets the text and then the pictures, once, whatever restarts happen', async () => {
  await using town = await busyTown()
  await town.pass(MINUTES_TO_MONDAY)
  await town.crash()
  await town.pass(120)
  const said = town.heard('committee')
  const text = said.findIndex((one) => one.startsWith('一周民情汇总'))
  expect(said.filter((one) => one.startsWith('一周民情汇总'))).toHaveLength(1)
  expect(pictures(said)).toEqual([1, 2].map((page) => `[文件] digest-2026-05-18-20260525-0905-${page}.png`))
  expect(said.findIndex((one) => one.startsWith('[文件]'))).toBe(text + 1)
  expect(pictures(town.heard('members'))).toEqual([])
  for (const file of readdirSync(filesDir)) {
    expect(pngSize(readFileSync(join(filesDir, file))).width).toBe(1080)
    expect(statSync(join(filesDir, file)).mode & 0o077).toBe(0)
  }
})

test('when no picture can be drawn the text goes alone, and 状态 says so until one can', async () => {
  await using town = await busyTown()
  writeFileSync(filesDir, 'no folder')
  await town.pass(MINUTES_TO_MONDAY)
  const said = town.heard('committee')
  expect(said.filter((one) => one.startsWith('一周民情汇总'))).toHaveLength(1)
  expect(pictures(said)).toEqual([])
  await town.order('黎翠萍', '状态')
  expect(town.heard('committee').join('\n')).toContain('汇总的图没画成(5月25日 09:05),只发了文字。')
  await town.order('黎翠萍', '汇总 上周 图')
  expect(town.heard('committee')[0]).toContain('上周 5月18日—5月24日:记下2件')
  rmSync(filesDir)
  mkdirSync(filesDir)
  await town.order('黎翠萍', '汇总 图')
  await town.order('黎翠萍', '状态')
  const [picture, state] = town.heard('committee')
  expect(picture).toMatch(/^\[文件\] summary-/u)
  expect(state).not.toContain('没画成')
})

test.each(['汇总 图', '汇总 本周 图', '汇总 本月的图', '汇总 电梯 图', '汇总 兰乔一期2栋 图', '汇总图'])(
  '%s sends the committee its summary as a picture',
  async (words) => {
    await using town = await busyTown()
    await town.order('黎翠萍', words)
    const said = town.heard('committee')
    expect(said).toHaveLength(1)
    expect(said[0]).toMatch(/^\[文件\] summary-20260518-11\d\d-1\.png$/u)
  },
)

test('two pictures of one minute are two files', async () => {
  await using town = await busyTown()
  await town.order('黎翠萍', '汇总 图')
  await town.order('黎翠萍', '汇总 电梯 图')
  expect(new Set(pictures(town.heard('committee'))).size).toBe(2)
})

test('in the members’ room there is no picture, it holds what is not for everybody', async () => {
  await using town = await busyTown()
  town.heard('members')
  await town.say('平安是福', '汇总 图', { toBot: true })
  expect(town.heard('members')).toEqual(['汇总的图在支委群里看。\n这里可以说:汇总'])
})

test('what is asked wrongly is answered as for the text', async () => {
  await using town = await busyTown()
  await town.order('黎翠萍', '汇总 第十二党小组 图')
  expect(town.heard('committee')[0]).toContain('没有第12党小组')
})

test('pictures are kept for thirty days', async () => {
  await using town = await busyTown()
  await town.order('黎翠萍', '汇总 图')
  const [first] = readdirSync(filesDir)
  await town.pass(29 * 24 * 60)
  await town.order('黎翠萍', '汇总 图')
  expect(readdirSync(filesDir)).toContain(first)
  await town.pass(2 * 24 * 60)
  await town.order('黎翠萍', '汇总 图')
  expect(readdirSync(filesDir)).not.toContain(first)
}, 30_000)
