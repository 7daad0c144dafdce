import { type CheckedConcern, type CheckedReading, UNSURE } from './check.ts'
import type { AskedEpisode } from './question.ts'
import type { Doubt } from './reader.ts'
import { hasUrgentCue } from './urgent.ts'

const MOST_DOUBTS = 6

/** A doubt about one of the checked concerns, by its place in the reading. */
export type Doubted = Doubt & { index: number }

/**
 * What of a reading is worth a second question: what the reader was not sure of, a danger that reader and rules see
 * differently, and what may be an older concern of the same kind at the same place. Never everything; six at most.
 */
export function doubtsAbout(asked: AskedEpisode, { concerns }: CheckedReading): Doubted[] {
  return concerns
    .flatMap((found, index): Doubted[] => {
      const about = { index, lines: linesOf(asked, found), title: found.draft.title }
      const open = likelySame(asked, found)
      return [
        ...(isDangerDisputed(asked, about.lines, found) ? [{ ...about, kind: 'danger' as const, open: null }] : []),
        ...(found.draft.doubt === UNSURE ? [{ ...about, kind: 'concern' as const, open: null }] : []),
        ...(open === null ? [] : [{ ...about, kind: 'same' as const, open }]),
      ]
    })
    .slice(0, MOST_DOUBTS)
}

/**
 * The reading after the second answers. They may confirm a concern, raise or lower its urgency by what reader and rules
 * disagreed on, or name the older concern it repeats; what was left unanswered stays.
 */
export function afterSecondLook(
  reading: CheckedReading,
  doubts: readonly Doubted[],
  answers: readonly (boolean | null)[],
): CheckedReading {
  const concerns = [...reading.concerns]
  for (const [position, doubt] of doubts.entries()) {
    const answer = answers[position] ?? null
    if (answer !== null) concerns[doubt.index] = settle(concerns[doubt.index]!, doubt, answer)
  }
  return { ...reading, concerns }
}

function settle(found: CheckedConcern, { kind, open }: Doubted, isSo: boolean): CheckedConcern {
  if (kind === 'danger') return { ...found, draft: { ...found.draft, urgency: isSo ? 'red' : calmer(found) } }
  if (!isSo) return found
  return kind === 'same' ? { ...found, sameAs: open } : { ...found, draft: { ...found.draft, doubt: null } }
}

function calmer({ draft }: CheckedConcern): 'yellow' | 'blue' {
  return draft.urgency === 'blue' ? 'blue' : 'yellow'
}

function isDangerDisputed(asked: AskedEpisode, lines: number[], { draft }: CheckedConcern): boolean {
  if (draft.nature === 'inquiry' || draft.nature === 'suggestion') return false
  const hasCue = lines.some((line) => hasUrgentCue(asked.question.lines[line - 1]?.text ?? ''))
  return hasCue !== (draft.urgency === 'red')
}

/** The newest concern in sight of the same category at the very same place, unless the reader named one itself. */
function likelySame(asked: AskedEpisode, { draft, sameAs }: CheckedConcern): number | null {
  if (sameAs !== null || draft.place.compound === null) return null
  const same = [...asked.open.values()].filter(
    ({ category, place }) =>
      category === draft.category && place.building === draft.place.building && place.compound === draft.place.compound,
  )
  return same.length === 0 ? null : Math.max(...same.map(({ no }) => no))
}

function linesOf(asked: AskedEpisode, { cited }: CheckedConcern): number[] {
  const told = new Set(cited.filter(({ role }) => role === 'told').map(({ seq }) => seq))
  return asked.messages.flatMap(({ seq }, index) => (told.has(seq) ? [index + 1] : []))
}
