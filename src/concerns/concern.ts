import type { Selectable } from 'kysely'
import type {
  ConcernTable,
  EventTable,
  EvidenceRole,
  FollowUp,
  HandlerKind,
  MessageKind,
  Nature,
  Source,
  Status,
  Urgency,
} from '../../db/schema.ts'
import type { Place } from '../roster/place.ts'

/** Who looks after it: a member by name, one of the five corps, or an outside body such as 物业. */
export type Handler = { kind: HandlerKind; name: string }

/** Characters a title may have; the database holds to it too. */
export const LONGEST_TITLE = 20

/** How the result of a suggestion begins that the committee did not take up. */
export const NOT_ADOPTED = '没有采纳'

/** Whether how it ended is good news: a suggestion not taken up is settled, and good news to nobody. */
export function endedWell({ result }: Pick<Concern, 'result'>): boolean {
  return !result?.startsWith(NOT_ADOPTED)
}

/** A resident's concern (居民诉求) as the ledger holds it. Times are instants. */
export type Concern = {
  /** 「12号」: never restarts. */
  no: number
  title: string
  detail: string
  nature: Nature
  category: string
  urgency: Urgency
  status: Status
  statusBefore: Status | null
  statusSince: Date
  place: Place
  /** The place as people wrote it. */
  placeWords: string | null
  reporter: string | null
  /** The reporter's id of the login in which it was told. */
  reporterId: string | null
  collectedBy: string | null
  source: Source
  sensitive: boolean
  doubt: string | null
  handler: Handler | null
  nextLook: Date | null
  dueAt: Date | null
  reason: string | null
  result: string | null
  followUp: FollowUp | null
  mergedInto: number | null
  /** How often it was taken up again after it had been settled. */
  rounds: number
  settledProposedAt: Date | null
  toldAt: Date
  filedAt: Date
  resolvedAt: Date | null
  closedAt: Date | null
}

/** One entry of a concern's history (流转). */
export type ConcernEvent = {
  id: number
  concern: number
  at: Date
  kind: string
  actorKind: 'person' | 'assistant'
  actor: string
  from: Status | null
  to: Status
  note: string | null
}

/** A message a concern rests on (依据). */
export type Evidence = {
  seq: number
  messageId: string
  at: Date
  sender: string
  kind: MessageKind
  text: string
  role: EvidenceRole
}

/** A row of `concern` as a value; the one place where its columns get their names in code. */
export function fromRow(row: Selectable<ConcernTable>): Concern {
  return {
    no: row.no,
    title: row.title,
    detail: row.detail,
    nature: row.nature,
    category: row.category,
    urgency: row.urgency,
    status: row.status,
    statusBefore: row.status_before,
    statusSince: new Date(row.status_since),
    place: {
      kind: row.place,
      compound: row.compound,
      building: row.building,
      unit: row.unit,
      partyGroup: row.party_group,
    },
    placeWords: row.place_words,
    reporter: row.reporter,
    reporterId: row.reporter_id,
    collectedBy: row.collected_by,
    source: row.source,
    sensitive: row.sensitive === 1,
    doubt: row.doubt,
    handler: row.handler_kind && row.handler ? { kind: row.handler_kind, name: row.handler } : null,
    nextLook: instant(row.next_look),
    dueAt: instant(row.due_at),
    reason: row.reason,
    result: row.result,
    followUp: row.follow_up,
    mergedInto: row.merged_into,
    rounds: row.rounds,
    settledProposedAt: instant(row.settled_proposed_at),
    toldAt: new Date(row.told_at),
    filedAt: new Date(row.filed_at),
    resolvedAt: instant(row.resolved_at),
    closedAt: instant(row.closed_at),
  }
}

/** A row of `event` as a value. */
export function eventFromRow(row: Selectable<EventTable>): ConcernEvent {
  return {
    id: row.id,
    concern: row.concern,
    at: new Date(row.at),
    kind: row.kind,
    actorKind: row.actor_kind,
    actor: row.actor,
    from: row.from_status,
    to: row.to_status,
    note: row.note,
  }
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
