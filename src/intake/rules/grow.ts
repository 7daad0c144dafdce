import { kinOf } from './kin.ts'
import { canBeSame, isSamePlace } from './places.ts'
import type { Sense } from './sense.ts'
import { type Hint, SHARED, type Thread, without } from './thread.ts'

/** Minutes within which a speaker goes on with what they were saying. */
export const GOES_ON = 3

/** Minutes within which another speaker's words on the same matter belong to the concern told before. */
export const STILL_ON = 45

/** Adds a line to a thread, and takes the place from it when the teller names a better one. */
export function touch(thread: Thread, hint: Hint, role: 'also' | 'settled'): void {
  thread[role].push(hint.line.number)
  if (hint.line.speaker !== thread.teller) thread.hands.push(hint.line.speaker)
  thread.last = hint.position
  thread.lastMinute = hint.minute
  const isBetter =
    thread.place === null ||
    (thread.place.building === null && hint.place?.building != null && canBeSame(thread.place, hint.place))
  if (!hint.place || !isBetter || role === 'settled' || thread.teller !== hint.line.speaker) return
  thread.place = hint.place
  thread.placeLine = hint.line.number
}

/** A leak or noise becomes a quarrel as soon as two households are at odds. */
export function escalate(thread: Thread, sense: Sense | null, hint: Hint): void {
  if (thread.teller === hint.line.speaker) thread.words += ` ${hint.text}`
  const canBecome = ['housing_repair', 'noise_fume', 'water_drainage'].includes(thread.category) && !thread.open
  if (sense?.category !== 'neighbor_dispute' || !canBecome) return
  thread.category = sense.category
  thread.title += sense.title
}

/** Whether a line comes within minutes of a thread's latest. */
export function isGoingOn({ minute, position }: Hint, { lastMinute, last }: Thread): boolean {
  return lastMinute !== null && minute - lastMinute <= GOES_ON && position - last <= 8
}

/** Whether a speaker has turned to something else: another kind of trouble told with a place of its own, or 还有, 另外. */
export function isAnotherMatter(sense: Sense, hint: Hint, thread: Thread): boolean {
  if (!canBeSame(hint.place, thread.place)) return true
  if (sense.category === thread.category || sense.category === 'neighbor_dispute') return false
  return /^(?:还有|另外|再[说讲反]|再一个|顺便|对了)/.test(hint.text) || (hint.place !== null && !hint.place.isOwn)
}

/** Whether it is the trouble told before in these lines, or by the same person in the ledger. */
export function isSameTrouble(thread: Thread, sense: Sense, hint: Hint): boolean {
  if (thread.category !== sense.category || !canBeSame(thread.place, hint.place)) return false
  if (thread.item !== null && !isSamePlace(thread.place, hint.place)) return false
  const kin = kinOf(without(hint.text, hint.place), without(`${thread.title} ${thread.words}`, thread.place))
  if (thread.teller === hint.line.speaker && kin > 0) return true
  const isRecent = thread.lastMinute !== null && hint.minute - thread.lastMinute <= STILL_ON
  if (!isRecent || kin === 0) return false
  return (
    isSamePlace(thread.place, hint.place) ||
    hint.place === null ||
    (SHARED.has(sense.category) &&
      (hint.place.kind === 'compound' || (OUTAGE.test(hint.text) && OUTAGE.test(thread.words))))
  )
}

const OUTAGE = /停水|停电|没水|没电|[没莫]得[水电]|断水|断电/

/** 23栋也是 of a lift or a stair light is a trouble of its own; of water, power or a noise in the square it is the same. */
export function isElsewhereThan({ place, line }: Hint, thread: Thread): boolean {
  if (!BY_BUILDING.has(thread.category) || place?.kind !== 'building') return false
  if (place.building !== null) return thread.place?.building !== place.building || !canBeSame(thread.place, place)
  if (thread.teller === line.speaker || !place.isOwn) return false
  // Two of the group seldom live in one building: 我家也是 of a lift or a stair light is another's.
  return /我们(?:这)?[栋幢单]/.test(place.words) || OF_THE_HOUSE.has(thread.category)
}

const OF_THE_HOUSE = new Set(['elevator', 'lighting_signage'])
const BY_BUILDING = new Set(['elevator', 'lighting_signage', 'public_facility', 'housing_repair', 'safety_hazard'])

/** The thread spoken of last among those that fit, or null. */
export function latest(threads: readonly Thread[], fits: (thread: Thread) => boolean): Thread | null {
  return threads.filter(fits).sort((a, b) => b.last - a.last)[0] ?? null
}
