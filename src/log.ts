import { type Logger, pino } from 'pino'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

/** One JSON line an event, to a file in the data folder so that the terminal stays readable. Never holds what people said. */
export function createLog(file: string, level: string): Logger {
  return pino({ level, base: undefined }, pino.destination({ dest: file, append: true, mkdir: true, sync: true }))
}

/** Says nothing; for tests and short commands. */
export const silentLog: Log = pino({ level: 'silent' })
