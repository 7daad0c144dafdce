import type { Status, Urgency } from '../../db/schema.ts'
import type { Place } from '../roster/place.ts'

/** How many concerns waited for somebody at the end of the period, by status. */
export type Standing = Record<'suspected' | 'open' | 'in_progress' | 'referred' | 'on_agenda' | 'deferred', number>

/**
 * What happened in a period, in concerns, counted when it was recorded.
 * Whatever the committee has since merged or not accepted counts nowhere but in `dropped`.
 */
export type Counts = {
  filed: number
  /** Of the filed ones, those still waiting to be confirmed. */
  suspected: number
  /** Of the filed ones, those that are urgent (red). */
  red: number
  settled: number
  reopened: number
  closed: number
  deferred: number
  /** Not accepted (不受理) in the period, whenever they were filed. */
  dropped: number
  followUp: FollowUps
  standing: Standing
}

/** A share with its two numbers, so that whoever reads it can judge how much it says. */
export type Share = { part: number; whole: number }

/** What a week is held against. */
export type Baseline = Pick<Counts, 'filed' | 'settled' | 'standing'>

/** What the residents of the concerns closed in the period said; `reopened` above are the ones that said no. */
export type FollowUps = {
  satisfied: number
  basicallySatisfied: number
  /** Solved, but unhappy with it. */
  dissatisfied: number
  notReached: number
  nobodyToAsk: number
}

/** A concern as a line of the digest: no reporter, no detail. */
export type Item = {
  no: number
  title: string
  place: Place
  urgency: Urgency
  status: Status
  /** Midnights since it was filed; of the good news, until it was settled. */
  days: number
  /** Past its limit, or past its next look when referred or deferred. */
  late: boolean
}

/** Why the committee should look at it, in the order in which it is shown. */
export type DecideReason = 'on_agenda' | 'recurrence' | 'red_late' | 'deferred_late'

/** `before` is the earlier concern it repeats. */
export type DecideItem = Item & { why: DecideReason; before: number | null }

/** A list cut short, and how long it really is. */
export type Cut<T> = { items: T[]; total: number }

/** The same building again: at least three concerns in fourteen days. */
export type HotSpot = { place: Place; numbers: number[] }

/** What was said and could not be read. Episodes in `toPeople`, messages in the others. */
export type Unread = { voices: number; pictures: number; toPeople: number; skipped: number; pending: number }

/** Everything a digest says, as plain JSON; all of it counted by the database. Instants are ISO texts. */
export type Figures = Counts & {
  from: string
  before: string
  /** Past their limit or next look at the time of collecting. */
  overdue: number
  byCompound: { compound: string | null; filed: number }[]
  byPartyGroup: { number: number | null; name: string | null; filed: number }[]
  topCategories: { label: string; filed: number }[]
  hotSpots: HotSpot[]
  /** Taken up by a person in time, of those whose time is over. */
  responded: Share
  goodNews: Item | null
  /** What was settled in the period and still is. */
  settledNumbers: Cut<number>
  decide: Cut<DecideItem>
  /** Urgent ones that are not settled and overdue ones, at the time of collecting. */
  pressing: Cut<Item>
  /** The filed ones, most urgent first. */
  fresh: Item[]
  /** The numbers of all that wait to be confirmed. */
  waiting: Cut<number>
  heard: number
  unread: Unread
}
