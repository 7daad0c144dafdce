import type { Db } from '../../db/database.ts'
import { digestWords, readByOf } from '../commands/digest-words.ts'
import { listConcerns } from '../concerns/repository.ts'
import { isAlive, STATUS_WORDS } from '../concerns/status.ts'
import { categoryOf, type Taxonomy, urgencyMark } from '../concerns/taxonomy.ts'
import { collectBaseline } from '../digest/baseline.ts'
import { collectFigures } from '../digest/collect.ts'
import type { Period } from '../digest/period.ts'
import { renderDigest } from '../digest/render-digest.ts'
import { partyGroupName } from '../roster/look-up.ts'
import { placeName } from '../roster/place-name.ts'
import type { Roster } from '../roster/roster.ts'

/** The ledger for the terminal: what was filed where, by party group. */
export async function ledgerText(
  db: Db,
  { roster, taxonomy }: { roster: Roster; taxonomy: Taxonomy },
): Promise<string> {
  const concerns = await listConcerns(db, {})
  const standing = concerns.filter(({ status }) => status !== 'merged' && status !== 'dropped')
  const groups = Map.groupBy(standing, ({ place }) => place.partyGroup)
  const lines = [...groups]
    .sort(([a], [b]) => (a ?? 99) - (b ?? 99))
    .flatMap(([group, filed]) => [
      group === null ? '【没有落到一栋楼的】' : `【${partyGroupName(roster, group)}】`,
      ...filed.map((concern) => {
        const { label } = categoryOf(taxonomy, concern.category)
        const place = placeName(roster, concern.place)
        return `  ${concern.no}号 ${urgencyMark(taxonomy, concern.urgency)} ${place} ${concern.title}(${label},${STATUS_WORDS[concern.status]})`
      }),
    ])
  return [`\n台账里有${standing.length}件:`, ...lines].join('\n')
}

/** One line on what stands in the ledger, for a start that finds its data again. */
export async function standingText(db: Db): Promise<string> {
  const concerns = await listConcerns(db, {})
  const alive = concerns.filter(({ status }) => isAlive(status))
  return concerns.length === 0 ? '台账是空的。' : `接着上次的台账:共${concerns.length}件,没办完的${alive.length}件。`
}

/** The digest of a week as the committee would get it. */
export async function digestText(
  db: Db,
  week: Period,
  now: Date,
  { roster, taxonomy, readerName }: { roster: Roster; taxonomy: Taxonomy; readerName: string },
): Promise<string> {
  const figures = await collectFigures(db, week, now)
  const previous = await collectBaseline(db, week)
  const words = digestWords({ roster, taxonomy })
  return `\n${renderDigest(figures, previous, { words, readBy: readByOf(readerName) })}`
}
