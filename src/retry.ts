import { HOUR, MINUTE } from './clock.ts'

/** How long to wait after each failed try at what is asked over the network, in milliseconds. */
export const ASK_AGAIN: readonly number[] = [MINUTE / 2, 2 * MINUTE, 8 * MINUTE, 30 * MINUTE, 2 * HOUR]

const LONGEST_WAIT = 2 * HOUR
const MOST_STARTS = 2

/** The wait after one more failed try, in milliseconds; after the last of the waits it stays the same. */
export function waitAfter(attempts: number, waits: readonly number[] = ASK_AGAIN): number {
  return waits[Math.min(attempts, waits.length - 1)]!
}

/** How long somebody who said when to come again is left alone, in milliseconds: two hours at most. */
export function waitAsked(seconds: number): number {
  return Math.min(seconds * 1000, LONGEST_WAIT)
}

/** Whether a piece of work was begun twice and never came to an end: it ended the process, and is not begun again. */
export function endedProcessTwice(started: number): boolean {
  return started >= MOST_STARTS
}
