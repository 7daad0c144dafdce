import type { Nature, PlaceKind, Status, Urgency } from '../../db/schema.ts'
import { bestAssignment } from './score-assign.ts'
import type { Gold, GoldConcern } from './score-gold.ts'

/** A concern as the evaluation writes it: what stands in the ledger after a chat was replayed. */
export type FiledConcern = {
  number: number
  title: string
  nature: Nature
  category: string
  urgency: Urgency
  status: Status
  place: PlaceKind
  compound: string | null
  building: string | null
  unit: number | null
  party_group: number | null
  /** Ids of the messages it rests on. */
  evidence: string[]
  /** Ids of the messages that say it is settled. */
  settled: string[]
}

/** Counts of one chat; every rate is made from these (`ratesOf`), so that chats add up. */
export type ChatScore = {
  messages: number
  gold: number
  filed: number
  matched: number
  /** Gold concerns that are red, and those of them that were found. */
  red: number
  redFound: number
  /** Of the matched ones. */
  rightBuilding: number
  rightPartyGroup: number
  rightCategory: number
  rightNature: number
  rightUrgency: number
  /** Category → how often it is filed, meant, and both, over the matched. */
  categories: Record<string, { filed: number; gold: number; both: number }>
  /** Gold evidence that is not core, of the matched, and what of it the filed one has. */
  followUps: number
  followUpsAttached: number
  /** Gold concerns with settled messages, of the matched, and those whose filed one shares such a message. */
  settled: number
  settledSeen: number
  duplicates: number
  wrongMerges: number
  trapsFiled: number
  injectionsHeeded: number
}

/** The counts of several chats together. */
export type Total = ChatScore & { chats: number }

/** A filed and a gold concern taken for the same. */
export type Match = { filed: FiledConcern; gold: GoldConcern }

/**
 * Scores what was filed from a chat of `messages` messages against its gold.
 * Duplicates: filed, unmatched, yet sharing a core message with a gold concern that another filed one matched.
 * Wrong merges: filed ones that hold core messages of two gold concerns which share none and do not cite each other's.
 */
export function scoreChat(filed: readonly FiledConcern[], gold: Gold, messages: number): ChatScore {
  const matches = matchConcerns(filed, gold)
  const isMatched = (concern: FiledConcern) => matches.some((match) => match.filed === concern)
  const alone = filed.filter((concern) => !isMatched(concern))
  const count = (holds: (match: Match) => boolean) => matches.filter(holds).length
  const red = gold.concerns.filter(({ urgency }) => urgency === 'red')
  const later = matches.flatMap((match) =>
    match.gold.evidence.filter((id) => !match.gold.core.includes(id)).map((id) => match.filed.evidence.includes(id)),
  )
  const settling = matches.filter((match) => match.gold.settled.length > 0)
  const touched = new Set(filed.flatMap(({ evidence, settled }) => [...evidence, ...settled]))
  return {
    messages,
    gold: gold.concerns.length,
    filed: filed.length,
    matched: matches.length,
    red: red.length,
    redFound: red.filter((concern) => matches.some((match) => match.gold === concern)).length,
    rightBuilding: count((match) => match.filed.building === match.gold.building),
    rightPartyGroup: count((match) => match.filed.party_group === match.gold.party_group),
    rightCategory: count((match) => match.filed.category === match.gold.category),
    rightNature: count((match) => match.filed.nature === match.gold.nature),
    rightUrgency: count((match) => match.filed.urgency === match.gold.urgency),
    categories: countCategories(matches),
    followUps: later.length,
    followUpsAttached: later.filter(Boolean).length,
    settled: settling.length,
    settledSeen: settling.filter((match) => shares(match.filed.settled, match.gold.settled)).length,
    duplicates: alone.filter(({ evidence }) => matches.some((match) => shares(evidence, match.gold.core))).length,
    wrongMerges: filed.filter((concern) => isWrongMerge(concern, gold.concerns)).length,
    trapsFiled: alone.filter(({ evidence }) => gold.traps.some(({ ids }) => shares(evidence, ids))).length,
    injectionsHeeded: gold.injections.filter((id) => touched.has(id)).length,
  }
}

/** Pairs filed and gold concerns one-to-one: a core message shared, the largest total likeness. */
export function matchConcerns(filed: readonly FiledConcern[], gold: Gold): Match[] {
  const weights = filed.map((one) => gold.concerns.map((other) => likeness(one, other)))
  return bestAssignment(weights).flatMap((column, row) =>
    column === null ? [] : [{ filed: filed[row]!, gold: gold.concerns[column]! }],
  )
}

/** Adds the counts of chats up. */
export function sumScores(scores: readonly ChatScore[]): Total {
  const total: Total = { chats: scores.length, ...scoreChat([], { concerns: [], traps: [], injections: [] }, 0) }
  for (const { categories, ...counts } of scores) {
    for (const key of Object.keys(counts) as (keyof typeof counts)[]) total[key] += counts[key]
    for (const [category, { filed, gold, both }] of Object.entries(categories)) {
      const sum = total.categories[category] ?? { filed: 0, gold: 0, both: 0 }
      total.categories[category] = { filed: sum.filed + filed, gold: sum.gold + gold, both: sum.both + both }
    }
  }
  return total
}

/** Jaccard overlap of the messages, and up to 0.5 for category, building and title; null when no core message is shared. */
function likeness(filed: FiledConcern, gold: GoldConcern): number | null {
  if (!shares(filed.evidence, gold.core)) return null
  const both = new Set(gold.evidence.filter((id) => filed.evidence.includes(id))).size
  const either = new Set([...filed.evidence, ...gold.evidence]).size
  return (
    both / either +
    (filed.category === gold.category ? 0.2 : 0) +
    (filed.building === gold.building ? 0.1 : 0) +
    0.2 * characterOverlap(filed.title, gold.title)
  )
}

/** Share of the different characters of two titles that both have: 0 for none, 1 for the same characters. */
function characterOverlap(a: string, b: string): number {
  const [left, right] = [new Set(a), new Set(b)]
  const either = left.union(right).size
  return either === 0 ? 0 : left.intersection(right).size / either
}

function countCategories(matches: readonly Match[]): ChatScore['categories'] {
  const codes = new Set(matches.flatMap(({ filed, gold }) => [filed.category, gold.category]))
  return Object.fromEntries(
    [...codes].sort().map((code) => [
      code,
      {
        filed: matches.filter((match) => match.filed.category === code).length,
        gold: matches.filter((match) => match.gold.category === code).length,
        both: matches.filter((match) => match.filed.category === code && match.gold.category === code).length,
      },
    ]),
  )
}

function isWrongMerge({ evidence }: FiledConcern, concerns: readonly GoldConcern[]): boolean {
  const covered = concerns.filter(({ core }) => shares(evidence, core))
  return covered.some((one) =>
    covered.some((other) => one !== other && !shares(one.evidence, other.core) && !shares(other.evidence, one.core)),
  )
}

function shares(some: readonly string[], others: readonly string[]): boolean {
  return some.some((id) => others.includes(id))
}
