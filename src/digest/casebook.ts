import type { Db } from '../../db/database.ts'
import type { FollowUp, Status, Urgency } from '../../db/schema.ts'
import type { Concern, ConcernEvent } from '../concerns/concern.ts'
import { eventFromRow } from '../concerns/concern.ts'
import { listConcerns } from '../concerns/repository.ts'
import { ALIVE_STATUSES } from '../concerns/status.ts'
import { categoryOf, type Taxonomy } from '../concerns/taxonomy.ts'
import { forPrint } from '../privacy/for-print.ts'
import type { Place } from '../roster/place.ts'
import { countVoices, type Links, listLinks, listMeetings } from './casebook-queries.ts'
import { THROWN_OUT } from './items.ts'

/** A step of a concern's history, without phones. */
export type CaseStep = Pick<ConcernEvent, 'at' | 'kind' | 'actor' | 'note' | 'from' | 'to'>

/** A concern as a line of the ledger (支部民情台账): everything but phones; who told something sensitive stays out. */
export type CaseRow = {
  no: number
  filedAt: Date
  source: string
  reporter: string | null
  collectedBy: string | null
  place: Place
  nature: string
  category: string
  /** The service corps that looks after its category. */
  corps: string
  urgency: Urgency
  status: Status
  title: string
  detail: string
  /** How many different people spoke of it, those of merged ones included; 0 when nobody's words were kept. */
  voices: number
  /** The person or service corps that has it. */
  handler: string | null
  /** The outside body it was last referred to. */
  body: string | null
  /** Its limit; where the clock stands, its next look. */
  limit: Date | null
  /** Past its limit, or settled after it. */
  late: boolean
  steps: CaseStep[]
  result: string | null
  resolvedAt: Date | null
  /** The numbers of the meetings that decided on it. */
  meetings: number[]
  /** When the resident was last asked. */
  askedAt: Date | null
  followUp: FollowUp | null
  mergedInto: number | null
  takenIn: number[]
  repeats: number[]
  rounds: number
  reason: string | null
  doubt: string | null
  sensitive: boolean
}

/** The steps in which a resident was asked afterwards. */
export const ASKED: readonly string[] = ['closed', 'not_reached', 'reopened']
const PAUSED: readonly Status[] = ['referred', 'deferred']

/** Every concern of the ledger, in the order of its numbers. */
export async function collectCases(db: Db, taxonomy: Taxonomy, now: Date): Promise<CaseRow[]> {
  const concerns = await listConcerns(db, {})
  const events = (await db.selectFrom('event').selectAll().orderBy('id').execute()).map(eventFromRow)
  const histories = Map.groupBy(events, ({ concern }) => concern)
  const links = await listLinks(db)
  const meetings = await listMeetings(db)
  const voices = await countVoices(db)
  return concerns.map((concern) =>
    rowOf(concern, { taxonomy, now, links, events: histories.get(concern.no) ?? [], meetings, voices }),
  )
}

type Around = {
  taxonomy: Taxonomy
  now: Date
  links: Links
  events: ConcernEvent[]
  meetings: Map<number, number[]>
  voices: Map<number, number>
}

function rowOf(concern: Concern, { taxonomy, now, links, events, meetings, voices }: Around): CaseRow {
  const { no, place, status, source, urgency, filedAt, resolvedAt, followUp, mergedInto, rounds } = concern
  const category = categoryOf(taxonomy, concern.category)
  const sensitive = concern.sensitive || category.sensitive
  const limit = PAUSED.includes(status) ? concern.nextLook : concern.dueAt
  const printed = (text: string | null) => (text === null ? null : forPrint(text))
  return {
    ...{ no, place, status, source, urgency, filedAt, resolvedAt, followUp, mergedInto, rounds, sensitive, limit },
    reporter: sensitive ? null : concern.reporter,
    // Whoever tells it in the group collects it too.
    collectedBy: sensitive && concern.collectedBy === concern.reporter ? null : concern.collectedBy,
    nature: taxonomy.natures[concern.nature].label,
    category: category.label,
    corps: category.corps,
    title: forPrint(concern.title),
    detail: sensitive ? '' : forPrint(concern.detail),
    voices: voices.get(no) ?? 0,
    handler: concern.handler && concern.handler.kind !== 'body' ? concern.handler.name : null,
    body: events.findLast(({ kind }) => kind === 'referred')?.note ?? null,
    late: isLate(concern, limit, now),
    steps: events.map(({ at, kind, actor, note, from, to }) => ({ at, kind, actor, note: printed(note), from, to })),
    result: printed(concern.result),
    meetings: meetings.get(no) ?? [],
    askedAt: events.findLast(({ kind }) => ASKED.includes(kind))?.at ?? null,
    takenIn: links.takenIn.get(no) ?? [],
    repeats: links.repeats.get(no) ?? [],
    reason: printed(concern.reason),
    doubt: status === 'suspected' ? printed(concern.doubt) : null,
  }
}

function isLate({ status, dueAt, resolvedAt }: Concern, limit: Date | null, now: Date): boolean {
  if (ALIVE_STATUSES.includes(status)) return limit !== null && limit < now
  return !THROWN_OUT.includes(status) && dueAt !== null && resolvedAt !== null && resolvedAt > dueAt
}
