import { isAlive } from '../concerns/status.ts'
import { type CheckedConcern, type CheckedReading, UNSURE } from './check.ts'
import type { AskedEpisode } from './question.ts'
import type { Doubt } from './reader.ts'
import { hasUrgentCue } from './urgent.ts'

const MOST_DOUBTS = 6
const WEIGHT: Record<Doubt['kind'], number> = { danger: 0, concern: 1, same: 2 }

/** A doubt, and what it is about: a concern or an update of the reading by its place, or a line that nothing cites. */
export type Doubted = Doubt & { about: { concern: number } | { update: number } | { line: number } }

/** What stands after the second look. */
export type LookedAgain = {
  checked: CheckedReading
  /** Messages that tell of a danger which nobody denied and nothing in the reading holds. */
  missed: number[]
  /** What is to be asked once the reading is filed. */
  later: Doubted[]
}

/** Whether a doubt is about a line that nothing in the reading cites. */
export function isMissedLine({ about }: Doubted): boolean {
  return 'line' in about
}

/**
 * What of a reading is worth a second question: a danger that the rules hear and the reader does not, what the reader
 * was not sure of, and what may be an older concern of the same kind at the same place. Never everything; six at most.
 */
export function doubtsAbout(asked: AskedEpisode, reading: CheckedReading): Doubted[] {
  const { concerns } = reading
  const doubts = concerns.flatMap((found, index): Doubted[] => {
    const doubt = {
      lines: linesOf(asked, toldOf(found)),
      title: found.draft.title,
      open: null,
      about: { concern: index },
    }
    const open = likelySame(asked, found)
    return [
      ...(isDangerMissed(asked, found) ? [{ ...doubt, kind: 'danger' as const }] : []),
      ...(found.draft.doubt === UNSURE ? [{ ...doubt, kind: 'concern' as const }] : []),
      ...(open === null ? [] : [{ ...doubt, kind: 'same' as const, open }]),
    ]
  })
  const byWeight = [...doubts, ...missedLines(asked, reading)].sort((a, b) => WEIGHT[a.kind] - WEIGHT[b.kind])
  return byWeight.slice(0, MOST_DOUBTS)
}

/**
 * The reading after the second answers: they may confirm a concern, make it a danger, or name the older one it repeats;
 * what was left unanswered stays.
 */
export function afterSecondLook(
  reading: CheckedReading,
  doubts: readonly Doubted[],
  answers: readonly (boolean | null)[],
): CheckedReading {
  const concerns = [...reading.concerns]
  const updates = [...reading.updates]
  for (const [index, { about, kind, open }] of doubts.entries()) {
    if (answers[index] !== true || 'line' in about) continue
    if ('update' in about) updates[about.update] = { ...updates[about.update]!, kind: 'worse', urgency: 'red' }
    else concerns[about.concern] = confirmed(concerns[about.concern]!, kind, open)
  }
  return { ...reading, concerns, updates }
}

/** The messages that tell of a danger which nothing in the reading holds, unless a second answer denied it. */
export function missedDangers(doubts: readonly Doubted[], answers: readonly (boolean | null)[]): number[] {
  return doubts.flatMap(({ about }, index) => ('line' in about && answers[index] !== false ? [about.line] : []))
}

function confirmed(found: CheckedConcern, kind: Doubt['kind'], open: number | null): CheckedConcern {
  if (kind === 'same') return { ...found, sameAs: open }
  const change = kind === 'danger' ? { urgency: 'red' as const } : { doubt: null }
  return { ...found, draft: { ...found.draft, ...change } }
}

function isDangerMissed(asked: AskedEpisode, { draft, cited }: CheckedConcern): boolean {
  if (draft.urgency === 'red' || draft.nature === 'inquiry' || draft.nature === 'suggestion') return false
  return cited.some(({ seq }) => isUrgent(asked, seq))
}

/** New lines with an urgent cue that no concern cites, and no update but one that leaves a calm concern calm. */
function missedLines(asked: AskedEpisode, { concerns, updates }: CheckedReading): Doubted[] {
  const held = new Set(concerns.flatMap(({ cited, settled }) => [...cited.map(({ seq }) => seq), ...settled]))
  const fresh = asked.messages.filter((_, index) => asked.question.lines[index]!.isNew)
  return fresh
    .filter(({ seq }) => isUrgent(asked, seq) && !held.has(seq))
    .flatMap(({ seq }): Doubted[] => {
      const update = updates.findIndex(({ cited }) => cited.includes(seq))
      const doubt = { kind: 'danger' as const, lines: linesOf(asked, [seq]), title: '', open: null }
      if (update < 0) return [{ ...doubt, about: { line: seq } }]
      const { no, kind } = updates[update]!
      const isHeld = kind === 'settled' || kind === 'worse' || asked.open.get(no)?.urgency === 'red'
      return isHeld ? [] : [{ ...doubt, about: { update } }]
    })
}

/** The newest living concern in sight of the same category at the very same place, unless the reader named one itself. */
function likelySame(asked: AskedEpisode, { draft, sameAs }: CheckedConcern): number | null {
  if (sameAs !== null || draft.place.compound === null) return null
  const same = [...asked.open.values()].filter(
    ({ category, place }) =>
      category === draft.category && place.building === draft.place.building && place.compound === draft.place.compound,
  )
  const living = same.filter(({ status }) => isAlive(status))
  const numbers = (living.length > 0 ? living : same).map(({ no }) => no)
  return numbers.length === 0 ? null : Math.max(...numbers)
}

function toldOf({ cited }: CheckedConcern): number[] {
  return cited.filter(({ role }) => role === 'told').map(({ seq }) => seq)
}

function linesOf(asked: AskedEpisode, seqs: readonly number[]): number[] {
  return asked.messages.flatMap(({ seq }, index) => (seqs.includes(seq) ? [index + 1] : []))
}

function isUrgent(asked: AskedEpisode, seq: number): boolean {
  const index = asked.messages.findIndex((message) => message.seq === seq)
  return hasUrgentCue(asked.question.lines[index]?.text ?? '')
}
