import type { Db } from '../../db/database.ts'
import { type Clock, clockText, dayText, MINUTE } from '../clock.ts'
import { readSetting, saveSetting } from '../settings.ts'

/** A stretch of time in which the rooms were not heard. */
export type Gap = { from: Date; to: Date }

const NOTED_EVERY = MINUTE
const WORTH_TELLING = 10 * MINUTE

/** Knows over restarts when the bot last heard the rooms, and finds the hours it did not. */
export class Gaps {
  readonly #db: Db
  readonly #clock: Clock
  #lastHeard: Date | null = null
  #firstRecovered: Date | null = null
  #firstHeard: Date | null = null
  #notedAt = 0
  #isClosed = false

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** To be called once at start. */
  async load(): Promise<void> {
    const last = await readSetting(this.#db, 'last_sync')
    this.#lastHeard = last === null ? null : new Date(last)
  }

  /** The server answered: whatever is said now will be heard. Kept at most once a minute. */
  async hears(): Promise<void> {
    const now = this.#clock.now()
    this.#firstHeard ??= now
    if (!this.#isClosed || now.getTime() - this.#notedAt < NOTED_EVERY) return
    this.#notedAt = now.getTime()
    await saveSetting(this.#db, 'last_sync', now.toISOString())
  }

  /** A message came, be it late: from its time on the server still had everything. */
  recovered(at: Date): void {
    if (this.#lastHeard && at > this.#lastHeard && (!this.#firstRecovered || at < this.#firstRecovered)) {
      this.#firstRecovered = at
    }
  }

  /** To be called when the server has given all it still had: tells the gap before this start, once. */
  async close(tell: (gap: Gap) => Promise<void>): Promise<void> {
    if (this.#isClosed || !this.#firstHeard) return
    this.#isClosed = true
    const from = this.#lastHeard
    const to = this.#firstRecovered && this.#firstRecovered < this.#firstHeard ? this.#firstRecovered : this.#firstHeard
    if (!from || to.getTime() - from.getTime() < WORTH_TELLING) return
    await tell({ from, to })
    const row = { from_at: from.toISOString(), to_at: to.toISOString() }
    await this.#db.insertInto('gap').values(row).execute()
  }
}

/** 「6月3日 14:10—16:30 没听到群里的话,请大家看看有没有漏的。」 */
export function gapText({ from, to }: Gap): string {
  const end = dayText(from) === dayText(to) ? clockText(to) : `${dayText(to)} ${clockText(to)}`
  return `${dayText(from)} ${clockText(from)}—${end} 没听到群里的话,请大家看看有没有漏的。`
}
