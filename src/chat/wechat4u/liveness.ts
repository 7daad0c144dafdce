import type { Clock } from '../../clock.ts'
import { MINUTE } from '../../clock.ts'

const LOOK_EVERY = 15_000
const STALE_AFTER = 3 * MINUTE
const STUCK_AFTER = 5 * MINUTE

type Options = { clock: Clock; isLoggedIn(): boolean; onStale(): void }

/**
 * Whether the connection lives: by the last answer of the server, since the library's own heartbeat beats on over a
 * dead connection. More than 3 minutes without a good sync, or 5 without any answer before the login, are too many.
 */
export class Liveness {
  readonly #options: Options
  #last: number
  #timer: NodeJS.Timeout | undefined

  constructor(options: Options) {
    this.#options = options
    this.#last = options.clock.now().getTime()
  }

  /** The server has just answered. */
  answered(): void {
    this.#last = this.#options.clock.now().getTime()
  }

  start(): void {
    this.answered()
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    const { clock, isLoggedIn, onStale } = this.#options
    const age = clock.now().getTime() - this.#last
    if (age <= (isLoggedIn() ? STALE_AFTER : STUCK_AFTER)) return
    this.stop()
    onStale()
  }
}
