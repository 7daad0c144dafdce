import { join } from 'node:path'
import { loadConfig } from '../config.ts'
import { openLog } from './data-folder.ts'

/** Writes what ended a command into the log. @returns the log's place. @throws when it cannot be written. */
export function logFault(error: unknown): string {
  const config = loadConfig()
  openLog(config).error({ err: error }, 'a command failed')
  return join(config.dataDir, 'log.jsonl')
}
