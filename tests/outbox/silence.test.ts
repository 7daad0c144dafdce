import { expect, test } from 'vitest'
import { enqueue } from '../../src/outbox/outbox.ts'
import { beginSilence, endSilence } from '../../src/outbox/silence.ts'
import { openTown } from '../town.ts'

test('what comes into the outbox while old chat is read is dropped, a killed reading included; what waited stays', async () => {
  await using town = await openTown()
  const { db, clock } = town
  const say = (text: string) => enqueue(db, { room: 'committee', kind: 'notice', text }, clock.now())
  await say('周报')
  await beginSilence(db)
  await say('旧话')
  await beginSilence(db)
  await say('又一句旧话')
  await endSilence(db)
  await say('新话')
  await endSilence(db)
  expect(await db.selectFrom('outbox').select(['text', 'state']).orderBy('id').execute()).toEqual([
    { text: '周报', state: 'queued' },
    { text: '旧话', state: 'dropped' },
    { text: '又一句旧话', state: 'dropped' },
    { text: '新话', state: 'queued' },
  ])
})
