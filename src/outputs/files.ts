import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DAY, localParts } from '../clock.ts'

/** Where made files stand until they are sent, and some time after. */
export type Shelf = { filesDir: string; now: Date }

const KEPT_DAYS = 30
const NAME = /-(?<at>\d{8}-\d{4})-\d+\.(?:png|xlsx|docx)$/u

/**
 * Writes files for their owner's eyes, `name` first in their names; those older than 30 days are removed.
 * @returns the paths in order.
 */
export function keepFiles(
  name: string,
  extension: 'png' | 'xlsx' | 'docx',
  files: readonly Uint8Array[],
  { filesDir, now }: Shelf,
): string[] {
  mkdirSync(filesDir, { recursive: true, mode: 0o700 })
  forgetOld(filesDir, now)
  const stem = `${name}-${stamp(now)}`
  // What was made in the same minute may still wait to be sent.
  const taken = readdirSync(filesDir).filter((file) => file.startsWith(`${stem}-`)).length
  return files.map((bytes, index) => {
    const path = join(filesDir, `${stem}-${taken + index + 1}.${extension}`)
    writeFileSync(path, bytes, { mode: 0o600, flag: 'wx' })
    return path
  })
}

function forgetOld(filesDir: string, now: Date): void {
  const oldest = stamp(new Date(now.getTime() - KEPT_DAYS * DAY))
  for (const file of readdirSync(filesDir)) {
    const at = NAME.exec(file)?.groups?.at
    if (at !== undefined && at < oldest) rmSync(join(filesDir, file))
  }
}

/** 20260518-0905 */
function stamp(at: Date): string {
  const { year, month, day, hour, minute } = localParts(at)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${year}${two(month)}${two(day)}-${two(hour)}${two(minute)}`
}
