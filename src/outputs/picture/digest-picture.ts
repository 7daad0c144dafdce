import type { Draw } from '../../digest/digest.ts'
import type { Baseline, Figures } from '../../digest/figures.ts'
import { type Period, startKey } from '../../digest/period.ts'
import type { RenderOptions } from '../../digest/render-digest.ts'
import { collectWeeks, type WeekCount } from '../../digest/weeks.ts'
import { readSetting } from '../../settings.ts'
import { type Album, keepPictures } from './album.ts'
import { digestSections } from './digest-blocks.ts'
import { drawPictures, type Renderer } from './picture.ts'

/**
 * The weekly digest as PNG pages, from the same figures as its text twin; `weeks` end with the digest's own week.
 * @throws Error when it fails or takes more than five seconds.
 */
export function renderDigestPicture(
  figures: Figures,
  previous: Baseline | null,
  weeks: readonly WeekCount[],
  options: RenderOptions & { open?: () => Promise<Renderer> },
): Promise<Uint8Array[]> {
  return drawPictures(digestSections(figures, previous, weeks, options), options)
}

/** What draws the digest of a week into files. */
export function digestDrawer(week: Period, album: Omit<Album, 'db'> & { open?: () => Promise<Renderer> }): Draw {
  return async (db, figures, previous, options) => {
    const since = await readSetting(db, 'since')
    const weeks = await collectWeeks(db, week, since === null ? null : new Date(since))
    const draw = () => renderDigestPicture(figures, previous, weeks, { ...options, open: album.open })
    return keepPictures(`digest-${startKey(week)}`, draw, { ...album, db })
  }
}
