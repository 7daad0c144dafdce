import { afterEach, beforeEach, expect, test } from 'vitest'
import { listConcerns } from '../../src/concerns/repository.ts'
import type { Doubt, FoundConcern, Question } from '../../src/intake/reader.ts'
import { ReaderBusy } from '../../src/intake/reader.ts'
import { openTown, ScriptedReader, type Town } from '../town.ts'

/** A scripted reader that can be asked twice: it says yes to the doubts whose title fits, no to the others. */
class TwiceAsked extends ScriptedReader {
  readonly doubts: Doubt[] = []
  #yes: RegExp = /(?!)/
  #isAway = false

  saysYesTo(titles: RegExp): this {
    this.#yes = titles
    return this
  }

  isAwayTheSecondTime(): this {
    this.#isAway = true
    return this
  }

  async lookAgain(_: Question, doubts: readonly Doubt[]): Promise<(boolean | null)[]> {
    this.doubts.push(...doubts)
    if (this.#isAway) throw new ReaderBusy('down')
    return doubts.map(({ title }) => this.#yes.test(title))
  }
}

const LAMP = {
  ...{ title: '路灯不亮', category: 'lighting_signage', urgency: 'yellow' },
  ...{ placeKind: 'building', placeWords: '碧阳5栋' },
} as const satisfies Partial<FoundConcern>

let reader: TwiceAsked
let town: Town
beforeEach(async () => {
  reader = new TwiceAsked()
  town = await openTown({ reader })
})
afterEach(() => town[Symbol.asyncDispose]())

async function told(words: string) {
  await town.say('平安是福', words)
  await town.pass(130)
  return listConcerns(town.db, {})
}

test('what is sure, calm and new is not asked about twice', async () => {
  reader.finds(/碧阳5栋/, LAMP)
  expect(await told('碧阳5栋门口的路灯不亮')).toMatchObject([{ status: 'open' }])
  expect(reader.doubts).toEqual([])
})

test('an unsure one that is confirmed is open, one that is not stays to be confirmed by people', async () => {
  reader
    .finds(/碧阳5栋/, { ...LAMP, sure: false })
    .finds(/碧阳6栋/, { ...LAMP, placeWords: '碧阳6栋', title: '灯有点暗', sure: false })
  reader.saysYesTo(/不亮/)
  await town.say('平安是福', '碧阳5栋门口的路灯好像不亮')
  expect(await told('碧阳6栋的灯哈哈')).toMatchObject([
    { title: '路灯不亮', status: 'open', doubt: null },
    { title: '灯有点暗', status: 'suspected', doubt: '拿不准是不是诉求' },
  ])
  expect(reader.doubts.map(({ kind }) => kind)).toEqual(['concern', 'concern'])
})

test('a danger that the rules hear and the reader took for less is asked about, and raised', async () => {
  reader.finds(/电线/, { ...LAMP, title: '电线断了搭在地上', category: 'power_gas_heat' }).saysYesTo(/电线/)
  expect(await told('碧阳5栋的电线断了搭在地上')).toMatchObject([{ urgency: 'red' }])
  expect(reader.doubts.map(({ kind }) => kind)).toEqual(['danger'])
  expect(town.heard('committee').join()).toContain('●紧急 1号')
})

test('a danger that only the reader saw alarms at once, and a doubt about something else does not hold it up', async () => {
  reader.finds(/碧阳5栋/, { ...LAMP, urgency: 'red' }).finds(/碧阳6栋/, { ...LAMP, placeWords: '碧阳6栋', sure: false })
  await town.say('平安是福', '碧阳6栋的灯好像也暗')
  expect(await told('碧阳5栋门口的路灯不亮')).toMatchObject([{ urgency: 'red' }, { status: 'suspected' }])
  expect(reader.doubts).toEqual([])
  expect(town.heard('committee').join()).toContain('●紧急 1号')
})

test('a danger that the reader left out is asked about: only a no keeps it off the list', async () => {
  reader.finds(/路灯/, LAMP)
  await town.say('平安是福', '碧阳5栋门口的路灯不亮')
  expect(await told('碧阳7栋冒黑烟了')).toMatchObject([{ title: '路灯不亮' }])
  expect(reader.doubts.map(({ kind }) => kind)).toEqual(['danger'])
  reader.lookAgain = async () => []
  const filed = await told('碧阳9栋冒黑烟了')
  expect(filed).toMatchObject([
    { title: '路灯不亮' },
    { urgency: 'red', status: 'suspected', place: { building: 'BY-09' } },
  ])
})

test('a danger told as news of something calm makes it red when the second look says so', async () => {
  reader.finds(/路灯/, LAMP).hears(/冒火花/, { concern: 1, kind: 'more' })
  await told('碧阳5栋门口的路灯不亮')
  reader.lookAgain = async (_, doubts) => doubts.map(({ kind }) => kind === 'danger')
  expect(await told('灯杆头的电线在冒火花了')).toMatchObject([{ no: 1, urgency: 'red' }])
})

test('of many doubts the dangers are asked about first', async () => {
  const unsure = Array.from({ length: 7 }, (_, index) => `碧阳${index + 11}栋的灯好像暗`)
  for (const words of unsure)
    reader.finds(new RegExp(words), { ...LAMP, title: words, placeWords: words.slice(0, 5), sure: false })
  reader.finds(/电线/, { ...LAMP, title: '电线断了搭在地上', category: 'power_gas_heat' })
  for (const words of unsure) await town.say('平安是福', words)
  await told('碧阳5栋的电线断了搭在地上')
  expect(reader.doubts).toHaveLength(6)
  expect(reader.doubts[0]).toMatchObject({ kind: 'danger' })
})

test('a danger that reader and rules agree on is never asked about: nothing holds it up', async () => {
  reader.finds(/电线/, { ...LAMP, title: '电线断了搭在地上', category: 'power_gas_heat', urgency: 'red' })
  expect(await told('碧阳5栋的电线断了搭在地上')).toMatchObject([{ urgency: 'red' }])
  expect(reader.doubts).toEqual([])
})

test('the same kind at the same place is asked about: yes makes it one concern, no two', async () => {
  reader.finds(/碧阳5栋/, LAMP).saysYesTo(/不亮/)
  await told('碧阳5栋门口的路灯不亮')
  expect(await told('碧阳5栋的灯还是黑的')).toHaveLength(1)
  reader.finds(/牌子/, { ...LAMP, title: '楼牌掉了' })
  expect(await told('碧阳十一栋的牌子掉了,碧阳5栋的牌子也掉了')).toHaveLength(2)
  expect(reader.doubts.map(({ kind, open }) => `${kind} ${open}`)).toContain('same 1')
})

test('without a second answer the first reading stands', async () => {
  reader.finds(/碧阳5栋/, { ...LAMP, sure: false }).isAwayTheSecondTime()
  expect(await told('碧阳5栋门口的路灯好像不亮')).toMatchObject([{ status: 'suspected' }])
})

test('a hijacked second look files nothing, settles nothing and leaves what was read', async () => {
  reader.finds(/碧阳5栋/, { ...LAMP, sure: false })
  reader.lookAgain = async (_, doubts) => [...doubts.map(() => true), true, true, true]
  expect(await told('碧阳5栋门口的路灯好像不亮')).toMatchObject([{ status: 'open', title: '路灯不亮' }])
})
