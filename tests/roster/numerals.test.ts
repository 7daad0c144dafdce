import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digitsFor, parseNumeral, sayNumeral } from '../../src/roster/numerals.ts'

describe('numbers as people write them', () => {
  test.each([
    ['5', 5],
    ['12', 12],
    ['１２', 12],
    ['五', 5],
    ['两', 2],
    ['〇', 0],
    ['零', 0],
    ['十', 10],
    ['十二', 12],
    ['一十二', 12],
    ['二十', 20],
    ['二十二', 22],
    ['二十三', 23],
    ['廿三', 23],
    ['卅', 30],
    ['一百', 100],
    ['一百零二', 102],
    ['一百一十', 110],
    ['二百二十二', 222],
    ['一〇二', 102],
    ['二三', 23],
    ['①', 1],
    ['⑫', 12],
    ['⑳', 20],
    ['拾贰', 12],
  ])('%s is %i', (word, value) => expect(parseNumeral(word)).toBe(value))

  test.each(['', '几', '第五', '十二三', '3.5', '十十', '百', '一百二', '1234', '五栋', '-1', '半'])(
    '%s is no number',
    (word) => expect(parseNumeral(word)).toBeNull(),
  )

  test('what is said is read back', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 999 }), (value) => parseNumeral(sayNumeral(value)) === value))
  })

  test('digits are read back, narrow or full width', () => {
    const wide = (value: number) => [...String(value)].map((digit) => '０１２３４５６７８９'[Number(digit)]).join('')
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 999 }),
        (value) => parseNumeral(String(value)) === value && parseNumeral(wide(value)) === value,
      ),
    )
  })

  test('a number is read or it is null, whatever the word', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'〇零一二两三四五六七八九十百廿卅0123456789①栋') }), (word) => {
        const value = parseNumeral(word)
        return value === null || (Number.isInteger(value) && value >= 0 && value <= 999)
      }),
    )
  })

  test.each([
    ['一期五栋', '1期5栋'],
    ['A区十二栋', 'A区12栋'],
    ['碧阳国际小区', '碧阳国际小区'],
  ])('%s in digits is %s', (words, digits) => expect(digitsFor(words)).toBe(digits))
})
