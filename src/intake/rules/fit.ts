import { kinOf } from './kin.ts'
import { canBeSame, isSamePlace, type SaidPlace } from './places.ts'
import { type Hint, SHARED, type Thread, without } from './thread.ts'
import { TOPICS } from './vocabulary.ts'

/**
 * Why a line is taken for a thread: quoted or addressed, told by the speaker, its topic named, its place named, near.
 * `isOnly`: no other thread is of that topic or kin; `ownElsewhere`: it speaks of the home of somebody who is not the
 * teller; `contradicts`: of another place.
 */
export type Fit = {
  category: string
  quoted: boolean
  addressed: boolean
  teller: boolean
  /** By somebody who answered it before. */
  hand: boolean
  topic: number
  kin: number
  place: 'building' | 'compound' | null
  isOnly: boolean
  isSettled: boolean
  ownElsewhere: boolean
  contradicts: boolean
  near: number
}

/** How much speaks for a thread, about 6 being enough for a line that plainly answers something. */
export function worthOf(fit: Fit): number {
  const place = fit.place === 'building' ? 6 : fit.place === 'compound' ? 2 : 0
  const isFixed = fit.teller || fit.addressed || fit.place === 'building' || fit.kin >= 4
  const topic = fit.topic > 0 ? 3 : fit.topic < 0 && !isFixed ? -1.5 : 0
  return (
    (fit.addressed ? 6 : 0) +
    (fit.teller ? 5 : fit.hand ? 2 : 0) +
    place +
    topic +
    Math.min(8, fit.kin) +
    fit.near * 0.6 +
    (fit.isOnly ? 3 : 0) -
    (fit.isSettled ? 3 : 0) -
    (fit.ownElsewhere ? 6 : 0)
  )
}

/** The thread a line fits best by a measure, 0 or less being no fit; of equals the latest. */
export function bestThread(hint: Hint, threads: readonly Thread[], measure: (fit: Fit) => number): Thread | null {
  let best: { thread: Thread; worth: number } | null = null
  for (const { thread, fit } of fitsOf(hint, threads)) {
    const worth = fit.quoted ? 100 : measure(fit)
    if (worth > 0 && (!best || worth > best.worth || (worth === best.worth && isLater(thread, best.thread))))
      best = { thread, worth }
  }
  return best?.thread ?? null
}

function isLater(one: Thread, other: Thread): boolean {
  return one.last === other.last ? (one.open?.no ?? 0) > (other.open?.no ?? 0) : one.last > other.last
}

/** How a line fits each of the threads; those that it passes by, quoting another, are left out. */
export function fitsOf(hint: Hint, threads: readonly Thread[]): { thread: Thread; fit: Fit }[] {
  const fits = threads.flatMap((thread) => {
    const fit = fitOf(hint, thread)
    return fit ? [{ thread, fit }] : []
  })
  const kindred = fits.filter(({ fit }) => !fit.contradicts && !fit.isSettled && (fit.topic > 0 || fit.kin >= 2))
  if (kindred.length === 1) kindred[0]!.fit.isOnly = true
  // Where one thread is named by its words, nearness says little for another.
  if (kindred.some(({ fit }) => fit.kin >= 4)) {
    for (const { fit } of fits) if (fit.kin === 0 && !fit.addressed) fit.near = Math.min(fit.near, 5)
  }
  return fits
}

/** How a line fits a thread; null when it quotes another. */
export function fitOf(hint: Hint, thread: Thread): Fit | null {
  const { line, text, place } = hint
  const isQuoting = line.quotes !== null || line.quotesConcern !== null
  const quoted =
    (line.quotes !== null && [...thread.lines, ...thread.also, ...thread.settled].includes(line.quotes)) ||
    (thread.open !== null && line.quotesConcern === thread.open.no)
  if (isQuoting && !quoted) return null
  const named = Object.keys(TOPICS).filter((category) => TOPICS[category]!.test(text))
  const isNamed = place !== null && place.kind !== 'elsewhere'
  const isSame = isNamed && isSamePlace(place, thread.place)
  return {
    category: thread.category,
    quoted,
    addressed: thread.teller !== null && hint.addressed.includes(thread.teller),
    teller: thread.teller === line.speaker,
    hand: thread.hands.includes(line.speaker),
    topic: named.length === 0 ? 0 : named.includes(thread.category) ? 1 : -1,
    kin: kinOf(without(text, place), without(`${thread.title} ${thread.words}`, thread.place)),
    place: !isSame ? null : place.building !== null ? 'building' : 'compound',
    isOnly: false,
    isSettled: thread.settled.length > 0 || thread.open?.isSettled === true,
    contradicts:
      isNamed && !SHARED.has(thread.category) && (!canBeSame(place, thread.place) || isOtherPhase(place, thread)),
    ownElsewhere: speaksOfOwn(hint) && thread.teller !== line.speaker && !SHARED.has(thread.category),
    near: nearness(hint, thread),
  }
}

/** 我家那个也修好了 is about one's own; 先接到我家坐 is not. */
function speaksOfOwn({ text, place }: Hint): boolean {
  return place?.isOwn === true && text.indexOf(place.words) <= 3
}

/** 二期3栋 is not 家属院3号楼 of the ledger, whose places are written in full. */
function isOtherPhase({ phase, building }: SaidPlace, { open, place }: Thread): boolean {
  return open !== null && phase !== null && building !== null && place?.building != null && place.phase !== phase
}

/** 10 for the line right after, fading over a dozen lines and half an hour; 0 for what is far. */
function nearness({ position, minute }: Hint, { last, lastMinute }: Thread): number {
  if (lastMinute === null) return 0
  const lines = position - last - 1
  const minutes = Math.max(0, minute - lastMinute)
  if (minutes > 45 || lines > 14) return 0
  return Math.max(0, 10 - lines - Math.floor(minutes / 6))
}
