import { describe, expect, test } from 'vitest'
import { readPasted } from '../../src/chat/pasted.ts'
import { parseChain } from '../../src/intake/chain.ts'
import { openTown, ScriptedReader, type Town } from '../town.ts'

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

describe('a line is read', () => {
  const list = (...lines: string[]) =>
    ['#接龙', '报修登记', ...lines.map((line, index) => `${index + 1}. ${line}`)].join('\n')
  const LAMP = '邹姨 3栋灯不亮'
  const LIFT = '老周 5栋电梯坏了'
  const add = (town: Town, id: string, ...lines: string[]) => town.say('邹姨', list(...lines), { isChain: true, id })

  async function textOf({ db }: Town, id: string): Promise<string> {
    const row = await db.selectFrom('message').select('text').where('msg_id', '=', id).executeTakeFirstOrThrow()
    return row.text
  }

  test('when the list that brought it was withdrawn and is sent again', async () => {
    await using town = await openTown()
    await add(town, 'a', LAMP)
    await add(town, 'b', LAMP, LIFT)
    await town.say('邹姨', '', { kind: 'recall', revokes: 'b' })
    await add(town, 'c', LAMP, LIFT)
    expect([await textOf(town, 'b'), await textOf(town, 'c')]).toEqual(['', `#接龙\n报修登记\n2. ${LIFT}`])
    await add(town, 'd', LAMP, LIFT)
    expect(await textOf(town, 'd')).toBe('')
  })

  test('when a list of the same name comes another month with the same line', async () => {
    await using town = await openTown()
    await add(town, 'a', LAMP)
    town.clock.advance(new Date('2026-06-18T08:00:00+08:00'))
    await add(town, 'b', LAMP)
    expect(await textOf(town, 'b')).toBe(list(LAMP))
  })

  test('though both months are pasted at once', async () => {
    await using town = await openTown()
    await add(town, 'a', LAMP)
    await town.say('邹姨', list(LAMP), { isChain: true, id: 'b', at: new Date('2026-04-01T08:00:00+08:00') })
    expect(await textOf(town, 'b')).toBe(list(LAMP))
  })

  test('once only in a list that grows for days', async () => {
    await using town = await openTown()
    await add(town, 'a', LAMP)
    await town.pass(20 * 60)
    await add(town, 'b', LAMP, LIFT)
    await town.pass(20 * 60)
    await add(town, 'c', LAMP, LIFT, '小吴 门锁坏了')
    expect(await textOf(town, 'c')).toBe('#接龙\n报修登记\n3. 小吴 门锁坏了')
  })

  test('of nobody who is not to be recorded, though they withdraw their list', async () => {
    await using town = await openTown()
    await town.say('邹姨', '别记我')
    await add(town, 'a', LAMP)
    await town.say('邹姨', '', { kind: 'recall', revokes: 'a' })
    await town.say('老周', list(LAMP, LIFT), { isChain: true, id: 'b' })
    expect(await textOf(town, 'b')).toBe(`#接龙\n报修登记\n2. ${LIFT}`)
  })

  test('once though the server gives the withdrawn list again', async () => {
    await using town = await openTown()
    await add(town, 'a', LAMP)
    await town.say('邹姨', '', { kind: 'recall', revokes: 'a' })
    await add(town, 'a', LAMP)
    await add(town, 'b', LAMP)
    expect([await textOf(town, 'a'), await textOf(town, 'b')]).toEqual(['', list(LAMP)])
  })
})
