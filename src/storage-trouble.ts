import { closeSync, openSync, statSync, utimesSync } from 'node:fs'
import { type Clock, HOUR } from './clock.ts'
import type { Log } from './log.ts'

const OF_THE_DATABASE = /^SQLITE_(?:FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|PERM|BUSY|NOMEM)/
const OF_THE_DISK = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS'])

/** What to tell the operator when an error comes from the disk or the database file; null for any other error. */
export function storageTrouble(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = String((cause as { code?: unknown }).code ?? '')
    if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') return '磁盘满了,记不下了。请腾出地方。'
    if (OF_THE_DATABASE.test(code) || OF_THE_DISK.has(code))
      return `数据库或硬盘出了问题(${code})。请运行 npm run doctor 看看,必要时用备份恢复。`
  }
  return null
}

/** Tells the operator of trouble with the disk or the database: once an hour, however often the process is started again. */
export class StorageAlarm {
  readonly #file: string
  readonly #clock: Clock
  readonly #alert: (text: string) => void

  /** @param file whose time says when the operator was last told; it stays empty, so that a full disk has room for it */
  constructor(file: string, clock: Clock, alert: (text: string) => void) {
    this.#file = file
    this.#clock = clock
    this.#alert = alert
  }

  raise(text: string): void {
    const now = this.#clock.now()
    const last = statSync(this.#file, { throwIfNoEntry: false })?.mtimeMs ?? 0
    if (now.getTime() - last < HOUR) return
    this.#alert(text)
    try {
      closeSync(openSync(this.#file, 'a', 0o600))
      utimesSync(this.#file, now, now)
    } catch {
      // Told too often is better than not at all.
    }
  }

  /** A log that also raises this alarm when an error it is given comes from the disk or the database. */
  watching(log: Log): Log {
    const error: Log['error'] = (...args: [unknown, ...unknown[]]) => {
      log.error(...(args as Parameters<Log['error']>))
      const trouble = storageTrouble((args[0] as { err?: unknown } | null)?.err)
      if (trouble !== null) this.raise(trouble)
    }
    return { debug: log.debug.bind(log), info: log.info.bind(log), warn: log.warn.bind(log), error }
  }
}
