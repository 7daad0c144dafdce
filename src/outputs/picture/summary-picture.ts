import { collectBreakdown } from '../../digest/breakdown.ts'
import type { Scope } from '../../digest/scope.ts'
import { collectSummary, type SummaryOptions } from '../../digest/summary.ts'
import { type Album, keepPictures } from './album.ts'
import { drawPictures, type Renderer } from './picture.ts'
import { summarySections } from './summary-blocks.ts'

const MOST = 20

/**
 * Draws the answer to 汇总 into files, with everything that is for the committee alone; bars only where nothing but the
 * period narrows it. @returns their paths; none when it could not be drawn.
 */
export async function drawSummary(
  scope: Scope,
  options: SummaryOptions,
  album: Album & { open?: () => Promise<Renderer> },
): Promise<string[]> {
  const { db, open } = album
  const { period, ...narrowed } = scope
  const isWhole = Object.values(narrowed).every((value) => value === undefined)
  const summary = await collectSummary(db, scope, 'committee', { words: options.words, limit: MOST })
  const breakdown = isWhole ? await collectBreakdown(db, period) : null
  const draw = () => drawPictures(summarySections(summary, breakdown, options), { ...options, open })
  return keepPictures('summary', draw, album)
}
