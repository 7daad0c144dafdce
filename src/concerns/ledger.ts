import type { Updateable } from 'kysely'
import { type Db, inOneTransaction } from '../../db/database.ts'
import type {
  ConcernTable,
  EvidenceRole,
  FollowUp,
  LinkKind,
  Nature,
  Source,
  Status,
  Urgency,
} from '../../db/schema.ts'
import { DAY } from '../clock.ts'
import { UserError } from '../errors.ts'
import type { Place } from '../roster/place.ts'
import type { Concern, Handler } from './concern.ts'
import { dueAfter } from './due.ts'
import { getConcern } from './repository.ts'
import { MOVES, STATUS_WORDS } from './status.ts'

/** Who changes the ledger: a person by name, or the assistant on its own. */
export type Actor = { kind: 'person' | 'assistant'; name: string }

export const ASSISTANT: Actor = { kind: 'assistant', name: '小助手' }

export type NewConcern = {
  title: string
  detail: string
  nature: Nature
  category: string
  urgency: Urgency
  place: Place
  placeWords: string | null
  reporter: string | null
  reporterId: string | null
  collectedBy: string | null
  source: Source
  sensitive: boolean
  /** Why it may be no concern at all; it is then filed as suspected. */
  doubt: string | null
  toldAt: Date
}

/** A message and what it says about the concern. */
export type Cited = { seq: number; role: EvidenceRole }

/** A legal step of a concern and what it must carry. */
export type Move =
  | { to: 'open' }
  | { to: 'in_progress'; handler?: Handler }
  | { to: 'referred'; body: string; nextLook: Date }
  | { to: 'on_agenda' }
  | { to: 'deferred'; reason: string; nextLook: Date }
  | { to: 'resolved'; result: string }
  | { to: 'closed'; followUp: FollowUp }
  | { to: 'merged'; into: number }
  | { to: 'dropped'; reason: string }

/** What may be put right on a concern without moving it. */
export type Amendment = Partial<{
  title: string
  category: string
  urgency: Urgency
  place: Place
  placeWords: string | null
  partyGroup: number | null
}>

const REOPEN_DAYS = 90
const PAUSED: readonly Status[] = ['referred', 'deferred']

/** Files a concern with its event and evidence: open, or suspected when it carries a doubt. */
export async function fileConcern(db: Db, draft: NewConcern, cited: Cited[], by: Actor, now: Date): Promise<Concern> {
  return inOneTransaction(db, async (trx) => {
    const at = now.toISOString()
    const status = draft.doubt === null ? 'open' : 'suspected'
    const { no } = await trx
      .insertInto('concern')
      .values({
        title: draft.title,
        detail: draft.detail,
        nature: draft.nature,
        category: draft.category,
        urgency: draft.urgency,
        status,
        status_since: at,
        ...placeColumns(draft.place),
        place_words: draft.placeWords,
        reporter: draft.reporter,
        reporter_id: draft.reporterId,
        collected_by: draft.collectedBy,
        source: draft.source,
        sensitive: draft.sensitive ? 1 : 0,
        doubt: draft.doubt,
        due_at: dueAfter(now, draft.urgency, draft.category).toISOString(),
        told_at: draft.toldAt.toISOString(),
        filed_at: at,
      })
      .returning('no')
      .executeTakeFirstOrThrow()
    const data = { urgency: draft.urgency, category: draft.category, place: draft.place.kind }
    await record(trx, no, { kind: 'filed', from: null, to: status, note: draft.doubt, data, by, at }, {}, cited)
    return getConcern(trx, no)
  })
}

/**
 * Moves a concern along the table of moves.
 * @throws UserError when the table has no such move from where the concern stands.
 */
export async function moveConcern(
  db: Db,
  no: number,
  move: Move,
  by: Actor,
  now: Date,
  cited: Cited[] = [],
): Promise<Concern> {
  return inOneTransaction(db, async (trx) => {
    const concern = await getConcern(trx, no)
    const to = targetOf(concern, move)
    // What is merged or dropped comes back by `restoreConcern` alone.
    if (!MOVES[concern.status][to] || isShelved(concern.status)) throw new UserError(illegal(concern, to))
    if (move.to === 'merged') await assertMergeable(trx, concern, move.into)
    if (concern.status === 'closed' && now.getTime() - concern.closedAt!.getTime() > REOPEN_DAYS * DAY) {
      throw new UserError(`${no}号销号已超过${REOPEN_DAYS}天,请重新登记一件。`)
    }
    const columns = { ...carried(concern, move, now), ...(to === concern.status ? {} : moved(concern, to, now)) }
    const kind = isReturn(concern) && to !== 'closed' ? 'reopened' : move.to
    const note = noteOf(move)
    await record(trx, no, { kind, from: concern.status, to, note, by, at: now.toISOString() }, columns, cited)
    return getConcern(trx, no)
  })
}

/** Takes back a merge or a drop: the concern stands again where it stood before. */
export async function restoreConcern(db: Db, no: number, reason: string, by: Actor, now: Date): Promise<Concern> {
  return inOneTransaction(db, async (trx) => {
    const concern = await getConcern(trx, no)
    if (concern.statusBefore === null || (concern.status !== 'merged' && concern.status !== 'dropped')) {
      throw new UserError(`${no}号现在是${STATUS_WORDS[concern.status]},没有并案,也没有不受理。`)
    }
    const to = concern.statusBefore
    const columns = {
      ...moved(concern, to, now),
      merged_into: null,
      next_look: concern.nextLook?.toISOString() ?? null,
    }
    await record(
      trx,
      no,
      { kind: 'restored', from: concern.status, to, note: reason, by, at: now.toISOString() },
      columns,
    )
    return getConcern(trx, no)
  })
}

/** Puts right what was read or filed wrongly: title, category, urgency or place. */
export async function amendConcern(
  db: Db,
  no: number,
  change: Amendment,
  { kind, note }: { kind: 'amended' | 'worse' | 'place'; note: string },
  by: Actor,
  now: Date,
  cited: Cited[] = [],
): Promise<Concern> {
  return inOneTransaction(db, async (trx) => {
    const concern = await getConcern(trx, no)
    const urgency = change.urgency ?? concern.urgency
    const category = change.category ?? concern.category
    const due = dueAfter(concern.filedAt, urgency, category).toISOString()
    const columns: Updateable<ConcernTable> = {
      ...(change.title === undefined ? {} : { title: change.title }),
      ...(change.category === undefined
        ? {}
        : { category, sensitive: await sensitivityOf(trx, category, concern.nature) }),
      ...(change.urgency === undefined ? {} : { urgency }),
      ...(change.category === undefined && change.urgency === undefined ? {} : { due_at: due }),
      ...(change.place === undefined ? {} : placeColumns(change.place)),
      ...(change.placeWords === undefined ? {} : { place_words: change.placeWords }),
      ...(change.partyGroup === undefined ? {} : { party_group: change.partyGroup }),
    }
    await record(
      trx,
      no,
      { kind, from: concern.status, to: concern.status, note, by, at: now.toISOString() },
      columns,
      cited,
    )
    return getConcern(trx, no)
  })
}

/** Notes something about a concern without moving it; `cited` becomes evidence. */
export async function noteConcern(
  db: Db,
  no: number,
  { kind, note, data }: { kind: NoteKind; note: string | null; data?: unknown },
  by: Actor,
  now: Date,
  cited: Cited[] = [],
): Promise<Concern> {
  return inOneTransaction(db, async (trx) => {
    const concern = await getConcern(trx, no)
    const at = now.toISOString()
    const columns =
      kind === 'settled_proposed'
        ? { settled_proposed_at: at }
        : kind === 'settled_denied'
          ? { settled_proposed_at: null }
          : {}
    await record(trx, no, { kind, from: concern.status, to: concern.status, note, data, by, at }, columns, cited)
    return getConcern(trx, no)
  })
}

/** What a note may be: what was heard, done or wished without moving the concern. */
export type NoteKind =
  | 'more'
  | 'progress'
  | 'visit'
  | 'settled_proposed'
  | 'settled_denied'
  | 'seen'
  | 'withdrawn'
  | 'wish'
  | 'nudged'
  | 'reminded'
  | 'not_reached'
  | 'prevented'
  | 'agreement'

/** Takes the person out of a concern: who told it, who collected it, what was told in full. The concern stays. */
export async function forgetReporter(db: Db, no: number, by: Actor, now: Date): Promise<void> {
  await inOneTransaction(db, async (trx) => {
    const { status } = await getConcern(trx, no)
    const step = { kind: 'forgotten', from: status, to: status, note: null, by, at: now.toISOString() }
    await record(trx, no, step, {
      reporter: null,
      reporter_id: null,
      collected_by: null,
      detail: '',
      place_words: null,
    })
  })
}

/** Links two concerns, once. */
export async function linkConcerns(db: Db, concern: number, other: number, kind: LinkKind): Promise<void> {
  await db
    .insertInto('concern_link')
    .values({ concern, other, kind })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

async function assertMergeable(db: Db, concern: Concern, into: number): Promise<void> {
  const target = await getConcern(db, into)
  if (target.no === concern.no) throw new UserError(`${into}号不能并到自己。`)
  if (target.status === 'merged' || target.status === 'dropped') {
    throw new UserError(`${into}号现在是${STATUS_WORDS[target.status]},不能并到它。`)
  }
}

/** A concern is as sensitive as its category, and a report of somebody always is. */
async function sensitivityOf(db: Db, category: string, nature: Nature): Promise<0 | 1> {
  const row = await db.selectFrom('category').select('sensitive').where('code', '=', category).executeTakeFirst()
  return nature === 'report' || row?.sensitive === 1 ? 1 : 0
}

type Step = {
  kind: string
  from: Status | null
  to: Status
  note: string | null
  data?: unknown
  by: Actor
  at: string
}

async function record(db: Db, no: number, step: Step, columns: Updateable<ConcernTable>, cited: Cited[] = []) {
  const { id } = await db
    .insertInto('event')
    .values({
      concern: no,
      at: step.at,
      kind: step.kind,
      actor_kind: step.by.kind,
      actor: step.by.name,
      from_status: step.from,
      to_status: step.to,
      note: step.note,
      data: step.data === undefined ? null : JSON.stringify(step.data),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('concern')
    .set({ ...columns, status: step.to, last_event: id })
    .where('no', '=', no)
    .execute()
  for (const { seq, role } of cited) {
    await db
      .insertInto('evidence')
      .values({ concern: no, message: seq, role, event: id })
      .onConflict((conflict) =>
        role === 'settled' ? conflict.columns(['concern', 'message']).doUpdateSet({ role }) : conflict.doNothing(),
      )
      .execute()
  }
}

/** A concern taken up again goes back to its last handler, else it is open. */
function targetOf(concern: Concern, move: Move): Status {
  return isReturn(concern) && move.to === 'in_progress' && !move.handler && !concern.handler ? 'open' : move.to
}

function isReturn(concern: Concern): boolean {
  return concern.status === 'resolved' || concern.status === 'closed'
}

function isShelved(status: Status): boolean {
  return status === 'merged' || status === 'dropped'
}

function illegal(concern: Concern, to: Status): string {
  return concern.status === to
    ? `${concern.no}号已经是${STATUS_WORDS[to]}了。`
    : `${concern.no}号现在是${STATUS_WORDS[concern.status]},不能直接改成${STATUS_WORDS[to]}。`
}

function moved(concern: Concern, to: Status, now: Date): Updateable<ConcernTable> {
  const at = now.toISOString()
  const leavesPause = PAUSED.includes(concern.status) && !PAUSED.includes(to)
  const paused = now.getTime() - concern.statusSince.getTime()
  return {
    status_since: at,
    status_before: isShelved(to) ? concern.status : null,
    // What is merged or dropped keeps what its status carried, so that it can return.
    ...(PAUSED.includes(to) || isShelved(to) ? {} : { next_look: null }),
    ...(PAUSED.includes(concern.status) && concern.dueAt
      ? { due_at: new Date(concern.dueAt.getTime() + paused).toISOString() }
      : {}),
    ...(leavesPause && concern.handler?.kind === 'body' && to === 'open' ? { handler: null, handler_kind: null } : {}),
    ...(isReturn(concern) && to !== 'closed' ? reopened(concern, now) : {}),
    ...(to === 'resolved' ? { resolved_at: at, settled_proposed_at: null } : {}),
    ...(to === 'closed' ? { closed_at: at } : {}),
  }
}

function reopened(concern: Concern, now: Date): Updateable<ConcernTable> {
  return {
    rounds: concern.rounds + 1,
    resolved_at: null,
    closed_at: null,
    result: null,
    follow_up: null,
    due_at: dueAfter(now, concern.urgency, concern.category).toISOString(),
  }
}

function carried(concern: Concern, move: Move, now: Date): Updateable<ConcernTable> {
  switch (move.to) {
    case 'in_progress': {
      const handler = move.handler ?? concern.handler
      return handler ? { handler_kind: handler.kind, handler: handler.name } : {}
    }
    case 'referred':
      return { handler_kind: 'body', handler: move.body, next_look: move.nextLook.toISOString() }
    case 'deferred':
      if (move.nextLook.getTime() - now.getTime() > REOPEN_DAYS * DAY) {
        throw new UserError(`挂账最多${REOPEN_DAYS}天,到期要再看一次。`)
      }
      return { reason: move.reason, next_look: move.nextLook.toISOString() }
    case 'resolved':
      return { result: move.result }
    case 'closed':
      return { follow_up: move.followUp }
    case 'merged':
      return { merged_into: move.into }
    case 'dropped':
      return { reason: move.reason }
    default:
      return {}
  }
}

function noteOf(move: Move): string | null {
  switch (move.to) {
    case 'in_progress':
      return move.handler?.name ?? null
    case 'referred':
      return move.body
    case 'deferred':
    case 'dropped':
      return move.reason
    case 'resolved':
      return move.result
    case 'closed':
      return move.followUp
    case 'merged':
      return `${move.into}号`
    default:
      return null
  }
}

function placeColumns(place: Place) {
  return {
    place: place.kind,
    compound: place.compound,
    building: place.building,
    unit: place.unit,
    party_group: place.partyGroup,
  }
}
