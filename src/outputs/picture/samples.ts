import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../../db/database.ts'
import { collectFigures } from '../../digest/collect.ts'
import { collectCounts } from '../../digest/counts.ts'
import { weekBefore, weekOf } from '../../digest/period.ts'
import { collectSummary, type SummaryOptions } from '../../digest/summary.ts'
import { collectWeeks } from '../../digest/weeks.ts'
import { readSetting } from '../../settings.ts'
import { renderDigestPicture } from './digest-picture.ts'
import { drawPictures } from './picture.ts'
import { summarySections } from './summary-blocks.ts'

/**
 * Draws what the committee would get from a ledger at `now` into `dir`: the digest of the week, and 汇总 电梯 图.
 * @returns the paths.
 */
export async function writeSamplePictures(
  dir: string,
  { db, now, ...options }: SummaryOptions & { db: Db; now: Date },
): Promise<string[]> {
  const week = weekOf(now)
  const since = await readSetting(db, 'since')
  const weeks = await collectWeeks(db, week, since === null ? null : new Date(since))
  const previous = await collectCounts(db, weekBefore(week.from))
  const scope = { period: week, category: 'elevator' }
  const summary = await collectSummary(db, scope, 'committee', { ...options, limit: 20 })
  const pictures = {
    digest: await renderDigestPicture(await collectFigures(db, week, now), previous, weeks, options),
    summary: await drawPictures(summarySections(summary, null, options), options),
  }
  mkdirSync(dir, { recursive: true })
  return Object.entries(pictures).flatMap(([name, pages]) =>
    pages.map((png, index) => {
      const path = join(dir, `${name}-${index + 1}.png`)
      writeFileSync(path, png)
      return path
    }),
  )
}
