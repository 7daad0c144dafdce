import type { FoundConcern, FoundUpdate, Question, Reader, Reading } from '../reader.ts'
import { readThreads } from './read-threads.ts'
import { natureOf, urgencyOf } from './sense.ts'
import type { Known, Thread } from './thread.ts'
import { titleOf } from './title.ts'

/** Reads an episode by keyword rules: the reader when no model is configured. All it finds is unsure. */
export class RulesReader implements Reader {
  readonly name = 'rules'
  readonly #known: Known

  constructor(known: Known) {
    this.#known = known
  }

  async read(question: Question): Promise<Reading> {
    return readByRules(question, this.#known)
  }
}

/** The reading of a question by keyword rules; pure, the same for the same question. */
export function readByRules(question: Question, known: Known): Reading {
  const threads = readThreads(question, known)
  const isNew = (number: number) => question.lines[number - 1]?.isNew === true
  return {
    concerns: threads
      .filter((thread) => !thread.open && thread.lines.some(isNew))
      .map((thread) => concernOf(thread, known)),
    updates: threads.flatMap((thread) => updatesOf(thread, isNew)),
  }
}

function concernOf(thread: Thread, { categories }: Known): FoundConcern {
  const { category, place, placeLine, words } = thread
  const nature = natureOf(words, category)
  const usual = categories.find(({ code }) => code === category)?.urgency ?? 'blue'
  const sorted = (numbers: number[]) => [...new Set(numbers)].sort((a, b) => a - b)
  return {
    lines: sorted(thread.lines),
    also: sorted(thread.also),
    settled: sorted(thread.settled),
    title: titleOf(place, thread.title),
    nature,
    category,
    urgency: urgencyOf(words, { category, nature, usual }),
    placeKind: place?.kind ?? 'none',
    placeWords: place?.words ?? null,
    placeLine: place ? placeLine : null,
    sameAs: thread.sameAs,
    sure: false,
  }
}

function updatesOf(
  { open, lines, also, settled, place, placeLine }: Thread,
  isNew: (line: number) => boolean,
): FoundUpdate[] {
  if (!open) return []
  const more = [...lines, ...also].filter(isNew).sort((a, b) => a - b)
  const done = settled.filter(isNew)
  const nowhere = { placeWords: null, placeLine: null }
  return [
    ...(more.length > 0 ? [{ concern: open.no, kind: 'more' as const, lines: more, ...nowhere }] : []),
    ...(place && placeLine !== null && isNew(placeLine)
      ? [{ concern: open.no, kind: 'place' as const, lines: [placeLine], placeWords: place.words, placeLine }]
      : []),
    ...(done.length > 0 ? [{ concern: open.no, kind: 'settled' as const, lines: done, ...nowhere }] : []),
  ]
}
