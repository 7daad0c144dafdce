import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../../db/database.ts'
import { DAY, localParts } from '../../clock.ts'
import type { Log } from '../../log.ts'
import { readSetting, saveSetting } from '../../settings.ts'

/** Where pictures go and what is told when none can be drawn. */
export type Album = { db: Db; filesDir: string; now: Date; log: Log }

const KEPT_DAYS = 30
const NAME = /-(?<at>\d{8}-\d{4})-\d+\.png$/u

/**
 * Draws pictures into files, `name` first in their names; those older than 30 days are removed.
 * @returns the paths in order; none when they could not be drawn, which 状态 then says.
 */
export async function keepPictures(
  name: string,
  draw: () => Promise<Uint8Array[]>,
  { db, filesDir, now, log }: Album,
): Promise<string[]> {
  try {
    const pages = await draw()
    mkdirSync(filesDir, { recursive: true, mode: 0o700 })
    forgetOld(filesDir, now)
    const paths = freePaths(filesDir, `${name}-${stamp(now)}`, pages.length)
    for (const [index, path] of paths.entries()) writeFileSync(path, pages[index]!, { mode: 0o600, flag: 'wx' })
    await saveSetting(db, 'picture_trouble', '')
    return paths
  } catch (error) {
    log.error({ err: error, name }, 'a picture could not be drawn')
    await saveSetting(db, 'picture_trouble', now.toISOString())
    return []
  }
}

/** When the last picture could not be drawn; null when it could. */
export async function pictureTrouble(db: Db): Promise<Date | null> {
  const at = await readSetting(db, 'picture_trouble')
  return at ? new Date(at) : null
}

/** What was drawn in the same minute may still wait to be sent. */
function freePaths(filesDir: string, stem: string, count: number): string[] {
  const taken = readdirSync(filesDir).filter((file) => file.startsWith(`${stem}-`)).length
  return Array.from({ length: count }, (_, index) => join(filesDir, `${stem}-${taken + index + 1}.png`))
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
