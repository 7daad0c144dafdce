import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findMentions } from '../../src/roster/mentions.ts'
import { sayNumeral } from '../../src/roster/numerals.ts'
import { splitBuildingName } from '../../src/roster/place-index.ts'
import { resolvePlace } from '../../src/roster/resolve.ts'
import type { Building } from '../../src/roster/roster.ts'
import type { PlaceQuestion } from '../../src/roster/talk.ts'
import { NO_PLACES } from './no-places.ts'
import { sample } from './sample.ts'

const HEARD: Record<string, string[]> = {
  碧阳国际小区: ['碧洋', '壁阳', '碧洋国际'],
  兰乔圣菲小区: ['蓝乔', '蓝桥', '兰桥胜飞'],
  桂花苑小区: ['贵花苑', '桂花院'],
  供销社家属院: ['加属院', '供消社'],
}
const CHATTER = ['', '喊人来看哈嘛', '天天这样', ',麻烦了', ' 又坏了', '[捂脸]', '晚上黑得很']

const buildings = fc.constantFrom(...sample.buildings)
const homes = fc.uniqueArray(fc.constantFrom(...sample.buildings.map(({ code }) => code)), { maxLength: 3 })
const unitWords = fc.constantFrom('栋', '幢', '#', '号楼', '座')
const digitStyles = fc.constantFrom<(value: number) => string>(String, sayNumeral, (value) =>
  [...String(value)].map((digit) => '０１２３４５６７８９'[Number(digit)]).join(''),
)
const chatter = fc.constantFrom(...CHATTER)

function ask(part: Partial<PlaceQuestion> & { words: string }) {
  return resolvePlace(sample, { kind: 'building', text: part.words, conversation: [], homes: [], askers: [], ...part })
}

function partsOf(building: Building) {
  const { zone, number } = splitBuildingName(building.name)!
  return { zone, number }
}

function compoundSpellings(compound: string): string[] {
  return [compound, ...sample.compounds.find(({ name }) => name === compound)!.aliases, ...HEARD[compound]!]
}

describe('every building, however it is spelt', () => {
  const spelling = fc
    .record({
      building: buildings,
      digits: digitStyles,
      word: unitWords,
      hasUnit: fc.boolean(),
      isZoneChinese: fc.boolean(),
    })
    .chain((one) =>
      fc.record({
        one: fc.constant(one),
        compound: fc.constantFrom(...compoundSpellings(one.building.compound)),
        unit: fc.integer({ min: 1, max: one.building.units }),
        between: fc.constantFrom('', ' ', '的'),
      }),
    )

  test('is exactly that building, whoever speaks and whatever stands around it', () => {
    fc.assert(
      fc.property(spelling, chatter, chatter, homes, ({ one, compound, unit, between }, before, after, homes) => {
        const { zone, number } = partsOf(one.building)
        const zoneSaid = one.isZoneChinese ? zone.replace(/\d/, (digit) => sayNumeral(Number(digit))) : zone
        const unitSaid = one.hasUnit ? `${sayNumeral(unit)}单元` : ''
        const words = `${compound}${between}${zoneSaid}${one.digits(number)}${one.word}${unitSaid}`
        const place = ask({ words, text: `${before} ${words}${after}`, homes })
        expect(place, words).toEqual({
          kind: 'building',
          compound: one.building.compound,
          building: one.building.code,
          unit: one.hasUnit ? unit : null,
          partyGroup: one.building.partyGroup,
        })
      }),
      { numRuns: 2_000 },
    )
  })

  test('is that building by its number alone where the compound stands before it or is being talked of', () => {
    fc.assert(
      fc.property(buildings, digitStyles, unitWords, homes, fc.boolean(), (building, digits, word, homes, isInLine) => {
        const { zone, number } = partsOf(building)
        const rivals = sample.buildings.filter((one) => one !== building && partsOf(one).number === number)
        fc.pre(isInLine || !rivals.some(({ code }) => homes.includes(code)))
        const words = `${digits(number)}${word}`
        const heading = `${building.compound}${zone}`
        const place = isInLine
          ? ask({ words, text: `${heading}走访 ①大门 ②${words}停水`, homes })
          : ask({ words, text: `${words}停水`, homes, conversation: ['收到', heading] })
        expect(place.building, words).toBe(building.code)
      }),
      { numRuns: 1_000 },
    )
  })

  test('is known by its own names and aliases', () => {
    for (const building of sample.buildings) {
      for (const name of [building.name, ...building.aliases]) {
        const place = ask({ words: `${building.compound}${name}` })
        expect(place.building, name).toBe(building.code)
      }
    }
  })
})

describe('what is not certain', () => {
  const shared = [...Map.groupBy(sample.buildings, (one) => partsOf(one).number)].filter(([, all]) => all.length > 1)

  test('a number of several buildings never resolves without context', () => {
    fc.assert(
      fc.property(fc.constantFrom(...shared), digitStyles, unitWords, chatter, ([number], digits, word, after) => {
        const words = `${digits(number)}${word}`
        expect(ask({ words, text: words + after }), words).toMatchObject({ kind: 'ambiguous', building: null })
      }),
    )
  })

  test('a number that fits both the talk and the home, in different compounds, is settled by neither', () => {
    fc.assert(
      fc.property(buildings, buildings, (building, home) => {
        const { number } = partsOf(home)
        fc.pre(
          building.compound !== home.compound &&
            sample.buildings.some((one) => one.compound === building.compound && partsOf(one).number === number),
        )
        const words = `${number}栋`
        expect(ask({ words, homes: [home.code], conversation: [building.compound] }).building).toBeNull()
        expect(ask({ words: `我们${words}`, homes: [home.code], conversation: [building.compound] }).building).toBe(
          home.code,
        )
      }),
    )
  })

  test('a bare number resolves to no building with another number, whoever speaks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), homes, fc.boolean(), (number, homes, saysWe) => {
        const words = `${saysWe ? '我们' : ''}${number}栋`
        const { building } = ask({ words, homes })
        const found = sample.buildings.find(({ code }) => code === building)
        expect(found ? partsOf(found).number : number).toBe(number)
      }),
    )
  })

  test('我们栋 is the home of exactly one home, and nothing else', () => {
    fc.assert(
      fc.property(homes, (homes) => {
        const place = ask({ words: '我们栋', homes })
        expect(place.building).toBe(homes.length === 1 ? homes[0] : null)
      }),
    )
  })

  test('talk without a place never yields one', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...NO_PLACES), { minLength: 1, maxLength: 5 }), homes, (words, homes) => {
        const text = words.join(',')
        expect(findMentions(sample, text), text).toEqual([])
        expect(ask({ words: text, homes }).building, text).toBeNull()
        expect(ask({ words: text, homes, kind: 'none' }).kind).toBe('none')
      }),
      { numRuns: 500 },
    )
  })
})

describe('any talk at all', () => {
  const pieces = [
    ...[
      '碧阳',
      '兰桥',
      '一期',
      '二期',
      'A区',
      'B',
      '家属院',
      '桂花苑',
      '5',
      '十二',
      '三',
      '①',
      '-',
      '栋',
      '号楼',
      '#',
      '洞',
      '一起',
    ],
    ...[
      '单元',
      '我们',
      '我家',
      '楼上',
      '楼下',
      '和',
      '至',
      '、',
      ',',
      ' ',
      '\n',
      '⏎',
      '1、',
      '的',
      '小区',
      '金地花园',
      '😀',
      '［',
      '12-1',
      'A3',
    ],
  ]
  const talk = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join('')),
  )
  const question = fc.record({
    kind: fc.constantFrom('building', 'compound', 'elsewhere', 'none') as fc.Arbitrary<PlaceQuestion['kind']>,
    words: talk,
    text: talk,
    conversation: fc.array(talk, { maxLength: 3 }),
    homes: fc.oneof(homes, fc.constant(['没有这栋'])),
    askers: fc.uniqueArray(fc.constantFrom('碧阳国际小区', '兰乔圣菲小区', '别处'), { maxLength: 2 }),
  })

  test('is answered without an error and in keeping with the roster', () => {
    fc.assert(
      fc.property(question, fc.boolean(), (asked, standsInLine) => {
        const text = standsInLine ? asked.text + asked.words + asked.text : asked.text
        const place = resolvePlace(sample, { ...asked, text })
        const building = sample.buildings.find(({ code }) => code === place.building)
        expect(place.kind === 'building').toBe(building !== undefined)
        expect(place.partyGroup).toBe(building?.partyGroup ?? null)
        if (building) expect(place.compound).toBe(building.compound)
        if (place.unit !== null) expect(place.unit).toBeLessThanOrEqual(building!.units)
        if (place.kind === 'compound') expect(place.compound).not.toBeNull()
      }),
      { numRuns: 3_000 },
    )
  })

  test('gives mentions in order whose words stand where they say', () => {
    fc.assert(
      fc.property(talk, (text) => {
        const mentions = findMentions(sample, text)
        let last = 0
        for (const { start, end, words, numberStart } of mentions) {
          expect(start).toBeGreaterThanOrEqual(last)
          expect(text.slice(start, end)).toBe(words)
          expect(numberStart).toBeGreaterThanOrEqual(start)
          last = start
        }
      }),
      { numRuns: 3_000 },
    )
  })

  test('is answered the same a second time', () => {
    fc.assert(
      fc.property(question, (asked) => {
        expect(resolvePlace(sample, asked)).toEqual(resolvePlace(structuredClone(sample), asked))
      }),
      { numRuns: 200 },
    )
  })
})
