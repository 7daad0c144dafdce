import { HOUR, MINUTE } from '../clock.ts'

/** What of a waiting message decides when its run of talk has ended. */
export type Waiting = {
  at: Date
  urgent: boolean
  /** Whether it has a word that often hangs on a concern. */
  hasCue: boolean
}

const URGENT = MINUTE
export const MOST_LINES = 40
/** How long a run of talk may go on: until that long after its last line, and that long after its first. */
const WITH_CUE = { quiet: 30 * MINUTE, longest: 90 * MINUTE }
const WITHOUT = { quiet: 2 * HOUR, longest: 6 * HOUR }

/**
 * When the waiting run of talk will have ended: 30 quiet minutes after the last line or 90 minutes after the first cue;
 * 60 seconds after an urgent one; at once with 40 lines. Talk without any cue waits for more of it, 2 quiet hours or 6
 * hours in all, so that small talk costs few questions. Null when nothing waits.
 */
export function closesAt(waiting: readonly Waiting[]): Date | null {
  const first = waiting[0]
  const last = waiting.at(-1)
  if (!first || !last) return null
  const cue = waiting.find(({ hasCue }) => hasCue)
  const { quiet, longest } = cue ? WITH_CUE : WITHOUT
  const urgent = waiting.find((message) => message.urgent)
  const full = waiting[MOST_LINES - 1]
  const ends = [
    last.at.getTime() + quiet,
    (cue ?? first).at.getTime() + longest,
    ...(urgent ? [urgent.at.getTime() + URGENT] : []),
    ...(full ? [full.at.getTime()] : []),
  ]
  return new Date(Math.min(...ends))
}
