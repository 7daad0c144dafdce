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

/** A log that also alerts when an error it is given comes from the disk or the database, once an hour. */
export function alertingLog(log: Log, clock: Clock, alert: (text: string) => void): Log {
  let alertedAt = Number.NEGATIVE_INFINITY
  const error: Log['error'] = (...args: [unknown, ...unknown[]]) => {
    log.error(...(args as Parameters<Log['error']>))
    const trouble = storageTrouble((args[0] as { err?: unknown } | null)?.err)
    const now = clock.now().getTime()
    if (trouble === null || now - alertedAt < HOUR) return
    alertedAt = now
    alert(trouble)
  }
  return { debug: log.debug.bind(log), info: log.info.bind(log), warn: log.warn.bind(log), error }
}
