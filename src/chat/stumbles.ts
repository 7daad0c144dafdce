import { closeSync, constants, existsSync, openSync, readFileSync, writeSync } from 'node:fs'
import type { Db } from '../../db/database.ts'
import { readSetting, saveSetting } from '../settings.ts'

const ENOUGH = 2
const MARK_LENGTH = 64
/** Trouble of the disk or the file says nothing about the message. */
const NOT_ITS_FAULT = /^SQLITE_(?:FULL|IOERR|BUSY|LOCKED|READONLY|CANTOPEN|CORRUPT|NOTADB|NOMEM|PERM)/

/**
 * Counts over restarts how often a message has ended the process, so that it cannot do so for ever. What kills the
 * process at once leaves its name in a small file that is overwritten in place: that costs nothing, needs no room on a
 * full disk, and after a power cut it mostly says nothing, which is right.
 */
export class Stumbles {
  readonly #db: Db
  readonly #markFile: string | undefined
  #mark: number | null = null
  #counts: Record<string, number> = {}

  /** @param markFile where the message being stored is named; without it only thrown errors count */
  constructor(db: Db, markFile?: string) {
    this.#db = db
    this.#markFile = markFile
  }

  /** To be called once at start: what was being stored when the last process died and is not there has ended it. */
  async load(): Promise<void> {
    this.#counts = JSON.parse((await readSetting(this.#db, 'stumbled')) ?? '{}') as Record<string, number>
    if (this.#markFile === undefined) return
    const id = existsSync(this.#markFile) ? readFileSync(this.#markFile, 'utf8').trim() : ''
    // Opened without emptying it: the mark must outlive a death before the count is kept.
    this.#mark = openSync(this.#markFile, constants.O_RDWR | constants.O_CREAT, 0o600)
    const stored = await this.#db.selectFrom('message').select('seq').where('msg_id', '=', id).executeTakeFirst()
    if (id !== '' && !stored) await this.#add(id)
    this.ends()
  }

  /** Whether this message has ended the process twice. */
  isHopeless(id: string): boolean {
    return (this.#counts[id] ?? 0) >= ENOUGH
  }

  /** A message is about to be stored. */
  begins(id: string): void {
    if (this.#mark !== null) writeSync(this.#mark, id.padEnd(MARK_LENGTH), 0)
  }

  /** It is stored, or that failed without ending the process. */
  ends(): void {
    this.begins('')
  }

  close(): void {
    if (this.#mark !== null) closeSync(this.#mark)
    this.#mark = null
  }

  /** Counts a failure, unless the disk is to blame. */
  async count(id: string, error: unknown): Promise<void> {
    if (NOT_ITS_FAULT.test(String((error as { code?: unknown })?.code ?? ''))) return
    await this.#add(id)
  }

  async #add(id: string): Promise<void> {
    this.#counts[id] = (this.#counts[id] ?? 0) + 1
    await saveSetting(this.#db, 'stumbled', JSON.stringify(this.#counts))
  }
}
