import fc from 'fast-check'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Db, openDatabase } from '../../db/database.ts'
import { STATUSES, type Status } from '../../db/schema.ts'
import { prepareLedger } from '../../src/cli/ledger-folder.ts'
import { DAY, HOUR } from '../../src/clock.ts'
import {
  amendConcern,
  fileConcern,
  moveConcern,
  type NewConcern,
  noteConcern,
  restoreConcern,
} from '../../src/concerns/ledger.ts'
import type { Move } from '../../src/concerns/move.ts'
import { type Actor, ASSISTANT } from '../../src/concerns/record.ts'
import { getConcern, listEvents } from '../../src/concerns/repository.ts'
import { MOVES } from '../../src/concerns/status.ts'
import { UserError } from '../../src/errors.ts'

const START = new Date('2026-05-18T01:00:00Z')
const SECRETARY: Actor = { kind: 'person', name: '史德芬' }
const DRAFT: NewConcern = {
  title: '电梯停运',
  detail: '',
  nature: 'help',
  category: 'elevator',
  urgency: 'yellow',
  place: { kind: 'building', compound: '碧阳国际小区', building: 'BY-12', unit: 1, partyGroup: 2 },
  placeWords: '12栋一单元',
  reporter: '贾明秀',
  reporterId: '贾明秀',
  collectedBy: null,
  source: '群聊',
  sensitive: false,
  doubt: null,
  toldAt: START,
}

let db: Db
beforeEach(async () => {
  db = (await prepareLedger(await openDatabase(':memory:'))).db
})
afterEach(() => db.destroy())

function moveTo(to: Status, now: Date): Move {
  switch (to) {
    case 'in_progress':
      return { to, handler: { kind: 'person', name: '丁惠芳' } }
    case 'referred':
      return { to, body: '物业', nextLook: new Date(now.getTime() + DAY) }
    case 'deferred':
      return { to, reason: '等资金', nextLook: new Date(now.getTime() + 30 * DAY) }
    case 'resolved':
      return { to, result: '修好了' }
    case 'closed':
      return { to, followUp: 'satisfied' }
    case 'merged':
      return { to, into: 1 }
    case 'dropped':
      return { to, reason: '非诉求' }
    default:
      return { to } as Move
  }
}

describe('the life of a concern', () => {
  test('a concern is filed open with its limit, its event and its history', async () => {
    const concern = await fileConcern(db, DRAFT, [], ASSISTANT, START)
    expect(concern).toMatchObject({ no: 1, status: 'open', dueAt: new Date(START.getTime() + 5 * DAY) })
    expect(await listEvents(db, 1)).toMatchObject([{ kind: 'filed', from: null, to: 'open', actor: '小助手' }])
  })

  test('a doubt makes it suspected, and confirming it makes it open', async () => {
    await fileConcern(db, { ...DRAFT, doubt: '没听清' }, [], ASSISTANT, START)
    expect((await moveConcern(db, 1, { to: 'open' }, SECRETARY, START)).status).toBe('open')
  })

  test('a limit that falls at night moves to nine in the morning', async () => {
    const late = new Date('2026-05-18T15:30:00Z')
    const { dueAt } = await fileConcern(db, { ...DRAFT, urgency: 'red' }, [], ASSISTANT, late)
    expect(dueAt?.toISOString()).toBe('2026-05-20T01:00:00.000Z')
  })

  test('the clock stops while it is with an outside body', async () => {
    await fileConcern(db, DRAFT, [], ASSISTANT, START)
    await moveConcern(db, 1, moveTo('referred', START), SECRETARY, START)
    const back = await moveConcern(db, 1, moveTo('in_progress', START), SECRETARY, new Date(START.getTime() + 3 * DAY))
    expect(back.dueAt).toEqual(new Date(START.getTime() + 8 * DAY))
    expect(back.nextLook).toBeNull()
  })

  test('taken up again it goes back to its last handler, else it is open, and the round is counted', async () => {
    await fileConcern(db, DRAFT, [], ASSISTANT, START)
    await moveConcern(db, 1, { to: 'resolved', result: '修好了' }, SECRETARY, START)
    expect(await moveConcern(db, 1, { to: 'in_progress' }, SECRETARY, START)).toMatchObject({
      status: 'open',
      rounds: 1,
    })
    await moveConcern(db, 1, moveTo('in_progress', START), SECRETARY, START)
    await moveConcern(db, 1, { to: 'resolved', result: '修好了' }, SECRETARY, START)
    const again = await moveConcern(db, 1, { to: 'in_progress' }, SECRETARY, START)
    expect(again).toMatchObject({ status: 'in_progress', rounds: 2, handler: { name: '丁惠芳' }, result: null })
  })

  test('closed for more than 90 days it stays closed', async () => {
    await fileConcern(db, DRAFT, [], ASSISTANT, START)
    await moveConcern(db, 1, moveTo('in_progress', START), SECRETARY, START)
    await moveConcern(db, 1, { to: 'resolved', result: '修好了' }, SECRETARY, START)
    await moveConcern(db, 1, { to: 'closed', followUp: 'satisfied' }, SECRETARY, START)
    const late = new Date(START.getTime() + 91 * DAY)
    await expect(moveConcern(db, 1, { to: 'in_progress' }, SECRETARY, late)).rejects.toThrow('销号已超过90天')
    const soon = new Date(START.getTime() + 89 * DAY)
    expect((await moveConcern(db, 1, { to: 'in_progress' }, SECRETARY, soon)).status).toBe('in_progress')
  })

  test('an illegal move is refused in plain words', async () => {
    await fileConcern(db, DRAFT, [], ASSISTANT, START)
    const move = moveConcern(db, 1, { to: 'closed', followUp: 'satisfied' }, SECRETARY, START)
    await expect(move).rejects.toThrow('1号现在是待办,不能直接改成已销号。')
  })

  test.each(['referred', 'deferred', 'in_progress', 'on_agenda'] as const)(
    'a merge out of %s can be taken back',
    async (status) => {
      await fileConcern(db, DRAFT, [], ASSISTANT, START)
      await fileConcern(db, DRAFT, [], ASSISTANT, START)
      await moveConcern(db, 2, moveTo(status, START), SECRETARY, START)
      const before = await getConcern(db, 2)
      await moveConcern(db, 2, { to: 'merged', into: 1 }, SECRETARY, START)
      const back = await restoreConcern(db, 2, '不是一件事', SECRETARY, new Date(START.getTime() + HOUR))
      expect(back).toMatchObject({ status, handler: before.handler, nextLook: before.nextLook, mergedInto: null })
    },
  )

  test('it is never merged into itself nor into one that is gone', async () => {
    await fileConcern(db, DRAFT, [], ASSISTANT, START)
    await fileConcern(db, DRAFT, [], ASSISTANT, START)
    await expect(moveConcern(db, 1, { to: 'merged', into: 1 }, SECRETARY, START)).rejects.toThrow(UserError)
    await moveConcern(db, 2, { to: 'dropped', reason: '非诉求' }, SECRETARY, START)
    await expect(moveConcern(db, 1, { to: 'merged', into: 2 }, SECRETARY, START)).rejects.toThrow('不受理')
  })

  test('put right to a sensitive category it becomes sensitive', async () => {
    await fileConcern(db, DRAFT, [], ASSISTANT, START)
    const right = { kind: 'amended' as const, note: '类别改为养老托幼帮扶' }
    expect((await amendConcern(db, 1, { category: 'care' }, right, SECRETARY, START)).sensitive).toBe(true)
  })
})

describe('the database itself forbids', () => {
  beforeEach(async () => {
    await fileConcern(db, DRAFT, [], ASSISTANT, START)
  })

  const forbidden: [string, string][] = [
    ['a change without its event', `update concern set title = '别的事情' where no = 1`],
    ['a move without its event', `update concern set status = 'on_agenda' where no = 1`],
    ['deleting a concern', `delete from concern`],
    ['deleting history', `delete from event`],
    ['editing history', `update event set at = '2020-01-01T00:00:00.000Z'`],
    ['rewriting what was noted', `update event set note = '改过'`],
    ['a concern that starts as settled', concernRow('resolved')],
    ['a building without its kind of place', concernRow('open', `'compound'`)],
    ['a suspected one without its doubt', concernRow('suspected')],
  ]
  test.each(forbidden)('%s', async (_, statement) => {
    await expect(sql.raw(statement).execute(db)).rejects.toThrow()
  })

  test.each(illegalMoves())('moving from %s to %s', async (from, to) => {
    await reachLegally(db, from)
    const event = await stepEvent(db, from, to)
    const attempt = sql`update concern set status = ${to}, last_event = ${event}, handler = '物业', handler_kind = 'body',
      next_look = '2026-05-20T00:00:00.000Z', reason = 'x', result = 'x', follow_up = 'satisfied', doubt = 'x',
      closed_at = '2026-05-18T00:00:00.000Z', merged_into = ${to === 'merged' ? 2 : null} where no = 1`
    await expect(attempt.execute(db)).rejects.toThrow(/illegal move|returns to the status before/)
  })
})

test('random steps by anybody never leave the table of moves, and every change has its event (fast-check)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...STATUSES), fc.nat({ max: 40 })), { maxLength: 25 }),
      async (steps) => {
        const { db: own } = await prepareLedger(await openDatabase(':memory:'))
        try {
          await fileConcern(own, DRAFT, [], ASSISTANT, START)
          await fileConcern(own, { ...DRAFT, doubt: '没听清' }, [], ASSISTANT, START)
          let now = START
          for (const [to, hours] of steps) {
            now = new Date(now.getTime() + hours * HOUR)
            const before = await getConcern(own, 2)
            const attempt =
              before.statusBefore !== null && to === before.statusBefore
                ? restoreConcern(own, 2, '弄错了', SECRETARY, now)
                : moveConcern(own, 2, moveTo(to, now), SECRETARY, now)
            const after = await attempt.catch((error: unknown) => {
              if (error instanceof UserError) return null
              throw error
            })
            if (after && after.status !== before.status) expect(MOVES[before.status]).toHaveProperty(after.status)
          }
          await noteConcern(own, 2, { kind: 'more', note: null }, ASSISTANT, now)
          const events = await listEvents(own, 2)
          expect(events.at(-1)!.to).toBe((await getConcern(own, 2)).status)
          for (const [index, event] of events.entries()) if (index > 0) expect(event.from).toBe(events[index - 1]!.to)
        } finally {
          await own.destroy()
        }
      },
    ),
    { numRuns: 60 },
  )
})

function concernRow(status: string, place = `'building'`): string {
  return `insert into concern (title, detail, nature, category, urgency, status, status_since, place, compound, building, source, sensitive, told_at, filed_at, result)
    values ('一件事情', '', 'help', 'elevator', 'yellow', '${status}', '2026-05-18', ${place}, '碧阳国际小区', 'BY-12', '群聊', 0, '2026-05-18', '2026-05-18', 'x')`
}

/** Brings concern 1 to a status by legal steps; concern 2 is there to be merged into. */
async function reachLegally(own: Db, status: Status): Promise<void> {
  await fileConcern(own, DRAFT, [], ASSISTANT, START)
  if (status === 'suspected') {
    // Only a fresh row is suspected: concern 1 is filed anew under a doubt in an empty ledger.
    await own.destroy()
    db = (await prepareLedger(await openDatabase(':memory:'))).db
    await fileConcern(db, { ...DRAFT, doubt: '没听清' }, [], ASSISTANT, START)
    await fileConcern(db, DRAFT, [], ASSISTANT, START)
    return
  }
  if (status === 'open') return
  if (status === 'closed') await moveConcern(own, 1, moveTo('resolved', START), SECRETARY, START)
  await moveConcern(own, 1, status === 'merged' ? { to: 'merged', into: 2 } : moveTo(status, START), SECRETARY, START)
}

async function stepEvent(own: Db, from: Status, to: Status): Promise<number> {
  const { id } = await own
    .insertInto('event')
    .values({
      concern: 1,
      at: START.toISOString(),
      kind: 'attempt',
      actor_kind: 'person',
      actor: '史德芬',
      from_status: from,
      to_status: to,
      note: null,
      data: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

function illegalMoves(): [Status, Status][] {
  return STATUSES.flatMap((from) =>
    STATUSES.filter((to) => to !== from && !MOVES[from][to]).map((to): [Status, Status] => [from, to]),
  )
}
