import type { Clock } from '../../src/clock.ts'

const realTimeout = globalThis.setTimeout
const realInterval = globalThis.setInterval

/** How many times faster time passes; the library waits 2 to 300 seconds, and nobody wants to. */
export const SPEED = 50

/** Lets the whole process wait 50 times less, and gives the time that then passes. The sockets' own time-outs stay. */
export function hurry(from = '2026-06-03T14:00:00+08:00'): { clock: Clock; restore(): void } {
  const began = performance.now()
  const start = Date.parse(from)
  const faster = (real: typeof setTimeout | typeof setInterval) =>
    ((run: () => void, wait = 0, ...args: unknown[]) =>
      (real as (run: (...args: unknown[]) => void, wait: number, ...args: unknown[]) => unknown)(
        run,
        wait / SPEED,
        ...args,
      )) as never
  globalThis.setTimeout = faster(realTimeout)
  globalThis.setInterval = faster(realInterval)
  return {
    clock: { now: () => new Date(start + (performance.now() - began) * SPEED) },
    restore: () => {
      globalThis.setTimeout = realTimeout
      globalThis.setInterval = realInterval
    },
  }
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
