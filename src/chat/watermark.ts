import type { Db } from '../../db/database.ts'
import { DAY } from '../clock.ts'
import { readSetting, saveSetting } from '../settings.ts'

/**
 * How far the rooms have been heard, over restarts. What is more than a day older than that at a start has been heard
 * long ago, and some of it deliberately forgotten; a day, since nothing comes in the order in which it was said.
 */
export class Watermark {
  readonly #db: Db
  #stands = 0
  #stoodAtStart = 0

  constructor(db: Db) {
    this.#db = db
  }

  /** To be called once at start. */
  async load(): Promise<void> {
    this.#stands = Date.parse((await readSetting(this.#db, 'watermark')) ?? '1970-01-01')
    this.#stoodAtStart = this.#stands
  }

  isLongHeard(at: Date): boolean {
    return at.getTime() < this.#stoodAtStart - DAY
  }

  /** Whether something was said before this start, by the server's own clock. */
  isFromBefore(at: Date): boolean {
    return at.getTime() <= this.#stoodAtStart
  }

  /** To be called once everything said at these times is stored. */
  async rise(times: Date[]): Promise<void> {
    const newest = Math.max(0, ...times.map((at) => at.getTime()))
    if (newest <= this.#stands) return
    this.#stands = newest
    await saveSetting(this.#db, 'watermark', new Date(newest).toISOString())
  }
}
