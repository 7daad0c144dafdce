import { expect, test } from 'vitest'
import type { Item } from '../../src/digest/figures.ts'
import { closingLine, itemLines, numberLines, widthOf, wrap } from '../../src/digest/lines.ts'
import { placeOf, words } from './small-community.ts'

const ITEM: Item = {
  no: 12,
  title: '电梯停了三天',
  place: placeOf('BY-12'),
  urgency: 'yellow',
  status: 'open',
  days: 3,
  late: false,
}

test('a concern is one short line with its number, the urgency as word and shape, and its place', () => {
  expect(itemLines(ITEM, words, '')).toEqual(['12号 ▲较急 碧阳12栋 电梯停了三天'])
  expect(itemLines({ ...ITEM, urgency: 'red', place: placeOf(null) }, words, '')).toEqual(['12号 ●紧急 电梯停了三天'])
})

test('what is too long breaks between its parts, never within one', () => {
  expect(itemLines(ITEM, words, '记下3天,还没办完')).toEqual([
    '12号 ▲较急 碧阳12栋 电梯停了三天',
    '\u3000记下3天,还没办完',
  ])
  const long = '一二三四五六七八九十一二三四五六七八九十'
  expect(wrap(['甲', long, '乙'], ' ')).toEqual(['甲', `\u3000${long}`, '\u3000乙'])
})

test('letters and figures are half as wide as hanzi', () => {
  expect(widthOf('12号▲')).toBe(3)
})

test('a long list of numbers is cut and says how many there are', () => {
  expect(numberLines([3, 5], 5)).toEqual(['3号、5号'])
  expect(numberLines([1, 2, 3, 4], 3)).toEqual(['1号、2号、3号等4件'])
  expect(numberLines([1, 2], 3, 40)).toEqual(['1号、2号等40件'])
})

test('whoever read is named in the last line', () => {
  expect(closingLine('model')).toBe('以上由AI整理,请核对')
  expect(closingLine('rules')).toBe('以上由关键词规则整理,请核对')
})
