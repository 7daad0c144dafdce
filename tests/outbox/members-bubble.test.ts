import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutToFit, fitsMembers, shortList } from '../../src/outbox/members-bubble.ts'

const line = fc.string({ unit: fc.constantFrom('号', '栋', '灯', '𠀀', '1', ' '), minLength: 1, maxLength: 40 })

test('the line breaks count among the 96 characters, and a character beyond the first plane counts once', () => {
  expect(fitsMembers('一'.repeat(96))).toBe(true)
  expect(fitsMembers(`${'一'.repeat(48)}\n${'一'.repeat(48)}`)).toBe(false)
  expect(fitsMembers('𠀀'.repeat(96))).toBe(true)
  expect(fitsMembers('一\n二\n三\n四\n五\n六\n七')).toBe(false)
})

test('a list always fits, says how many it leaves out, and leaves out no more than it must (fast-check)', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), fc.boolean(), (lines, hasTail) => {
      const tail = hasTail ? ['能帮请说:认领 7号'] : []
      const text = shortList('您有几件:', lines, (left) => `还有${left}件。`, tail)
      expect(fitsMembers(text)).toBe(true)
      const left = Number(/还有(\d+)件。/u.exec(text)?.[1] ?? 0)
      const shown = lines.slice(0, lines.length - left)
      const whole = (some: string[], rest: string[]) => ['您有几件:', ...some, ...rest, ...tail].join('\n')
      expect(text).toBe(whole(shown, left > 0 ? [`还有${left}件。`] : []))
      const oneMore = lines.slice(0, shown.length + 1)
      if (left > 0) expect(fitsMembers(whole(oneMore, left > 1 ? [`还有${left - 1}件。`] : []))).toBe(false)
    }),
  )
})

test('whatever is cut to fit fits and keeps its beginning (fast-check)', () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (lines) => {
      const text = lines.join('\n')
      const cut = cutToFit(text)
      expect(fitsMembers(cut)).toBe(true)
      expect(text.startsWith(cut.replace(/…$/u, ''))).toBe(true)
    }),
  )
})
