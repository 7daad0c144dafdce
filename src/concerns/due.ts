import type { Urgency } from '../../db/schema.ts'
import { DAY, isNight, localMidnight, localParts } from '../clock.ts'

const LIMIT_DAYS: Record<Urgency, number> = { red: 1, yellow: 5, blue: 7 }
const DISPUTE_DAYS = 30
const LOOK_DAYS: Record<Urgency, number> = { red: 1, yellow: 3, blue: 7 }

/** When a concern filed at `from` should be settled: 24 h, 5 or 7 calendar days, disputes 30. */
export function dueAfter(from: Date, urgency: Urgency, category: string): Date {
  const days = urgency !== 'red' && category === 'neighbor_dispute' ? DISPUTE_DAYS : LIMIT_DAYS[urgency]
  return outOfNight(new Date(from.getTime() + days * DAY))
}

/** When to ask an outside body again: after 1, 3 or 7 days. */
export function nextLookAfter(from: Date, urgency: Urgency): Date {
  return outOfNight(new Date(from.getTime() + LOOK_DAYS[urgency] * DAY))
}

/** A limit that falls at night moves to the next 09:00. */
export function outOfNight(at: Date): Date {
  if (!isNight(at)) return at
  return localMidnight(at, localParts(at).hour >= 22 ? 33 : 9)
}
