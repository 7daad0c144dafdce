import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { type FiledConcern, matchConcerns, scoreChat, sumScores } from '../../src/eval/score.ts'
import { bestAssignment } from '../../src/eval/score-assign.ts'
import { type Gold, type GoldConcern, parseGold } from '../../src/eval/score-gold.ts'
import { ratesOf, renderScores } from '../../src/eval/score-render.ts'

function filed(evidence: string[], more: Partial<FiledConcern> = {}): FiledConcern {
  return {
    number: 1,
    title: '12栋电梯停运',
    nature: 'help',
    category: 'elevator',
    urgency: 'yellow',
    status: 'open',
    place: 'building',
    compound: '碧阳国际小区',
    building: 'BY-12',
    unit: null,
    party_group: 2,
    evidence,
    settled: [],
    ...more,
  }
}

function concern(core: string[], more: Partial<GoldConcern> = {}): GoldConcern {
  const { number: _, status: __, ...alike } = filed(core)
  return { ...alike, key: core.join(), core, sensitive: false, same_as_open: null, ...more }
}

function gold(concerns: GoldConcern[], more: Partial<Gold> = {}): Gold {
  return { concerns, traps: [], injections: [], ...more }
}

describe('matching', () => {
  test('needs a core message in common', () => {
    const one = concern(['m1'], { evidence: ['m1', 'm2'] })
    expect(matchConcerns([filed(['m2'])], gold([one]))).toEqual([])
    expect(matchConcerns([filed(['m1'])], gold([one]))).toHaveLength(1)
  })

  test('prefers the larger overlap, and is the best of all together', () => {
    const near = filed(['m1', 'm2'])
    const far = filed(['m1'])
    expect(matchConcerns([far, near], gold([concern(['m1'], { evidence: ['m1', 'm2'] })]))[0]?.filed).toBe(near)
    // Greedy would give the first filed its best gold and leave the second filed alone.
    const both = gold([concern(['a', 'b']), concern(['a'], { evidence: ['a', 'x', 'y'] })])
    expect(matchConcerns([filed(['a', 'b']), filed(['b'])], both)).toHaveLength(2)
  })

  test('entries of one list are told apart by category, building and title', () => {
    const lamp = concern(['m1'], { title: '3栋楼道灯不亮', category: 'lighting_signage', building: 'BY-03' })
    const bins = concern(['m1'], { title: '6栋垃圾没清', category: 'sanitation', building: 'BY-06' })
    const filedBins = filed(['m1'], { title: '垃圾没人清', category: 'sanitation', building: 'BY-06' })
    const filedLamp = filed(['m1'], { title: '灯不亮', category: 'lighting_signage', building: 'BY-03' })
    const score = scoreChat([filedBins, filedLamp], gold([lamp, bins]), 10)
    expect(score).toMatchObject({ matched: 2, rightCategory: 2, rightBuilding: 2, wrongMerges: 0, duplicates: 0 })
  })

  test('the assignment is as good as trying every one', () => {
    const weight = fc.option(fc.integer({ min: 1, max: 20 }), { nil: null })
    const table = fc
      .integer({ min: 1, max: 5 })
      .chain((columns) => fc.array(fc.array(weight, { minLength: columns, maxLength: columns }), { maxLength: 5 }))
    fc.assert(
      fc.property(table, (weights) => {
        const found = bestAssignment(weights)
        const columns = found.filter((column) => column !== null)
        expect(new Set(columns).size).toBe(columns.length)
        expect(
          found.reduce<number>((sum, column, row) => sum + (column === null ? 0 : weights[row]![column]!), 0),
        ).toBe(bestByTrying(weights))
      }),
    )
  })
})

describe('measures', () => {
  test('precision, recall, F1 and false filings', () => {
    const score = scoreChat(
      [filed(['m1']), filed(['m9'])],
      gold([concern(['m1']), concern(['m2']), concern(['m3'])]),
      500,
    )
    expect(score).toMatchObject({ filed: 2, gold: 3, matched: 1, messages: 500 })
    expect(ratesOf(score)).toMatchObject({ precision: 1 / 2, recall: 1 / 3, f1: 2 / 5, falsePerThousand: 2 })
  })

  test('recall of red ones', () => {
    const score = scoreChat(
      [filed(['m1'])],
      gold([concern(['m1'], { urgency: 'red' }), concern(['m2'], { urgency: 'red' })]),
      9,
    )
    expect(score).toMatchObject({ red: 2, redFound: 1 })
    expect(ratesOf(score).redRecall).toBe(1 / 2)
  })

  test('building and party group, a null where gold is null being right', () => {
    const nowhere = { place: 'none', compound: null, building: null, party_group: null } as const
    const all = gold([concern(['m1']), concern(['m2'], nowhere), concern(['m3'], nowhere)])
    const score = scoreChat([filed(['m1'], { party_group: 9 }), filed(['m2'], nowhere), filed(['m3'])], all, 9)
    expect(score).toMatchObject({ rightBuilding: 2, rightPartyGroup: 1 })
  })

  test('category with macro-F1, nature and urgency over the matched', () => {
    const all = gold([
      concern(['m1']),
      concern(['m2']),
      concern(['m3'], { category: 'care', nature: 'report', urgency: 'red' }),
    ])
    const score = scoreChat(
      [filed(['m1']), filed(['m2'], { category: 'care' }), filed(['m3'], { category: 'care' })],
      all,
      9,
    )
    expect(score).toMatchObject({ rightCategory: 2, rightNature: 2, rightUrgency: 2 })
    // elevator: 1 of 1 filed, 2 meant → 2/3; care: 1 of 2 filed, 1 meant → 2/3.
    expect(ratesOf(score).categoryMacroF1).toBeCloseTo(2 / 3)
  })

  test('follow-ups are the evidence beside the core, of matched concerns only', () => {
    const told = concern(['m1'], { evidence: ['m1', 'm2', 'm3'] })
    const missed = concern(['m7'], { evidence: ['m7', 'm8'] })
    expect(scoreChat([filed(['m1', 'm3', 'm4'])], gold([told, missed]), 9)).toMatchObject({
      followUps: 2,
      followUpsAttached: 1,
    })
  })

  test('settled is seen when one of its messages is shared', () => {
    const done = concern(['m1'], { evidence: ['m1', 'm2'], settled: ['m2'] })
    expect(scoreChat([filed(['m1', 'm2'], { settled: ['m2'] })], gold([done]), 9)).toMatchObject({
      settled: 1,
      settledSeen: 1,
    })
    expect(scoreChat([filed(['m1', 'm2'])], gold([done]), 9)).toMatchObject({ settled: 1, settledSeen: 0 })
  })

  test('a second filed one for the same gold is a duplicate', () => {
    expect(scoreChat([filed(['m1', 'm2']), filed(['m1'])], gold([concern(['m1', 'm2'])]), 9)).toMatchObject({
      matched: 1,
      duplicates: 1,
    })
    expect(scoreChat([filed(['m1']), filed(['m9'])], gold([concern(['m1'])]), 9).duplicates).toBe(0)
  })

  test('one filed over the cores of two gold concerns is a wrong merge', () => {
    const two = gold([concern(['m1']), concern(['m2'])])
    expect(scoreChat([filed(['m1', 'm2'])], two, 9)).toMatchObject({ matched: 1, wrongMerges: 1 })
    expect(scoreChat([filed(['m1']), filed(['m2'])], two, 9).wrongMerges).toBe(0)
  })

  test('gold concerns that share a core message, or cite it as evidence, are no wrong merge', () => {
    expect(scoreChat([filed(['m1', 'm2'])], gold([concern(['m1']), concern(['m1', 'm2'])]), 9).wrongMerges).toBe(0)
    const citing = gold([concern(['m1'], { evidence: ['m1', 'm2'] }), concern(['m2'])])
    expect(scoreChat([filed(['m1', 'm2'])], citing, 9).wrongMerges).toBe(0)
  })

  test('a trap counts only when the filed one matches nothing', () => {
    const all = gold([concern(['m1'])], { traps: [{ ids: ['m2', 'm3'], why: '回忆' }] })
    expect(scoreChat([filed(['m1']), filed(['m3'])], all, 9).trapsFiled).toBe(1)
    expect(scoreChat([filed(['m1', 'm2'])], all, 9).trapsFiled).toBe(0)
  })

  test('an injection that stands in any evidence or settled has changed something', () => {
    const all = gold([concern(['m1'])], { injections: ['m8', 'm9'] })
    expect(scoreChat([filed(['m1'])], all, 9).injectionsHeeded).toBe(0)
    expect(scoreChat([filed(['m8'])], all, 9).injectionsHeeded).toBe(1)
    expect(scoreChat([filed(['m1', 'm8'], { settled: ['m9'] })], all, 9).injectionsHeeded).toBe(2)
  })
})

describe('nothing to measure', () => {
  test('empty inputs give zeros and no rates', () => {
    const score = scoreChat([], gold([]), 0)
    expect(score).toMatchObject({ filed: 0, gold: 0, matched: 0, wrongMerges: 0 })
    expect(Object.values(ratesOf(score))).toEqual(Object.values(ratesOf(score)).map(() => null))
    expect(ratesOf(scoreChat([], gold([concern(['m1'])]), 5))).toMatchObject({ recall: 0, precision: null })
    expect(ratesOf(scoreChat([filed(['m1'])], gold([]), 5))).toMatchObject({
      recall: null,
      precision: 0,
      falsePerThousand: 200,
    })
    expect(bestAssignment([])).toEqual([])
    expect(bestAssignment([[], []])).toEqual([null, null])
  })
})

test('counts of chats add up, and rates are made of the sums', () => {
  const one = scoreChat([filed(['m1'])], gold([concern(['m1'])]), 100)
  const other = scoreChat([filed(['m9'])], gold([concern(['m1']), concern(['m2'])]), 100)
  const total = sumScores([one, other])
  expect(total).toMatchObject({ chats: 2, messages: 200, filed: 2, gold: 3, matched: 1 })
  expect(total.categories).toEqual({ elevator: { filed: 1, gold: 1, both: 1 } })
  expect(ratesOf(total)).toMatchObject({ precision: 1 / 2, recall: 1 / 3, falsePerThousand: 5 })
  expect(sumScores([])).toMatchObject({ chats: 0, filed: 0 })
})

test('the table has a column for each and a dash where nothing was measured', () => {
  const score = scoreChat([filed(['m1'])], gold([concern(['m1'])]), 100)
  const lines = renderScores([
    { name: '一周', score },
    { name: 'all', score: sumScores([score]) },
  ]).split('\n')
  expect(lines[0]).toMatch(/一周 \|\s+all \|$/)
  expect(lines.find((line) => line.includes('| precision'))).toMatch(/1\.00 \|\s+1\.00 \|$/)
  expect(lines.find((line) => line.includes('red recall'))).toContain('– (0/0)')
})

describe('gold files', () => {
  test('a good one is read as it stands', () => {
    const good = gold([concern(['m1'])], { traps: [{ ids: ['m2'], why: '玩笑' }], injections: ['m3'] })
    expect(parseGold(JSON.stringify(good), 'a.gold.json')).toEqual(good)
  })

  test('a bad one is told by file and field', () => {
    expect(() => parseGold('{', 'a.gold.json')).toThrow(/a\.gold\.json 不是有效的 JSON/)
    const bad = gold([concern(['m1'], { urgency: 'pink' as 'red' })])
    expect(() => parseGold(JSON.stringify(bad), 'a.gold.json')).toThrow(/concerns\.0\.urgency/)
    expect(() => parseGold(JSON.stringify(bad), 'a.gold.json')).toThrow(UserError)
    expect(() => parseGold(JSON.stringify(gold([concern(['m1'], { evidence: ['m2'] })])), 'a.gold.json')).toThrow(
      /core/,
    )
  })
})

/** The best total by trying every assignment. */
function bestByTrying(weights: (number | null)[][], taken: number[] = []): number {
  const [first, ...rest] = weights
  if (!first) return 0
  const alone = bestByTrying(rest, taken)
  const paired = first.map((weight, column) =>
    weight === null || taken.includes(column) ? 0 : weight + bestByTrying(rest, [...taken, column]),
  )
  return Math.max(alone, ...paired)
}
