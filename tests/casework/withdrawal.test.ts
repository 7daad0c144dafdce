import { beforeEach, expect, test } from 'vitest'
import { getConcern, listEvents, listEvidence } from '../../src/concerns/repository.ts'
import { openTown, ScriptedReader, type Town } from '../town.ts'

let town: Town
let reader: ScriptedReader

beforeEach(async () => {
  reader = new ScriptedReader()
    .finds(/路灯/, {
      title: '门口路灯不亮',
      category: 'lighting_signage',
      urgency: 'yellow',
      placeKind: 'building',
      placeWords: '5栋',
      detail: '5栋门口路灯不亮,晚上黑得很',
    })
    .hears(/也没亮/, { concern: 1, kind: 'more' })
    .hears(/就是碧阳/, { concern: 1, kind: 'place', placeWords: '碧阳5栋' })
  town = await openTown({ at: '2026-05-18T09:05', reader })
  return () => town[Symbol.asyncDispose]()
})

async function withdraw(sender: string, id: string): Promise<void> {
  await town.say(sender, '', { kind: 'recall', revokes: id })
}

async function kinds(): Promise<string[]> {
  return (await listEvents(town.db, 1)).map(({ kind }) => kind)
}

test('a withdrawn message takes its concern along when nobody else told it', async () => {
  const id = await town.say('阳光心态', '5栋门口路灯不亮了')
  await town.pass(35)
  await town.say('阳光心态', '我们门口也没亮')
  await town.pass(35)
  await withdraw('阳光心态', id)
  expect(await getConcern(town.db, 1)).toMatchObject({
    status: 'dropped',
    reason: '撤回',
    placeWords: null,
    detail: '',
  })
})

test('what a neighbour told as well stays, resting on the neighbour’s words, with nobody as its author', async () => {
  const id = await town.say('阳光心态', '5栋门口路灯不亮了')
  await town.pass(35)
  await town.say('邹姨', '我们这边也没亮')
  await town.pass(35)
  await withdraw('阳光心态', id)
  expect(await getConcern(town.db, 1)).toMatchObject({
    ...{ status: 'open', title: '门口路灯不亮', reporter: null, reporterId: null },
    ...{ placeWords: null, detail: '' },
  })
  expect((await listEvidence(town.db, 1)).map(({ sender, role }) => `${sender} ${role}`)).toEqual(['邹姨 more'])
  expect((await listEvents(town.db, 1)).at(-1)).toMatchObject({ kind: 'withdrawn', note: '原话已撤回' })
  await town.say('阳光心态', '不对 1号')
  expect(town.heard('members').at(-1)).toBe('1号要由支委会来改,请在支委群里说。')
})

test('the neighbour’s words gone too, it is dropped', async () => {
  const id = await town.say('阳光心态', '5栋门口路灯不亮了')
  await town.pass(35)
  const second = await town.say('邹姨', '我们这边也没亮')
  await town.pass(35)
  await withdraw('阳光心态', id)
  await withdraw('邹姨', second)
  expect((await getConcern(town.db, 1)).status).toBe('dropped')
})

test('the rights of an author go with their words, though a neighbour told it in the same breath', async () => {
  reader.finds(/单元门/, { lines: [1, 2], title: '单元门坏了', category: 'public_facility' })
  const id = await town.say('阳光心态', '单元门坏了')
  await town.say('邹姨', '那个门把手')
  await town.pass(35)
  expect(await getConcern(town.db, 1)).toMatchObject({ reporter: '阳光心态' })
  await withdraw('阳光心态', id)
  expect(await getConcern(town.db, 1)).toMatchObject({ status: 'open', reporter: null, reporterId: null })
})

test('the order 撤回 leaves what a neighbour told as well, and says so', async () => {
  await town.say('阳光心态', '登记 碧阳5栋门口路灯不亮')
  await town.pass(1)
  await town.say('邹姨', '我们这边也没亮')
  await town.say('邹姨', '汇总')
  town.heard('members')
  await town.say('阳光心态', '撤回')
  expect(town.heard('members')).toEqual(['好的,您说的收回了。\n1号别人也说过,还留着。'])
  expect(await getConcern(town.db, 1)).toMatchObject({ status: 'open', reporter: null })
  expect((await listEvidence(town.db, 1)).map(({ sender }) => sender)).toEqual(['邹姨'])
})

test('the order 撤回 drops what nobody else told', async () => {
  await town.say('阳光心态', '登记 碧阳5栋门口路灯不亮')
  await town.pass(1)
  town.heard('members')
  await town.say('阳光心态', '撤回')
  expect(town.heard('members')).toEqual(['好的,1号撤回了。'])
  expect((await getConcern(town.db, 1)).status).toBe('dropped')
})

test('what somebody has in hand is not dropped: the committee is told that the words are gone', async () => {
  const id = await town.say('阳光心态', '5栋门口路灯不亮了')
  await town.pass(35)
  await town.order('黎翠萍', '交给 1号 丁惠芳')
  town.heard('committee')
  await withdraw('阳光心态', id)
  await town.pass(1)
  expect((await getConcern(town.db, 1)).status).toBe('in_progress')
  expect(town.heard('committee')).toEqual(['1号的原话已撤回。\n请丁惠芳看看还要不要办:查 1号'])
})

test('the words of a place go with the message that told it, the building stays', async () => {
  await town.say('阳光心态', '门口路灯不亮了,5栋')
  await town.pass(35)
  const id = await town.say('邹姨', '就是碧阳5栋嘛')
  await town.pass(35)
  expect((await listEvents(town.db, 1)).find(({ kind }) => kind === 'place')?.note).toBe('碧阳5栋')
  await withdraw('邹姨', id)
  expect((await listEvents(town.db, 1)).find(({ kind }) => kind === 'place')?.note).toBeNull()
  expect(await getConcern(town.db, 1)).toMatchObject({ placeWords: null, place: { building: 'BY-05' }, status: 'open' })
})

test('so do the words of an answer to the bot’s question', async () => {
  await town.say('阳光心态', '5栋门口路灯不亮了')
  await town.pass(50)
  const id = await town.say('阳光心态', '改成 家属院5号楼')
  expect(await getConcern(town.db, 1)).toMatchObject({ placeWords: '家属院5号楼', place: { building: 'GX-05' } })
  await withdraw('阳光心态', id)
  expect(await getConcern(town.db, 1)).toMatchObject({ placeWords: null, place: { building: 'GX-05' }, status: 'open' })
  expect(await kinds()).toEqual(['filed', 'place', 'withdrawn'])
})

test('words of a place that others said too stay', async () => {
  const id = await town.say('阳光心态', '5栋门口路灯不亮了')
  await town.pass(35)
  await town.say('邹姨', '5栋这边也没亮')
  await town.pass(35)
  await withdraw('阳光心态', id)
  expect(await getConcern(town.db, 1)).toMatchObject({ placeWords: '5栋', detail: '' })
})
