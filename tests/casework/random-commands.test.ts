import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Concern, ConcernEvent } from '../../src/concerns/concern.ts'
import { eventFromRow } from '../../src/concerns/concern.ts'
import { listConcerns, listEvents } from '../../src/concerns/repository.ts'
import { openTown, ScriptedReader, type Town } from '../town.ts'

const ORDERS = [
  ...['认领 N', '交给 N 丁惠芳', '交给 N 姚正林', '交给 N 五员', '转交 N 物业', '进展 N 上门看了', '进展N又去了一次'],
  ...[
    '办结 N 给张桂芳家302换了阀,电话13800000000',
    '办结N修好了',
    '没解决 N',
    '没解决 N 还是漏',
    '改 N 标题 吴大爷家漏水',
  ],
  ...[
    '回访 N 满意',
    '回访 N 不满意',
    '回访 N 解决了 不满意',
    '回访 N 没解决',
    '回访 N 联系不上',
    '挂账 N 等钱 20天',
    '上会 N',
  ],
  ...[
    '合并 N M',
    '分开 N',
    '不是诉求 N',
    '不对 N',
    '确认 N',
    '确认',
    '改 N 紧急 紧急',
    '改 N 楼栋 碧阳5栋',
    '催一下 N',
    '撤回',
  ],
  ...[
    '撤回',
    '知道了 N',
    '知道了',
    '对 N',
    '对',
    '不对',
    '1',
    '会议 开始',
    '会议 决定 N 快办 丁惠芳',
    '会议 结束',
    '劝阻 N',
    '采纳 N 好',
  ],
  ...[
    '不采纳 N 找张桂芳家302',
    '拆 N 灯坏了|门坏了',
    '调解 N 立案',
    '调解 N 达成 口头 各让一步',
    '删除我的资料',
    '查 N',
    '我的事',
    '待办',
  ],
  ...[
    '汇总',
    '帮助',
    '更多',
    '谁要帮忙',
    '隐私',
    '我的资料',
    '楼栋长 碧阳5栋',
    '查 碧阳2栋',
    '状态',
    '别记我',
    '可以记我',
    '转办单 N',
  ],
  ...[
    '我们栋电梯停了',
    '好像有点响',
    '建议放电影',
    '有人喊我转钱',
    '我家也停了',
    '电梯好了',
    '登记 碧阳5栋门口路灯不亮',
    '(撤回一条)',
  ],
  ...[
    '楼栋长 在很远很远很远的地方的那一栋楼房里面住着的那个楼栋长到底是谁嘛我想找他',
    '认领 N号 谁',
    '办结 N',
    '待办 姚正林',
  ],
]

type Person = {
  who: string
  id: string
  room: 'members' | 'committee'
  remark: string | null
  confirmed: string | null
}

/** Who speaks where: the committee, two confirmed members, an author, somebody of the author's name, an impostor, a neighbour. */
const PEOPLE: Person[] = [
  { who: '黎翠萍', id: 'a1', room: 'committee', remark: null, confirmed: null },
  { who: '史德芬', id: 'a2', room: 'committee', remark: null, confirmed: null },
  { who: '平安是福', id: 'b1', room: 'members', remark: '丁姨', confirmed: '丁惠芳' },
  { who: '姚正林', id: 'b2', room: 'members', remark: '姚叔', confirmed: '姚正林' },
  { who: '3组唐家祥', id: 'c1', room: 'members', remark: null, confirmed: null },
  { who: '3组唐家祥', id: 'c2', room: 'members', remark: null, confirmed: null },
  { who: '史德芬', id: 'd1', room: 'members', remark: null, confirmed: null },
  { who: '邹姨', id: 'e1', room: 'members', remark: null, confirmed: null },
]

const step = fc.record({
  person: fc.constantFrom(...PEOPLE),
  order: fc.constantFrom(...ORDERS),
  n: fc.integer({ min: 1, max: 5 }),
  m: fc.integer({ min: 1, max: 5 }),
  minutes: fc.constantFrom(...Array(12).fill(0), 1, 15, 15, 25, 25, 25, 600, 3000),
  crashes: fc.nat({ max: 9 }).map((one) => one === 0),
})

type Role = 'committee' | 'confirmed' | 'handler' | 'author'

/** The table of DESIGN §4, its two last columns, written down again: who may move a concern from where to where. */
const WHO_MAY: Record<string, Record<string, Role[]>> = {
  suspected: {
    open: ['committee', 'confirmed', 'author'],
    merged: ['committee', 'confirmed'],
    dropped: ['committee', 'confirmed', 'author'],
  },
  open: {
    ...{
      in_progress: ['committee', 'confirmed'],
      referred: ['committee', 'confirmed'],
      on_agenda: ['committee', 'confirmed'],
    },
    ...{
      deferred: ['committee', 'confirmed'],
      resolved: ['committee', 'confirmed'],
      merged: ['committee', 'confirmed'],
    },
    dropped: ['committee', 'confirmed', 'author'],
  },
  in_progress: {
    ...{ open: ['handler', 'committee'], in_progress: ['handler', 'committee'], referred: ['handler', 'committee'] },
    ...{ on_agenda: ['handler', 'committee'], deferred: ['handler', 'committee'], resolved: ['handler', 'committee'] },
    ...{ merged: ['handler', 'committee'], dropped: ['handler', 'committee'] },
  },
  referred: {
    ...{
      in_progress: ['handler', 'committee'],
      on_agenda: ['handler', 'committee'],
      deferred: ['handler', 'committee'],
    },
    ...{ resolved: ['handler', 'committee'], merged: ['handler', 'committee'], dropped: ['handler', 'committee'] },
  },
  on_agenda: {
    ...{ in_progress: ['committee'], referred: ['committee'], deferred: ['committee'], resolved: ['committee'] },
    ...{ merged: ['committee'], dropped: ['committee'] },
  },
  deferred: {
    ...{ in_progress: ['committee'], referred: ['committee'], on_agenda: ['committee'], resolved: ['committee'] },
    ...{ merged: ['committee'], dropped: ['committee'] },
  },
  resolved: {
    closed: ['handler', 'committee'],
    in_progress: ['handler', 'committee', 'author'],
    open: ['handler', 'committee', 'author'],
  },
  closed: { in_progress: ['committee'], open: ['committee'] },
  merged: {},
  dropped: {},
}
/** What may be written down about a concern by somebody who may not move it: a wish, an answer, a report taken back. */
const ANYBODY = ['wish', 'place', 'withdrawn', 'filed']
const NOTES = [
  'progress',
  'visit',
  'seen',
  'nudged',
  'not_reached',
  'prevented',
  'agreement',
  'amended',
  'settled_denied',
]

const RUNS = Number(process.env.RANDOM_RUNS ?? 25)
const LENGTH = 40

/** 25 sequences of 40 are a thousand commands; the soak asks for more by RANDOM_RUNS. */
test('random orders from people of all roles and rooms never leave the table of moves nor its rights (fast-check)', {
  timeout: 7_200_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: LENGTH, maxLength: LENGTH }), async (steps) => {
      await using town = await prepared()
      for (const { person, order, n, m, minutes, crashes } of steps) {
        if (crashes) await town.crash()
        if (minutes > 0) await town.pass(minutes)
        expectFit(town.heard('members'))
        const seen = await lastEvent(town)
        const before = new Map((await listConcerns(town.db, {})).map((concern) => [concern.no, concern]))
        const text = order.replace('N号', 'N').replace('N', `${n}号`).replace('M', `${m}号`)
        await say(town, person, text)
        await expectRightful(town, { seen, before, person, text })
        expectFit(town.heard('members'))
      }
      await expectWhole(town)
    }),
    { numRuns: RUNS },
  )
})

async function say(town: Town, { who, id, room, remark }: Person, text: string): Promise<void> {
  const speak = room === 'committee' ? town.order : town.say
  if (text !== '(撤回一条)') {
    await speak(who, text, { remark, senderId: id })
    return
  }
  const own = await town.db
    .selectFrom('message')
    .select('msg_id')
    .where('sender_id', '=', id)
    .where('room', '=', room)
    .orderBy('seq', 'desc')
    .executeTakeFirst()
  if (own) await speak(who, '', { remark, senderId: id, kind: 'recall', revokes: own.msg_id })
}

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
      .finds(/建议/, { title: '建议放电影', category: 'culture_suggestion', nature: 'suggestion' })
      .finds(/路灯/, {
        title: '门口路灯不亮',
        category: 'lighting_signage',
        placeKind: 'building',
        placeWords: '碧阳5栋',
      })
      .hears(/我家也/, { concern: 1, kind: 'more' })
      .hears(/电梯好了/, { concern: 1, kind: 'settled' }),
  })
  for (const person of PEOPLE.filter(({ remark }) => remark !== null)) await say(town, person, '早上好呀各位')
  await town.order('黎翠萍', '认人 丁姨 是 丁惠芳')
  await town.order('黎翠萍', '认人 姚叔 是 姚正林')
  const author = PEOPLE.find(({ id }) => id === 'c1')!
  for (const text of ['我们栋电梯停了', '好像有点响', '有人喊我转钱', '建议放电影']) await say(town, author, text)
  await town.pass(35)
  return town
}

/** Every bubble of the members' room fits it, and holds nothing that was typed about a person. */
function expectFit(bubbles: string[]): void {
  for (const bubble of bubbles) {
    expect([...bubble].length, bubble).toBeLessThanOrEqual(96)
    expect(bubble.split('\n').length, bubble).toBeLessThanOrEqual(6)
    expect(bubble).not.toMatch(/13800000000|张桂芳|302|吴大爷/u)
  }
}

type Moment = { seen: number; before: Map<number, Concern>; person: Person; text: string }

/** Every change a person made was a legal move, made by somebody in a role that the table names for it. */
async function expectRightful(town: Town, { seen, before, person, text }: Moment): Promise<void> {
  const rows = await town.db
    .selectFrom('event')
    .selectAll()
    .where('id', '>', seen)
    .where('actor_kind', '=', 'person')
    .orderBy('id')
    .execute()
  for (const event of rows.map(eventFromRow)) {
    const concern = before.get(event.concern)
    const roles = rolesOf(person, concern)
    const what = `${text} by ${person.id} (${[...roles]}) on ${event.concern}: ${event.kind} ${event.from} → ${event.to}`
    if (event.from === null)
      expect(
        ['登记', '拆', '调解'].some((word) => text.startsWith(word)),
        what,
      ).toBe(true)
    else if (event.kind === 'undone' || event.kind === 'restored') await expectTakenBack(town, event, roles, what)
    else if (event.from === event.to && event.kind !== 'in_progress') expectNote(event, roles, what)
    else {
      const may = WHO_MAY[event.from]?.[event.to]
      expect(may, what).toBeDefined()
      expect(
        may!.some((role) => roles.has(role)),
        what,
      ).toBe(true)
    }
  }
}

/** What is taken back: one's own newest step within ten minutes, or by the committee a merge or a drop; back to where it stood. */
async function expectTakenBack(town: Town, event: ConcernEvent, roles: Set<Role>, what: string): Promise<void> {
  const events = await listEvents(town.db, event.concern)
  const earlier = events.filter(({ id }) => id < event.id)
  const last = earlier.at(-1)!
  const shelved = earlier.findLast(({ to, from }) => to !== from && (to === 'merged' || to === 'dropped'))
  const isOwn = last.actor === event.actor && event.at.getTime() - last.at.getTime() <= 10 * 60_000
  expect(roles.has('committee') || (isOwn && roles.size > 0), what).toBe(true)
  if (event.kind === 'restored') expect(event.to, what).toBe(shelved!.from)
  else if (event.to !== last.from) expect(['in_progress', 'open'], what).toContain(event.to)
  if (event.kind === 'undone') expect(isOwn, what).toBe(true)
}

function expectNote({ kind }: ConcernEvent, roles: Set<Role>, what: string): void {
  if (ANYBODY.includes(kind)) return
  expect(NOTES, what).toContain(kind)
  expect(roles.has('committee') || roles.has('confirmed'), what).toBe(true)
}

function rolesOf({ room, id, confirmed }: Person, concern: Concern | undefined): Set<Role> {
  const roles = new Set<Role>()
  if (room === 'committee') roles.add('committee')
  if (confirmed !== null) roles.add('confirmed')
  if (confirmed !== null && concern?.handler?.kind === 'person' && concern.handler.name === confirmed)
    roles.add('handler')
  if (concern?.reporterId === id) roles.add('author')
  return roles
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
  const state = await town.db.selectFrom('concern').select(['no', 'last_event']).execute()
  for (const { no, last_event } of state) expect((await listEvents(town.db, no)).at(-1)!.id).toBe(last_event)
}
