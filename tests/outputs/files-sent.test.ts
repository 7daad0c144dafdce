import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { monthDue } from '../../src/schedule/monthly.ts'
import { on } from '../digest/small-community.ts'
import { openTown, ScriptedReader, type Town } from '../town.ts'
import { partsOf } from './package-parts.ts'

const DAY_MINUTES = 24 * 60

let folder: string
let filesDir: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'))
  filesDir = join(folder, 'files')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** An evening at the end of May on which an elevator stood still. */
async function town(at = '2026-05-30T19:00'): Promise<Town> {
  const place = { placeKind: 'building', placeWords: '兰乔一期2栋' } as const
  const reader = new ScriptedReader().finds(/电梯/, {
    title: '电梯停运',
    category: 'elevator',
    urgency: 'yellow',
    ...place,
  })
  const opened = await openTown({ at, reader, filesDir })
  await opened.say('平安是福', '兰乔一期2栋 电梯停了')
  await opened.pass(60)
  opened.heard('committee')
  opened.heard('members')
  return opened
}

const aboutPack = (texts: readonly string[]) => texts.filter((text) => text.includes('民情分析会材料'))

test('台账 sends the committee a line of text and then the workbook, for its owner’s eyes only', async () => {
  await using community = await town()
  await community.order('黎翠萍', '台账')
  expect(community.heard('committee')).toEqual([
    '台账来了:诉求、纠纷、回访、数字四张表。\n里面没有电话,也请不要转发到别的群。',
    '[文件] 支部民情台账-20260530-2000-1.xlsx',
  ])
  const [file] = readdirSync(filesDir)
  expect(statSync(join(filesDir, file!)).mode & 0o077).toBe(0)
  expect(partsOf(readFileSync(join(filesDir, file!))).get('xl/sharedStrings.xml')).toContain('电梯停运')
})

test.each([
  ['月报', '4月'],
  ['月报 本月', '5月'],
])('%s sends the committee the pack of %s', async (order, month) => {
  await using community = await town()
  await community.order('黎翠萍', order)
  expect(community.heard('committee')).toEqual([
    `${month}的民情分析会材料来了,请先核对再打出来。`,
    `[文件] 民情分析会材料-${month}-20260530-2000-1.docx`,
  ])
})

test.each(['台账', '月报'])('in the members’ room there is no %s', async (order) => {
  await using community = await town()
  await community.say('平安是福', order, { toBot: true })
  expect(community.heard('members')).toEqual(['这个要在支委群里说。\n您有事直接讲,小助手会记下。'])
})

test('a file that cannot be made is said so, and the next one is tried again', async () => {
  await using community = await town()
  writeFileSync(filesDir, 'no folder')
  await community.order('黎翠萍', '台账')
  expect(community.heard('committee')).toEqual(['台账没做成,请管电脑的人看看日志。'])
  rmSync(filesDir)
  mkdirSync(filesDir)
  await community.order('黎翠萍', '台账')
  expect(community.heard('committee')).toHaveLength(2)
})

test('two days before the 主题党日 the committee gets the pack of the month that has ended, once whatever restarts happen', async () => {
  await using community = await town()
  await community.pass(8.5 * DAY_MINUTES)
  expect(aboutPack(community.heard('committee'))).toEqual([])
  await community.pass(DAY_MINUTES)
  await community.crash()
  await community.pass(3 * DAY_MINUTES)
  const said = community.heard('committee')
  expect(aboutPack(said)).toEqual([
    '5月的民情分析会材料做好了。\n6月10日主题党日前,请看一看、打出来。',
    expect.stringMatching(/^\[文件\] 民情分析会材料-5月-20260608-09\d\d-1\.docx$/u),
  ])
  expect(aboutPack(community.heard('members'))).toEqual([])
})

test('when the pack cannot be made the text says so and how to try again', async () => {
  await using community = await town()
  writeFileSync(filesDir, 'no folder')
  await community.pass(12 * DAY_MINUTES)
  expect(aboutPack(community.heard('committee'))).toEqual(['5月的民情分析会材料没做成,再试请回“月报”。'])
})

test('a machine that was off over the 主题党日 sends the pack late, and says so', async () => {
  await using community = await town()
  community.clock.advance(on('06-12 10:00'))
  await community.runJobs()
  expect(aboutPack(community.heard('committee'))[0]).toBe('5月的民情分析会材料做好了,这次晚了。\n请看一看、打出来。')
})

test('nothing is owed for a month that ended before the ledger began', async () => {
  await using community = await town('2026-06-01T19:00')
  await community.pass(12 * DAY_MINUTES)
  expect(aboutPack(community.heard('committee'))).toEqual([])
})

test.each([
  ['06-08 08:59', 10, null],
  ['06-08 09:00', 10, '5月'],
  ['06-30 23:00', 10, '5月'],
  ['07-01 09:00', 10, null],
  ['07-01 09:00', 3, '6月'],
  ['06-26 09:00', 28, '5月'],
])('at %s, with the 主题党日 on day %i, the month due is %s', (at, partyDay, month) => {
  expect(monthDue(on(at), partyDay)?.label ?? null).toBe(month)
})
