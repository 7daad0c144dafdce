const LONGEST = 60_000

/** Waits so many milliseconds. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** How long to wait after so many failures in a row, in milliseconds: 6 s, 12 s, 24 s, 48 s, then a minute. */
export function backOff(failures: number): number {
  return Math.min(LONGEST, 6000 * 2 ** Math.max(0, failures - 1))
}
