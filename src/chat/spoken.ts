import { createHash } from 'node:crypto'
import type { Db } from '../../db/database.ts'
import type { Clock } from '../clock.ts'
import { DAY } from '../clock.ts'

const REMEMBERED_FOR = 2 * DAY

/**
 * What the bot said lately, so that it knows its own words when the server sends them back, whatever id the account
 * had when it said them. Kept over restarts as hashes and the server's ids.
 */
export class Spoken {
  readonly #db: Db
  readonly #clock: Clock
  readonly #ids = new Set<string>()
  readonly #hashes = new Set<string>()
  #latest: number | null = null

  constructor(db: Db, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** To be called once at start. */
  async load(): Promise<void> {
    const oldest = new Date(this.#clock.now().getTime() - REMEMBERED_FOR).toISOString()
    await this.#db.deleteFrom('spoken').where('at', '<', oldest).execute()
    for (const row of await this.#db.selectFrom('spoken').selectAll().execute()) {
      this.#hashes.add(row.hash)
      if (row.msg_id !== null) this.#ids.add(row.msg_id)
    }
  }

  /** Remembers what is about to be said; the time-out of a sending leaves it remembered. */
  async willSay(text: string): Promise<void> {
    const hash = hashOf(text)
    this.#hashes.add(hash)
    const values = { hash, at: this.#clock.now().toISOString() }
    const row = await this.#db.insertInto('spoken').values(values).returning('id').executeTakeFirstOrThrow()
    this.#latest = row.id
  }

  /** The id the server gave to what was said last. */
  async said(id: string): Promise<void> {
    this.#ids.add(id)
    if (this.#latest === null) return
    await this.#db.updateTable('spoken').set({ msg_id: id }).where('id', '=', this.#latest).execute()
  }

  /** Whether this message is the bot's own. */
  isSaid(id: string): boolean {
    return this.#ids.has(id)
  }

  /** Whether the bot lately said exactly this. */
  isRepeated(text: string): boolean {
    return this.#hashes.has(hashOf(text))
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text.replace(/\s+/g, ' ').trim()).digest('hex')
}
