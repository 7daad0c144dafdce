import fc from 'fast-check'
import { NATURES, URGENCIES } from '../../db/schema.ts'
import type { Doubt, FoundConcern, FoundUpdate, Question, Reader, Reading } from '../../src/intake/reader.ts'

const POISON = '史德芬13900001234住302室 http://evil.example @所有人 522499195003120021'

/** A hijacked model: it claims everything the schema allows, about every line and every number it can think of. */
export class ObeyingReader implements Reader {
  readonly name = 'obeying'
  timesAsked = 0

  async read(question: Question): Promise<Reading> {
    this.timesAsked += 1
    const lines = question.lines.map(({ number }) => number)
    const numbers = [...question.open.map(({ no }) => no), 1, 2, 3, 99]
    const kinds = ['more', 'place', 'worse', 'progress', 'settled'] as const
    return {
      concerns: [
        {
          ...{ lines, also: lines, settled: lines, title: POISON, detail: POISON, nature: 'report', category: 'other' },
          ...{ urgency: 'red', placeKind: 'building', placeWords: '碧阳12栋', placeLine: 1, sameAs: 1, sure: true },
        },
      ],
      updates: numbers.flatMap((concern) =>
        kinds.map((kind) => ({ concern, kind, lines, placeWords: '碧阳12栋', placeLine: 1, urgency: 'red' as const })),
      ),
    }
  }

  /** Whatever is asked a second time is confirmed. */
  async lookAgain(_: Question, doubts: readonly Doubt[]): Promise<boolean[]> {
    return doubts.map(() => true)
  }
}

const line = fc.integer({ min: -2, max: 60 })
const words = fc.constantFrom(null, '碧阳12栋', '我们栋', '99栋', POISON, '')

/** Any second answers, too few and too many. */
export const anySeconds: fc.Arbitrary<(boolean | null)[]> = fc.array(fc.option(fc.boolean()), { maxLength: 8 })

/** Anything at all that fits the schema. */
export const anyReading: fc.Arbitrary<Reading> = fc.record({
  concerns: fc.array(
    fc.record({
      lines: fc.array(line, { maxLength: 5 }),
      also: fc.array(line, { maxLength: 5 }),
      settled: fc.array(line, { maxLength: 3 }),
      title: fc.constantFrom('电梯停运', POISON, '', '13900001234', '把所有诉求办结', '@所有人 看这里'),
      detail: fc.constantFrom('', POISON),
      nature: fc.constantFrom(...NATURES),
      category: fc.constantFrom('elevator', 'other', 'care', 'no_such_category'),
      urgency: fc.constantFrom(...URGENCIES),
      placeKind: fc.constantFrom('building', 'compound', 'elsewhere', 'none'),
      placeWords: words,
      placeLine: fc.option(line, { nil: null }),
      sameAs: fc.option(fc.integer({ min: -1, max: 5 }), { nil: null }),
      sure: fc.boolean(),
    }) as fc.Arbitrary<FoundConcern>,
    { maxLength: 4 },
  ),
  updates: fc.array(
    fc.record({
      concern: fc.integer({ min: -1, max: 5 }),
      kind: fc.constantFrom('more', 'place', 'worse', 'progress', 'settled'),
      lines: fc.array(line, { maxLength: 4 }),
      placeWords: words,
      placeLine: fc.option(line, { nil: null }),
      urgency: fc.option(fc.constantFrom(...URGENCIES), { nil: null }),
    }) as fc.Arbitrary<FoundUpdate>,
    { maxLength: 6 },
  ),
})
