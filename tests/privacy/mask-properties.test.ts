import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanText } from '../../src/privacy/clean.ts'
import { findLeaks } from '../../src/privacy/leak.ts'
import { maskerOfGroup } from './masker.ts'
import { harmless, secret, talk } from './values.ts'

const RUNS = { numRuns: 2000 }
const soup = fc
  .array(
    fc.constantFrom(
      '1',
      '3',
      '9',
      '0',
      '12',
      '2026',
      '13900001234',
      ' ',
      '-',
      'X',
      '零',
      '栋',
      '室',
      '@',
      '〔',
      '1组',
      '的',
      '\n',
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''))

test('no phone, identity card, bank card, plate or door number gets through, and all come back', () => {
  fc.assert(
    fc.property(talk, secret, talk, (before, { written, gone }, behind) => {
      const masker = maskerOfGroup()
      const masked = masker.mask(before + written + behind)
      expect(masked.replace(/〔[^〕]+〕/gu, '#')).not.toContain(gone)
      expect(findLeaks(JSON.stringify({ content: masked }))).toEqual([])
      expect(masker.restore(masked)).toBe(cleanText(before + written + behind))
    }),
    RUNS,
  )
})

test('no two secrets beside each other hide one another', () => {
  fc.assert(
    fc.property(fc.array(secret, { minLength: 2, maxLength: 4 }), (secrets) => {
      const masked = maskerOfGroup().mask(secrets.map(({ written }) => written).join(','))
      for (const { gone } of secrets) expect(masked.replace(/〔[^〕]+〕/gu, '#')).not.toContain(gone)
    }),
    RUNS,
  )
})

test('addresses down to the unit, hotlines, dates and amounts stay as they are', () => {
  fc.assert(
    fc.property(talk, harmless, talk, (before, kept, behind) => {
      expect(maskerOfGroup().mask(before + kept + behind)).toBe(cleanText(before + kept + behind))
    }),
    RUNS,
  )
})

test('whatever people type, it can be put back and the last check has nothing left to find', () => {
  fc.assert(
    fc.property(fc.oneof(soup, fc.string({ unit: 'binary' })), (text) => {
      const masker = maskerOfGroup()
      const masked = masker.mask(text)
      expect(masker.restore(masked)).toBe(cleanText(text))
      expect(findLeaks(JSON.stringify({ messages: [{ content: masked }] }))).toEqual([])
    }),
    { numRuns: 2000 },
  )
})
