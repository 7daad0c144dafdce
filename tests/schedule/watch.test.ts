import { beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { MINUTE } from '../../src/clock.ts'
import { ReaderBusy } from '../../src/intake/reader.ts'
import { enqueue, markOutbox } from '../../src/outbox/outbox.ts'
import { watchJob } from '../../src/schedule/watch.ts'
import { openTown, ScriptedReader, type Town } from '../town.ts'

let alerts: string[] = []
beforeEach(() => {
  alerts = []
})

/** Time passes, the operator's watch looking every minute. */
async function watched({ db, clock, pass }: Town, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 5) {
    await pass(5)
    await watchJob({ db, clock, alert: (text) => alerts.push(text) }).run()
  }
}

async function queuedRed(db: Db, now: Date, once: string): Promise<number> {
  const id = await enqueue(db, { room: 'committee', kind: 'red', text: '●紧急', once }, now)
  return id!
}

describe('the model', () => {
  test('away for an hour is told once, a restart between, and once when it is back', async () => {
    const busy = Array.from({ length: 40 }, () => new ReaderBusy('no answer'))
    const reader = new ScriptedReader().fails(...busy)
    await using town = await openTown({ reader })
    await town.say('邹姨', '2栋电梯又停了')
    await watched(town, 60)
    expect(alerts).toEqual([])
    await watched(town, 40)
    await town.crash()
    await watched(town, 60)
    expect(alerts).toEqual(['大模型一个多小时没有答复,听到的都先记着。请运行 npm run doctor 看看原因。'])
    reader.answersAgain()
    await watched(town, 180)
    expect(alerts.slice(1)).toEqual(['大模型又连上了,存下的话在接着读。'])
  })

  test('away for some minutes is nobody’s business', async () => {
    const reader = new ScriptedReader().fails(new ReaderBusy('no answer'), new ReaderBusy('no answer'))
    await using town = await openTown({ reader })
    await town.say('邹姨', '2栋电梯又停了')
    await watched(town, 180)
    expect(alerts).toEqual([])
  })
})

describe('what may not have arrived', () => {
  test('a digest or a red alarm in doubt is told once; a reply is not', async () => {
    await using town = await openTown()
    const { db, clock } = town
    const doubt = async (kind: 'digest' | 'red' | 'reply', once: string) => {
      const id = await enqueue(db, { room: 'committee', kind, text: '话', once }, clock.now())
      await markOutbox(db, id!, 'unsure', clock.now())
    }
    await doubt('reply', 'reply:1')
    await watched(town, 5)
    expect(alerts).toEqual([])
    await doubt('digest', 'digest:1')
    await doubt('red', 'red:12')
    await watched(town, 10)
    expect(alerts).toEqual([
      '周报可能没发到群里,请到群里看看;没有的话请在支委群说“周报 上周”。',
      '12号是紧急的事,提醒可能没发到群里,请马上到群里看看。',
    ])
    await doubt('red', 'red-members:13')
    await watched(town, 10)
    expect(alerts.slice(2)).toEqual(['13号是紧急的事,提醒可能没发到群里,请马上到群里看看。'])
  })

  test('a red alarm that cannot be told for a quarter of an hour is told outside', async () => {
    await using town = await openTown()
    const { db, clock } = town
    const watch = watchJob({ db, clock, alert: (text) => alerts.push(text) })
    await queuedRed(db, clock.now(), 'red:12')
    await watch.run()
    expect(alerts).toEqual([])
    clock.advance(new Date(clock.now().getTime() + 16 * MINUTE))
    await watch.run()
    await watch.run()
    expect(alerts).toEqual(['12号是紧急的事,15分钟没能发到群里。请打电话告诉支委会;找谁:npm run cli -- contacts 号码'])
  })
})
