import { expect, test } from 'vitest'
import { readPasted } from '../../src/chat/pasted.ts'
import { parseChain } from '../../src/intake/chain.ts'
import { openTown, ScriptedReader } from '../town.ts'

test.each([
  ['周四领药', '#接龙\n周四领药\n1. 邹姨\n2. 老周 两盒', ['1. 邹姨', '2. 老周 两盒']],
  ['报修登记', '#接龙 报修登记\n1、3栋灯不亮\n2．5栋漏水\n3)门锁', ['1、3栋灯不亮', '2．5栋漏水', '3)门锁']],
  ['报修登记\n例 几栋 什么坏了', '#接龙\n报修登记\n例 几栋 什么坏了\n\n1. 老周\n3栋漏水', ['1. 老周 3栋漏水']],
  ['今天谁在家', '#接龙\n今天谁在家', []],
  ['', '#接龙\n1. 邹姨', ['1. 邹姨']],
])('the list about %j', (heading, text, entries) => {
  expect(parseChain(text)).toEqual({ heading, entries })
})

test.each(['接龙的同志请看', '大家参加#接龙', ''])('%j is no list', (text) => {
  expect(parseChain(text)).toBeNull()
})

test('of a list heard live and pasted again later only what is new is read', async () => {
  const reader = new ScriptedReader()
  await using town = await openTown({ reader })
  const heard = '#接龙\n报修登记\n1. 邹姨 3栋灯不亮'
  await town.say('邹姨', heard, { isChain: true })
  const [pasted] = readPasted(`老周 2026/5/18 8:05\n${heard}\n2. 老周 5栋漏水`)
  expect(pasted).toMatchObject({ isChain: true })
  await town.say('老周', '', pasted!)
  await town.pass(35)
  expect(reader.questions[0]!.lines.map(({ text }) => text)).toEqual([
    '#接龙⏎报修登记⏎1. 邹姨 3栋灯不亮',
    '#接龙⏎报修登记⏎2. 老周 5栋漏水',
  ])
})
