import { MINUTE } from '../clock.ts'

/** What of a waiting message decides when its run of talk has ended. */
export type Waiting = { at: Date; urgent: boolean }

const QUIET = 20 * MINUTE
const LONGEST = 60 * MINUTE
const URGENT = MINUTE
export const MOST_LINES = 40

/**
 * When the waiting run of talk will have ended: 20 quiet minutes after the last line, 60 minutes after the first,
 * 60 seconds after an urgent cue, at once with 40 lines. Null when nothing waits.
 */
export function closesAt(waiting: readonly Waiting[]): Date | null {
  const first = waiting[0]
  const last = waiting.at(-1)
  if (!first || !last) return null
  const full = waiting[MOST_LINES - 1]
  const urgent = waiting.find((message) => message.urgent)
  const ends = [
    last.at.getTime() + QUIET,
    first.at.getTime() + LONGEST,
    ...(urgent ? [urgent.at.getTime() + URGENT] : []),
    ...(full ? [full.at.getTime()] : []),
  ]
  return new Date(Math.min(...ends))
}
