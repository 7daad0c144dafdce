import type { Db } from '../../../db/database.ts'
import type { Log } from '../../log.ts'
import { readSetting, saveSetting } from '../../settings.ts'
import { keepFiles, type Shelf } from '../files.ts'

/** Where pictures go and what is told when none can be drawn. */
export type Album = Shelf & { db: Db; log: Log }

/**
 * Draws pictures into files, `name` first in their names.
 * @returns the paths in order; none when they could not be drawn, which 状态 then says.
 */
export async function keepPictures(
  name: string,
  draw: () => Promise<Uint8Array[]>,
  { db, filesDir, now, log }: Album,
): Promise<string[]> {
  try {
    const paths = keepFiles(name, 'png', await draw(), { filesDir, now })
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
