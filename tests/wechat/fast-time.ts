import type { Clock } from '../../src/clock.ts'

const realTimeout = globalThis.setTimeout
const realInterval = globalThis.setInterval

/**
 * Lets the whole process wait so many times less, for the library waits 2 to 300 seconds, the time-outs
 * of requests too, and gives the time that then passes.
 */
export function hurry(
  speed: number,
  from = '2026-06-03T14:00:00+08:00',
): {
  clock: Clock
  /** Lets so many milliseconds have passed. */
  jump(milliseconds: number): void
  restore(): void
} {
  const began = performance.now()
  let start = Date.parse(from)
  const faster = (real: typeof setTimeout | typeof setInterval) =>
    ((run: () => void, wait = 0, ...args: unknown[]) =>
      (real as (run: (...args: unknown[]) => void, wait: number, ...args: unknown[]) => unknown)(
        run,
        wait / speed,
        ...args,
      )) as never
  globalThis.setTimeout = faster(realTimeout)
  globalThis.setInterval = faster(realInterval)
  return {
    clock: { now: () => new Date(start + (performance.now() - began) * speed) },
    jump: (milliseconds) => {
      start += milliseconds
    },
    restore: () => {
      globalThis.setTimeout = realTimeout
      globalThis.setInterval = realInterval
    },
  }
}

/** How much faster the processes of a campaign live. */
export const SPEED = 25

/** The time that has passed for processes hurried since a real instant, in milliseconds. */
export function hurriedSince(began: number): Clock {
  return { now: () => new Date(began + (Date.now() - began) * SPEED) }
}

/** Waits real milliseconds. */
export function realPause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => realTimeout(resolve, milliseconds))
}

/** Waits until something is so; @throws after 10 real seconds, saying what was waited for. */
export async function until(isSo: () => unknown, what: string, patience = 10_000): Promise<void> {
  const end = performance.now() + patience
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`waited in vain until ${what}`)
    await realPause(5)
  }
}
