import { expect, test } from 'vitest'
import { listConcerns } from '../../src/concerns/repository.ts'
import { ReaderBusy } from '../../src/intake/reader.ts'
import { openTown, ScriptedReader } from '../town.ts'

const SMOKE = { title: '楼上冒黑烟', category: 'safety_hazard', urgency: 'red', placeWords: '碧阳5栋' } as const
const LAMP = { title: '路灯不亮', category: 'lighting_signage', urgency: 'yellow', placeWords: '碧阳3栋' } as const
const PLACE = { placeKind: 'building' } as const
const away = () => new ReaderBusy('down')

test.each([
  ['danger first', '碧阳5栋冒黑烟了\n另外碧阳3栋门口路灯不亮'],
  ['danger last', '碧阳3栋门口路灯不亮\n另外碧阳5栋冒黑烟了'],
])('an alarm by rule and another matter of the same message stay two: %s', async (_, words) => {
  const reader = new ScriptedReader().fails(away())
  const both = [
    [/黑烟/, { ...PLACE, ...SMOKE }],
    [/路灯/, { ...PLACE, ...LAMP }],
  ] as const
  for (const [pattern, found] of words.startsWith('碧阳5') ? both : both.toReversed()) reader.finds(pattern, found)
  await using town = await openTown({ reader })
  await town.say('老周', words)
  await town.pass(40)
  const all = await listConcerns(town.db, {})
  expect(all.map(({ title, urgency, status }) => `${title} ${urgency} ${status}`).sort()).toEqual([
    '楼上冒黑烟 red open',
    '路灯不亮 yellow open',
  ])
})

test('what is told beside an alarm never overwrites it', async () => {
  const reader = new ScriptedReader().fails(away(), away())
  reader.finds(/路灯也不亮/, { ...PLACE, ...LAMP, also: [1] })
  await using town = await openTown({ reader })
  await town.say('老周', '碧阳5栋冒黑烟了')
  await town.say('邹姨', '那边路灯也不亮')
  await town.pass(60)
  const all = await listConcerns(town.db, {})
  expect(all).toMatchObject([{ urgency: 'red' }, { title: '路灯不亮', urgency: 'yellow' }])
})

test('an orderly stop in the middle of a reading is not held against the episode', async () => {
  const begun = Promise.withResolvers<void>()
  const reader = new ScriptedReader()
  await using town = await openTown({ reader })
  await town.say('平安是福', '我们栋电梯停了')
  await town.intake.closeNow()
  reader.read = () => {
    begun.resolve()
    return new Promise(() => {})
  }
  void town.intake.sweep()
  await begun.promise
  const starts = () => town.db.selectFrom('episode').select('started').executeTakeFirstOrThrow()
  expect(await starts()).toEqual({ started: 1 })
  await town.intake.stop()
  expect(await starts()).toEqual({ started: 0 })
})
