import { openDatabase } from '../../db/database.ts'
import { type Status, URGENCIES } from '../../db/schema.ts'
import { type OpenLedger, prepareLedger } from '../../src/cli/ledger-folder.ts'
import { DAY, HOUR } from '../../src/clock.ts'
import { fileConcern, linkConcerns, moveConcern, noteConcern, restoreConcern } from '../../src/concerns/ledger.ts'
import type { Move } from '../../src/concerns/move.ts'
import { type Actor, ASSISTANT } from '../../src/concerns/record.ts'
import { getConcern } from '../../src/concerns/repository.ts'
import { MOVES } from '../../src/concerns/status.ts'
import { UserError } from '../../src/errors.ts'
import type { Place } from '../../src/roster/place.ts'
import { on } from '../digest/small-community.ts'
import { randomFrom } from '../random.ts'

export const START = on('03-30 06:00')
export const NOW = on('06-08 09:00')
/** Stands in details and notes; it must stand on nothing that is handed round. */
export const PHONE = '13800001234'
/** Stands as the reporter of everything. */
export const TELLER = '宋珍珠'

const TITLES = ['电梯停了', '楼道灯不亮', '=SUM(A1:A9)', '下水道堵了', '+门禁坏了', '@物业没人管', '-外墙砖要掉']
const PEOPLE = ['汪国强', '丁惠芳', '黎翠萍']
const ANSWERS = ['satisfied', 'basically_satisfied', 'dissatisfied', 'not_reached', 'nobody_to_ask'] as const

/** Ten weeks of a busy community on the sample roster: everything a ledger can hold happens, by a seed. */
export async function openBusyLedger(seed: number): Promise<OpenLedger> {
  const ledger = await prepareLedger(await openDatabase(':memory:'))
  const { db, roster, taxonomy } = ledger
  const random = randomFrom(seed)
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!
  const person = (): Actor => ({ kind: 'person', name: pick(PEOPLE) })
  const houses = roster.buildings.filter(({ retired }) => !retired).slice(0, 60)
  const placeOf = (): Place => {
    const none = { building: null, unit: null, partyGroup: null }
    if (random() < 0.1) return { kind: 'none', compound: null, ...none }
    if (random() < 0.2) return { kind: 'compound', compound: pick(roster.compounds).name, ...none }
    const { code, compound, partyGroup } = random() < 0.3 ? houses[Math.floor(random() * 4)]! : pick(houses)
    return { kind: 'building', compound, building: code, unit: null, partyGroup }
  }

  let last = 0
  for (let at = START; at < NOW; at = new Date(at.getTime() + 7 * HOUR)) {
    const category = pick(taxonomy.categories)
    const seq = await hear(at)
    const filed = await fileConcern(
      db,
      {
        ...{ title: pick(TITLES), detail: `请打${PHONE}`, nature: random() < 0.1 ? 'report' : 'help' },
        ...{ category: category.code, urgency: pick(URGENCIES), place: placeOf(), placeWords: null },
        ...{
          reporter: TELLER,
          reporterId: null,
          collectedBy: random() < 0.5 ? TELLER : null,
          source: '群聊',
          toldAt: at,
        },
        ...{ sensitive: category.sensitive, doubt: random() < 0.3 ? '没听清' : null },
      },
      [{ seq, role: 'told' }],
      ASSISTANT,
      at,
    )
    if (random() < 0.1 && last > 0) await linkConcerns(db, filed.no, last, 'recurrence_of')
    last = filed.no
    for (let step = 0; step < 4; step++)
      await act(1 + Math.floor(random() * last), new Date(at.getTime() + step * HOUR))
  }
  await meet(1, on('04-22 09:00'))
  await meet(2, on('05-13 09:00'))
  for (const [day, people] of [
    ['05-05 09:00', 23],
    ['05-19 09:00', 41],
    ['05-20 09:00', null],
  ] as const) {
    const held = { kind: people === 41 ? '防骗宣传' : '学习', note: '驿站', people, held_at: on(day).toISOString() }
    await db
      .insertInto('activity')
      .values({ ...held, told_by: '黎翠萍' })
      .execute()
  }
  return ledger

  async function act(no: number, at: Date): Promise<void> {
    const { status, statusBefore } = await getConcern(db, no)
    if (statusBefore !== null) {
      if (random() < 0.3) await restoreConcern(db, no, '弄错了', person(), at)
      return
    }
    if (random() < 0.4) {
      const kind = pick(['progress', 'visit', 'nudged', 'not_reached', 'prevented'] as const)
      await noteConcern(db, no, { kind, note: kind === 'nudged' ? null : `问过${PHONE}了` }, person(), at)
      return
    }
    const to = pick(Object.keys(MOVES[status]).filter((target) => target !== status)) as Status
    if ((to === 'merged' || to === 'dropped') && random() < 0.7) return
    await moveConcern(db, no, stepTo(to, no, at), person(), at).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error
    })
  }

  function stepTo(to: Status, no: number, at: Date): Move {
    const nextLook = new Date(at.getTime() + 3 * DAY)
    switch (to) {
      case 'in_progress':
        return { to, handler: { kind: 'person', name: pick(PEOPLE) } }
      case 'referred':
        return { to, body: pick(['物业', '供水公司']), nextLook }
      case 'deferred':
        return { to, reason: `等拨款,问${PHONE}`, nextLook }
      case 'resolved':
        return { to, result: '=修好了' }
      case 'closed':
        return { to, followUp: pick(ANSWERS) }
      case 'merged':
        return { to, into: no === 1 ? 2 : no - 1 }
      case 'dropped':
        return { to, reason: '非诉求' }
      default:
        return { to: to as 'open' | 'on_agenda' }
    }
  }

  async function hear(at: Date): Promise<number> {
    const said = {
      room: 'members',
      msg_id: `m${at.getTime()}`,
      said_at: at.toISOString(),
      heard_at: at.toISOString(),
    } as const
    const who = { sender_id: '@1', sender: pick(['平安是福', '知足常乐']), remark: null, person: null }
    const what = {
      kind: 'text',
      text: '早上好',
      confidence: null,
      quote_id: null,
      revokes_id: null,
      to_bot: 0,
    } as const
    const closed = { closed_at: at.toISOString(), next_at: at.toISOString(), reader: null, error: null }
    const read = await db
      .insertInto('episode')
      .values({ room: 'members', state: pick(['read', 'read', 'read', 'people'] as const), ...closed })
      .returning('id')
      .executeTakeFirstOrThrow()
    const row = await db
      .insertInto('message')
      .values({ ...said, ...who, ...what, state: 'talk', episode: read.id })
      .returning('seq')
      .executeTakeFirstOrThrow()
    return row.seq
  }

  async function meet(no: number, at: Date): Promise<void> {
    const meeting = {
      no,
      held_at: at.toISOString(),
      present: '黎翠萍',
      opened_by: '黎翠萍',
      closed_at: at.toISOString(),
    }
    await db.insertInto('meeting').values(meeting).execute()
    for (let index = 0; index < 8; index++) {
      const decision = {
        meeting: no,
        concern: index === 0 ? null : 1 + Math.floor(random() * last),
        text: '请物业来一次',
      }
      const due = index % 2 === 0 ? null : on('05-30 09:00').toISOString()
      await db
        .insertInto('decision')
        .values({ ...decision, owner: pick(PEOPLE), due_at: due, made_at: at.toISOString() })
        .execute()
    }
  }
}
