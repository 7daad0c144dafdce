import { indexPlaces, type PlaceIndex } from './place-index.ts'
import type { Building, Roster } from './roster.ts'
import { readLine, type SaidLine } from './said-line.ts'
import { type Span, spansOf } from './spans.ts'

/** What is known when a place is to be found. */
export type PlaceQuestion = {
  /** What the reader claims the words name. */
  kind: 'building' | 'compound' | 'elsewhere' | 'none'
  /** The place as written, and the whole line it stands in. */
  words: string
  text: string
  /** Other lines cited or quoted, nearest first. */
  conversation: readonly string[]
  /** Building codes of everybody the speaker may be: none when unknown, several when a name is shared. */
  homes: readonly string[]
  /** Compounds of grid officers who asked back, or that the conversation was about. */
  askers: readonly string[]
}

/** A question with everything in it read: the line, the lines around it, where the words stand, who may live where. */
export type Talk = {
  index: PlaceIndex
  question: PlaceQuestion
  line: SaidLine
  conversation: readonly SaidLine[]
  spans: readonly Span[]
  /** Homes of the speaker that are in use; `isHomeUnclear` when another one of them is not. */
  homes: readonly Building[]
  isHomeUnclear: boolean
  /** The compound that all homes lie in. */
  homeCompound: string | null
}

/** Reads a question. Words that do not stand in their line are read alone, the line becoming the nearest of the talk. */
export function readTalk(roster: Roster, question: PlaceQuestion): Talk {
  const index = indexPlaces(roster)
  const isApart = question.words.trim() !== '' && spansOf(question.words, question.text).length === 0
  const text = isApart ? question.words : question.text
  const others = isApart ? [question.text, ...question.conversation] : question.conversation
  const codes = [...new Set(question.homes)]
  const homes = codes.flatMap((code) => index.spots.get(code)?.building ?? [])
  const isHomeUnclear = homes.length < codes.length
  const compounds = new Set(homes.map(({ compound }) => compound))
  return {
    index,
    question,
    line: readLine(roster, text),
    conversation: others.map((line) => readLine(roster, line)),
    spans: spansOf(question.words, text),
    homes,
    isHomeUnclear,
    homeCompound: compounds.size === 1 && !isHomeUnclear ? [...compounds][0]! : null,
  }
}
