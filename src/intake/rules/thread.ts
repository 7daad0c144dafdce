import type { Category } from '../../concerns/taxonomy.ts'
import type { Compound } from '../../roster/roster.ts'
import type { Line, OpenConcern } from '../reader.ts'
import type { SaidPlace } from './places.ts'
import type { Sense } from './sense.ts'

/** What the rules know besides their words: the compounds' names and aliases, and the categories with their usual urgency. */
export type Known = { compounds: readonly Compound[]; categories: readonly Category[] }

/** A concern as it grows while the lines are read; `open` when it stands in the ledger already. */
export type Thread = {
  category: string
  title: string
  /** The label of who told it; null for an open concern of somebody not among the speakers. */
  teller: string | null
  lines: number[]
  also: number[]
  settled: number[]
  /** Labels of those who answered, asked after or took it in hand. */
  hands: string[]
  place: SaidPlace | null
  placeLine: number | null
  /** Position of its latest line, and how many lines since then belonged to nothing; -1 when not yet spoken of. */
  last: number
  /** Minute of its latest line; null likewise. */
  lastMinute: number | null
  open: OpenConcern | null
  /** Number of the open concern it repeats by category and place words. */
  sameAs: number | null
  /** Its number in a list; it shares its line with others. */
  item: number | null
  /** The words it rests on, for nature, urgency and likeness. */
  words: string
}

/** What a later line says, as far as it can tell which thread it speaks of. */
export type Hint = {
  line: Line
  position: number
  minute: number
  text: string
  place: SaidPlace | null
  /** Labels of the speakers it addresses with @. */
  addressed: readonly string[]
}

/** What has been read so far. */
export type Reading = {
  threads: Thread[]
  /** Lines that told nothing by themselves. */
  fragments: Hint[]
  known: Known
}

/** Troubles of pipes and wires shared by many houses: the same word from another building is the same concern. */
export const SHARED = new Set(['water_drainage', 'power_gas_heat'])

/** The words less those of the place, which are weighed by themselves. */
export function without(text: string, place: SaidPlace | null): string {
  return place ? text.replaceAll(place.words, ' ') : text
}

/** A thread that begins with a line. */
export function newThread(hint: Hint, sense: Sense): Thread {
  return {
    category: sense.category,
    title: sense.title,
    teller: hint.line.speaker,
    lines: [hint.line.number],
    also: [],
    settled: [],
    hands: [],
    place: hint.place,
    placeLine: hint.place && hint.line.number,
    last: hint.position,
    lastMinute: hint.minute,
    open: null,
    sameAs: null,
    item: null,
    words: hint.text,
  }
}
