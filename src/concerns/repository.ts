import type { Db } from '../../db/database.ts'
import type { Status } from '../../db/schema.ts'
import { DAY } from '../clock.ts'
import { UserError } from '../errors.ts'
import { type Concern, type ConcernEvent, type Evidence, eventFromRow, fromRow } from './concern.ts'
import { ALIVE_STATUSES, isAlive } from './status.ts'

/** What a list of concerns is narrowed to; times are half-open: from ≤ filed < before. */
export type ConcernFilter = {
  statuses?: readonly Status[]
  filedFrom?: Date
  filedBefore?: Date
  building?: string
  partyGroup?: number
  category?: string
  compound?: string
  handler?: string
  reporterId?: string
  limit?: number
}

/** The concern of a number. @throws UserError when there is none. */
export async function getConcern(db: Db, no: number): Promise<Concern> {
  const row = await db.selectFrom('concern').selectAll().where('no', '=', no).executeTakeFirst()
  if (!row) throw new UserError(`没有${no}号。回“汇总”可以看到有哪些。`)
  return fromRow(row)
}

/** The concern of a number, following what it was merged into. */
export async function getStanding(db: Db, no: number): Promise<Concern> {
  const concern = await getConcern(db, no)
  return concern.mergedInto === null ? concern : getStanding(db, concern.mergedInto)
}

/** The concerns that fit a filter, oldest first. */
export async function listConcerns(db: Db, filter: ConcernFilter): Promise<Concern[]> {
  let query = db.selectFrom('concern').selectAll().orderBy('no')
  if (filter.statuses) query = query.where('status', 'in', filter.statuses)
  if (filter.filedFrom) query = query.where('filed_at', '>=', filter.filedFrom.toISOString())
  if (filter.filedBefore) query = query.where('filed_at', '<', filter.filedBefore.toISOString())
  if (filter.building) query = query.where('building', '=', filter.building)
  if (filter.partyGroup !== undefined) query = query.where('party_group', '=', filter.partyGroup)
  if (filter.category) query = query.where('category', '=', filter.category)
  if (filter.compound) query = query.where('compound', '=', filter.compound)
  if (filter.handler) query = query.where('handler', '=', filter.handler)
  if (filter.reporterId) query = query.where('reporter_id', '=', filter.reporterId)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return (await query.execute()).map(fromRow)
}

/** For so many days after a concern was settled talk may still be about it. */
const SETTLED_DAYS = 14

/** Whether talk may still be about a concern: it waits for somebody, or was settled under 14 days ago. */
export function isTalkedAbout({ status, resolvedAt, closedAt }: Concern, now: Date): boolean {
  const settledAt = resolvedAt ?? closedAt
  return isAlive(status) || (settledAt !== null && settledAt.getTime() > now.getTime() - SETTLED_DAYS * DAY)
}

/** Everything talk may be about at `now`, the newest first. */
export async function listTalkedAbout(db: Db, now: Date): Promise<Concern[]> {
  const settledAfter = new Date(now.getTime() - SETTLED_DAYS * DAY)
  const rows = await db
    .selectFrom('concern')
    .selectAll()
    .where((where) =>
      where.or([
        where('status', 'in', ALIVE_STATUSES),
        where.and([
          where('status', 'in', ['resolved', 'closed']),
          where('resolved_at', '>=', settledAfter.toISOString()),
        ]),
      ]),
    )
    .orderBy('no', 'desc')
    .execute()
  return rows.map(fromRow)
}

/** The history of a concern, oldest first. */
export async function listEvents(db: Db, no: number): Promise<ConcernEvent[]> {
  const rows = await db.selectFrom('event').selectAll().where('concern', '=', no).orderBy('id').execute()
  return rows.map(eventFromRow)
}

/** The messages a concern rests on, in the order they were said; withdrawn ones are left out. */
export async function listEvidence(db: Db, no: number): Promise<Evidence[]> {
  const rows = await db
    .selectFrom('evidence')
    .innerJoin('message', 'message.seq', 'evidence.message')
    .select(['message.seq', 'msg_id', 'said_at', 'sender', 'kind', 'text', 'role'])
    .where('evidence.concern', '=', no)
    .where('message.state', '<>', 'withdrawn')
    .orderBy('message.seq')
    .execute()
  return rows.map(({ seq, msg_id, said_at, sender, kind, text, role }) => {
    return { seq, messageId: msg_id, at: new Date(said_at), sender, kind, text, role }
  })
}

/** The concerns that rest on any of these messages, as message seq → concern number (the latest one wins). */
export async function findByEvidence(db: Db, seqs: number[]): Promise<Map<number, number>> {
  if (seqs.length === 0) return new Map()
  const rows = await db
    .selectFrom('evidence')
    .innerJoin('concern', 'concern.no', 'evidence.concern')
    .select(['message', 'concern', 'merged_into'])
    .where('message', 'in', seqs)
    .where('concern.status', '<>', 'dropped')
    .orderBy('concern')
    .execute()
  return new Map(rows.map((row) => [row.message, row.merged_into ?? row.concern]))
}
