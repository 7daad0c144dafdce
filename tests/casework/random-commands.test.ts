import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Status } from '../../db/schema.ts'
import { listConcerns, listEvents } from '../../src/concerns/repository.ts'
import { MOVES, type Mover } from '../../src/concerns/status.ts'
import { openTown, ScriptedReader, type Town } from '../town.ts'

const ORDERS = [
  ...[
    '认领 N',
    '交给 N 丁惠芳',
    '转交 N 物业',
    '进展 N 上门看了',
    '办结 N 修好了',
    '没解决 N',
    '回访 N 满意',
    '回访 N 不满意',
  ],
  ...[
    '挂账 N 等钱 20天',
    '上会 N',
    '合并 N M',
    '分开 N',
    '不是诉求 N',
    '不对 N',
    '确认 N',
    '改 N 紧急 紧急',
    '催一下 N',
    '撤回',
    '知道了 N',
  ],
  ...[
    '对 N',
    '会议 开始',
    '会议 决定 N 快办 丁惠芳',
    '会议 结束',
    '劝阻 N',
    '采纳 N 好',
    '拆 N 灯坏了|门坏了',
    '删除我的资料',
  ],
]

/** Who speaks where: the committee, a confirmed member, an author, an impostor with the secretary's name. */
const PEOPLE: { who: string; room: 'members' | 'committee'; remark: string | null }[] = [
  { who: '黎翠萍', room: 'committee', remark: null },
  { who: '平安是福', room: 'members', remark: '丁姨' },
  { who: '3组唐家祥', room: 'members', remark: null },
  { who: '史德芬', room: 'members', remark: null },
]

const step = fc.record({
  person: fc.constantFrom(...PEOPLE),
  order: fc.constantFrom(...ORDERS),
  n: fc.integer({ min: 1, max: 4 }),
  m: fc.integer({ min: 1, max: 4 }),
  minutes: fc.constantFrom(0, 0, 0, 15, 600, 3000),
  crashes: fc.nat({ max: 9 }).map((one) => one === 0),
})

const RUNS = Number(process.env.RANDOM_RUNS ?? 40)

/** Forty sequences of 25 are a thousand commands; the soak asks for more by RANDOM_RUNS. */
test('random orders from people of all roles and rooms never leave the table of moves nor its rights (fast-check)', {
  timeout: 3_600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 25, maxLength: 25 }), async (steps) => {
      await using town = await prepared()
      for (const { person, order, n, m, minutes, crashes } of steps) {
        if (crashes) await town.crash()
        if (minutes > 0) await town.pass(minutes)
        const seen = await lastEvent(town)
        const text = order.replace('N', `${n}号`).replace('M', `${m}号`)
        const say = person.room === 'committee' ? town.order : town.say
        await say(person.who, text, { remark: person.remark })
        await expectRightful(town, seen, person, text)
      }
      await expectWhole(town)
    }),
    { numRuns: RUNS },
  )
})

async function prepared(): Promise<Town> {
  const town = await openTown({
    reader: new ScriptedReader()
      .finds(/电梯停了/, {
        title: '电梯停运',
        category: 'elevator',
        urgency: 'yellow',
        placeKind: 'building',
        placeWords: '我们栋',
      })
      .finds(/好像/, { title: '好像有异响', category: 'elevator', sure: false })
      .finds(/转钱/, { title: '诈骗电话', category: 'fraud_security', nature: 'report', urgency: 'red' })
      .finds(/建议/, { title: '建议放电影', category: 'culture_suggestion', nature: 'suggestion' }),
  })
  await town.say('平安是福', '早上好呀各位', { remark: '丁姨' })
  await town.order('黎翠萍', '认人 丁姨 是 丁惠芳')
  for (const text of ['我们栋电梯停了', '好像有点响', '有人喊我转钱', '建议放电影']) await town.say('3组唐家祥', text)
  await town.pass(35)
  return town
}

/** Every change a person made was a legal move, made by somebody in a role that the table names for it. */
async function expectRightful(
  town: Town,
  after: number,
  { room, remark }: (typeof PEOPLE)[number],
  text: string,
): Promise<void> {
  const fresh = await town.db
    .selectFrom('event')
    .selectAll()
    .where('id', '>', after)
    .where('actor_kind', '=', 'person')
    .execute()
  for (const { kind, from_status: from, to_status: to, concern } of fresh) {
    if (from === null || from === to || kind === 'restored') continue
    const movers: Mover[] | undefined = MOVES[from as Status][to as Status]
    expect(movers, `${text}: ${from} → ${to}`).toBeDefined()
    const roles = new Set<Mover>()
    if (room === 'committee') roles.add('committee')
    if (remark !== null) roles.add('confirmed').add('handler')
    if (room === 'members' && remark === null) roles.add('author')
    expect(
      movers!.some((mover) => roles.has(mover)),
      `${text} by ${room}/${remark} on ${concern}: ${from} → ${to}`,
    ).toBe(true)
  }
}

async function lastEvent(town: Town): Promise<number> {
  const row = await town.db
    .selectFrom('event')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst()
  return row?.id ?? 0
}

/** No row without its events, no event without its row, and each history is one unbroken line to where the row stands. */
async function expectWhole(town: Town): Promise<void> {
  const concerns = await listConcerns(town.db, {})
  for (const { no, status } of concerns) {
    const events = await listEvents(town.db, no)
    expect(events[0]).toMatchObject({ kind: 'filed', from: null })
    expect(events.at(-1)!.to).toBe(status)
    for (const [index, event] of events.entries()) if (index > 0) expect(event.from).toBe(events[index - 1]!.to)
  }
  const orphans = await town.db
    .selectFrom('event')
    .select('id')
    .where('concern', 'not in', (all) => all.selectFrom('concern').select('no'))
    .execute()
  expect(orphans).toEqual([])
}
