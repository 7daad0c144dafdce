import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../../db/database.ts'
import { collectFigures } from '../../digest/collect.ts'
import { collectCounts } from '../../digest/counts.ts'
import { closingLine, type ReadBy, type Words } from '../../digest/lines.ts'
import { type Period, startKey, weekBefore } from '../../digest/period.ts'
import { collectWeeks } from '../../digest/weeks.ts'
import type { Log } from '../../log.ts'
import { digestSections } from './blocks.ts'
import { renderPages } from './picture.ts'

export type PictureParts = { db: Db; filesDir: string; words: Words; readBy: ReadBy; log: Log }

/** Draws the digest of a week into files. @returns their paths; none when it could not be drawn, which 状态 then says. */
export async function drawDigest(
  week: Period,
  now: Date,
  { db, filesDir, words, readBy, log }: PictureParts,
): Promise<string[]> {
  try {
    const figures = await collectFigures(db, week, now)
    const previous = await collectCounts(db, weekBefore(week.from))
    const sections = digestSections(figures, previous, await collectWeeks(db, week), { words, readBy })
    const pages = await renderPages(sections, { madeBy: closingLine(readBy) })
    mkdirSync(filesDir, { recursive: true })
    const paths = pages.map((_, index) => join(filesDir, `digest-${startKey(week)}-${index + 1}.png`))
    for (const [index, path] of paths.entries()) writeFileSync(path, pages[index]!, { mode: 0o600 })
    await db.deleteFrom('setting').where('key', '=', TROUBLE).execute()
    return paths
  } catch (error) {
    log.error({ err: error }, 'the picture of a digest could not be drawn')
    await db
      .insertInto('setting')
      .values({ key: TROUBLE, value: now.toISOString() })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: now.toISOString() }))
      .execute()
    return []
  }
}

const TROUBLE = 'picture_trouble'

/** When a picture could last not be drawn; null when the last one could. */
export async function pictureTrouble(db: Db): Promise<Date | null> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', TROUBLE).executeTakeFirst()
  return row ? new Date(row.value) : null
}
