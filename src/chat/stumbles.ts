import type { Db } from '../../db/database.ts'
import { readSetting, saveSetting } from '../settings.ts'

const ENOUGH = 2
/** Trouble of the disk or the file says nothing about the message. */
const NOT_ITS_FAULT = /^SQLITE_(?:FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|CORRUPT|NOTADB|NOMEM|PERM)/

/** Counts over restarts how often a message has ended the process, so that it cannot do so for ever. */
export class Stumbles {
  readonly #db: Db
  #counts: Record<string, number> = {}

  constructor(db: Db) {
    this.#db = db
  }

  /** To be called once at start. */
  async load(): Promise<void> {
    this.#counts = JSON.parse((await readSetting(this.#db, 'stumbled')) ?? '{}') as Record<string, number>
  }

  /** Whether this message has ended the process twice. */
  isHopeless(id: string): boolean {
    return (this.#counts[id] ?? 0) >= ENOUGH
  }

  /** Counts a failure, unless the disk is to blame. */
  async count(id: string, error: unknown): Promise<void> {
    if (NOT_ITS_FAULT.test(String((error as { code?: unknown })?.code ?? ''))) return
    this.#counts[id] = (this.#counts[id] ?? 0) + 1
    await saveSetting(this.#db, 'stumbled', JSON.stringify(this.#counts))
  }
}
