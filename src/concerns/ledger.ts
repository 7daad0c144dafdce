import type { Updateable } from 'kysely'
import { type Db, inOneTransaction } from '../../db/database.ts'
import type { ConcernTable, LinkKind, Nature, Source, Urgency } from '../../db/schema.ts'
import { DAY } from '../clock.ts'
import { UserError } from '../errors.ts'
import type { Place } from '../roster/place.ts'
import type { Concern } from './concern.ts'
import { dueAfter } from './due.ts'
import { carried, illegal, isReturn, isShelved, type Move, moved, noteOf, REOPEN_DAYS, targetOf } from './move.ts'
import { type Actor, type Cited, placeColumns, record } from './record.ts'
import { getConcern } from './repository.ts'
import { MOVES, STATUS_WORDS } from './status.ts'

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

/** What may be put right on a concern without moving it. */
export type Amendment = Partial<{
  title: string
  category: string
  urgency: Urgency
  place: Place
  placeWords: string | null
  partyGroup: number | null
  /** Why it is doubted; of a suspected one never null. */
  doubt: string
}>

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
    const step = { kind, from: concern.status, to, note: noteOf(move), by, at: now.toISOString() }
    await record(trx, no, { ...step, data: { before: await undoable(trx, no) } }, columns, cited)
    return getConcern(trx, no)
  })
}

/**
 * Takes back the concern's newest step, whatever it was set in motion by: it stands again where it stood, with the
 * handler, the limits and the next look it had. What is settled goes back into hand when the table has no other way.
 * @throws UserError when the table has no way back.
 */
export async function undoStep(db: Db, { no, event }: { no: number; event: number }, by: Actor, now: Date) {
  return inOneTransaction(db, async (trx) => {
    const concern = await getConcern(trx, no)
    const { from_status: from, data } = await trx
      .selectFrom('event')
      .select(['from_status', 'data'])
      .where('id', '=', event)
      .executeTakeFirstOrThrow()
    const { before } = JSON.parse(data ?? '{}') as { before?: Updateable<ConcernTable> }
    const inHand = concern.handler === null ? 'open' : 'in_progress'
    const to = concern.status === 'resolved' && !MOVES.resolved[from!] ? inHand : from
    if (!before || to === null || !MOVES[concern.status][to]) throw new UserError(noWayBack(no))
    const columns = { ...before, ...(to === from ? {} : { status_since: now.toISOString(), next_look: null }) }
    const step = { kind: 'undone', from: concern.status, to, note: null, by, at: now.toISOString() }
    await record(trx, no, step, { ...columns, resolved_at: null, result: null })
    return getConcern(trx, no)
  })
}

/** Why a step is not taken back: the table has no way from here to there. */
export function noWayBack(no: number): string {
  return `${no}号刚才那一步收不回,请直接说要改成什么。`
}

/** What a step may overwrite and a person may want back; no words that somebody typed. */
async function undoable(db: Db, no: number): Promise<Updateable<ConcernTable>> {
  return db
    .selectFrom('concern')
    .select(['handler_kind', 'handler', 'next_look', 'due_at', 'status_since', 'settled_proposed_at'])
    .where('no', '=', no)
    .executeTakeFirstOrThrow()
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
      ...(change.doubt === undefined ? {} : { doubt: change.doubt }),
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

/** A concern as the draft of another: for a split, and for the quarrel over a repair. */
export function draftFrom(concern: Concern): NewConcern {
  const { title, detail, nature, category, urgency, place, placeWords } = concern
  const { reporter, reporterId, collectedBy, source, sensitive, toldAt } = concern
  return {
    ...{ title, detail, nature, category, urgency, place, placeWords },
    ...{ reporter, reporterId, collectedBy, source, sensitive, doubt: null, toldAt },
  }
}
