import { type Logger, pino } from 'pino'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

/** One JSON line an event, to a file in the data folder so that the terminal stays readable. Never holds what people said. */
export function createLog(file: string, level: string): Logger {
  const destination = pino.destination({ dest: file, append: true, mode: 0o600, sync: true })
  // A full disk must not end the bot over a line of its log.
  destination.on('error', () => {})
  return pino({ level, base: undefined }, destination)
}

/** Says nothing; for tests and short commands. */
export const silentLog: Log = pino({ level: 'silent' })
