import { type Db, openDatabase } from '../../db/database.ts'
import type { MessageKind, MessageState, RoomKey, Urgency } from '../../db/schema.ts'
import { fileConcern, type NewConcern } from '../../src/concerns/ledger.ts'
import { type Actor, ASSISTANT } from '../../src/concerns/record.ts'
import { saveMoves } from '../../src/concerns/status.ts'
import { readTaxonomy, saveCategories } from '../../src/concerns/taxonomy.ts'
import type { Words } from '../../src/digest/lines.ts'
import type { Place } from '../../src/roster/place.ts'

/** Invented; the committee's hand in every ledger here. */
export const SECRETARY: Actor = { kind: 'person', name: '范静兰' }

export const taxonomy = readTaxonomy()

const BUILDINGS = [
  { code: 'BY-05', compound: '碧阳国际小区', name: '5栋', short: '碧阳5栋', party_group: 1 },
  { code: 'BY-12', compound: '碧阳国际小区', name: '12栋', short: '碧阳12栋', party_group: 1 },
  { code: 'LQ1-05', compound: '兰乔圣菲小区', name: '一期5栋', short: '兰乔一期5栋', party_group: 4 },
]
const COMPOUNDS: Record<string, string> = { 碧阳国际小区: '碧阳', 兰乔圣菲小区: '兰乔' }

export const words: Words = {
  taxonomy,
  placeName: ({ building, compound }) =>
    BUILDINGS.find(({ code }) => code === building)?.short ??
    (compound === null ? '' : (COMPOUNDS[compound] ?? compound)),
}

/** A ledger in memory with two compounds, three buildings and two party groups. */
export async function openCommunity(): Promise<Db> {
  const db = await openDatabase(':memory:')
  await saveMoves(db)
  await saveCategories(db, taxonomy)
  const compounds = Object.keys(COMPOUNDS).map((name) => ({ name }))
  await db.insertInto('compound').values(compounds).execute()
  const groups = [
    { number: 1, name: '第一党小组', leader: null, contact_point: null },
    { number: 4, name: '第四党小组', leader: null, contact_point: null },
  ]
  await db.insertInto('party_group').values(groups).execute()
  const buildings = BUILDINGS.map(({ short: _, ...building }) => ({ ...building, units: 2, households: 30 }))
  await db.insertInto('building').values(buildings).execute()
  return db
}

/** An instant by the community's clock: `on('05-18 09:00')`. */
export function on(text: string): Date {
  return new Date(`2026-${text.replace(' ', 'T')}:00+08:00`)
}

/** Where a building stands, or nowhere. */
export function placeOf(code: string | null): Place {
  const building = BUILDINGS.find((one) => one.code === code)
  if (!building) return { kind: 'none', compound: null, building: null, unit: null, partyGroup: null }
  const { compound, party_group: partyGroup } = building
  return { kind: 'building', compound, building: building.code, unit: null, partyGroup }
}

/** Files a concern. @returns its number. */
export async function file(
  db: Db,
  at: string,
  title: string,
  building: string | null,
  more: Partial<NewConcern> & { urgency?: Urgency } = {},
): Promise<number> {
  const draft: NewConcern = {
    title,
    detail: `反映人电话13800001234,${title}`,
    nature: 'help',
    category: 'elevator',
    urgency: 'yellow',
    place: placeOf(building),
    placeWords: null,
    reporter: '宋珍珠',
    reporterId: null,
    collectedBy: null,
    source: '群聊',
    sensitive: false,
    doubt: null,
    toldAt: on(at),
    ...more,
  }
  return (await fileConcern(db, draft, [], ASSISTANT, on(at))).no
}

/** Writes a message down as heard. @returns its seq. */
export async function hear(
  db: Db,
  at: string,
  { kind = 'text', text = '早上好', state = 'waiting', episode = null, room = 'members' }: Partial<Heard> = {},
): Promise<void> {
  await db
    .insertInto('message')
    .values({
      room,
      msg_id: crypto.randomUUID(),
      said_at: on(at).toISOString(),
      heard_at: on(at).toISOString(),
      sender_id: '@1',
      sender: '平安是福',
      remark: null,
      person: null,
      kind,
      text,
      confidence: null,
      quote_id: null,
      revokes_id: null,
      to_bot: 0,
      state,
      episode,
    })
    .execute()
}

type Heard = { kind: MessageKind; text: string; state: MessageState; episode: number | null; room: RoomKey }

/** An episode closed at a time, in a state. @returns its id. */
export async function episode(db: Db, at: string, state: 'pending' | 'read' | 'people'): Promise<number> {
  const closed = on(at).toISOString()
  const { id } = await db
    .insertInto('episode')
    .values({ room: 'members', closed_at: closed, state, reader: null, next_at: closed, error: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
