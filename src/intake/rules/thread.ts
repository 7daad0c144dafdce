import type { Category } from '../../concerns/taxonomy.ts'
import type { Compound } from '../../roster/roster.ts'
import type { Line, OpenConcern } from '../reader.ts'
import { kinOf } from './kin.ts'
import { canBeSame, isSamePlace, type SaidPlace } from './places.ts'
import type { Sense } from './sense.ts'
import { TOPICS } from './vocabulary.ts'

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

/**
 * Why a line is taken for a thread: quoted or addressed, told by the speaker, its topic named, its place named, near.
 * `ownElsewhere`: it speaks of the home of somebody who is not the teller; `contradicts`: of another place.
 */
export type Fit = {
  quoted: boolean
  addressed: boolean
  teller: boolean
  topic: number
  kin: number
  place: boolean
  ownElsewhere: boolean
  contradicts: boolean
  near: number
}

/** How a line fits a thread; null when it quotes another. */
export function fitOf(hint: Hint, thread: Thread): Fit | null {
  const { line, text } = hint
  const isQuoting = line.quotes !== null || line.quotesConcern !== null
  const quoted =
    (line.quotes !== null && [...thread.lines, ...thread.also, ...thread.settled].includes(line.quotes)) ||
    (thread.open !== null && line.quotesConcern === thread.open.no)
  if (isQuoting && !quoted) return null
  const named = Object.keys(TOPICS).filter((category) => TOPICS[category]!.test(text))
  return {
    quoted,
    addressed: thread.teller !== null && hint.addressed.includes(thread.teller),
    teller: thread.teller === line.speaker,
    topic: named.length === 0 ? 0 : named.includes(thread.category) ? 1 : -1,
    kin: kinOf(without(text, hint.place), without(`${thread.title} ${thread.words}`, thread.place)),
    place: isSamePlace(hint.place, thread.place),
    contradicts: !canBeSame(hint.place, thread.place) && !SHARED.has(thread.category),
    ownElsewhere: hint.place?.isOwn === true && thread.teller !== line.speaker,
    near: nearness(hint, thread),
  }
}

/** The thread a line fits best by a measure, 0 or less being no fit; of equals the latest. */
export function bestThread(hint: Hint, threads: readonly Thread[], measure: (fit: Fit) => number): Thread | null {
  let best: { thread: Thread; worth: number } | null = null
  for (const thread of threads) {
    const fit = fitOf(hint, thread)
    if (!fit) continue
    const worth = fit.quoted ? 100 : measure(fit) - (thread.settled.length > 0 || thread.open?.isSettled ? 3 : 0)
    if (worth > 0 && (!best || worth > best.worth || (worth === best.worth && thread.last >= best.thread.last)))
      best = { thread, worth }
  }
  return best?.thread ?? null
}

/** The words less those of the place, which are weighed by themselves. */
export function without(text: string, place: SaidPlace | null): string {
  return place ? text.replaceAll(place.words, ' ') : text
}

/** 10 for the line right after, fading over a dozen lines and half an hour; 0 for what is far. */
function nearness({ position, minute }: Hint, { last, lastMinute }: Thread): number {
  if (lastMinute === null) return 0
  const lines = position - last - 1
  const minutes = Math.max(0, minute - lastMinute)
  if (minutes > 45 || lines > 14) return 0
  return Math.max(0, 10 - lines - Math.floor(minutes / 6))
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
