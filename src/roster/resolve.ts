import { agree, nowhere } from './answers.ts'
import { namesHome, namesOwnBuilding } from './home.ts'
import type { Mention } from './mentions.ts'
import type { Place } from './place.ts'
import { chooseBuilding, findUnnamedBuilding } from './resolve-building.ts'
import { chooseBetween, findAreas, findUnnamedCompound } from './resolve-compound.ts'
import { placeAtHome } from './resolve-home.ts'
import type { Roster } from './roster.ts'
import { differentHouses } from './said-line.ts'
import type { Span } from './spans.ts'
import { type PlaceQuestion, readTalk, type Talk } from './talk.ts'

export { speaksOfHome } from './home.ts'

/**
 * Where something is, by the roster alone; never throws, never guesses: what stays open is `ambiguous`.
 * Explicit words come first, then what stands before them in the line, the conversation, the speaker's home.
 * 兰乔一期5栋 → that building; 12栋 after 碧阳 in the line → 碧阳12栋; 我们栋 → the home building; 5栋 alone, 99栋 and
 * 我们栋 of a shared name → ambiguous; 碧阳南门, B区, 16至21栋 → compound.
 */
export function resolvePlace(roster: Roster, question: PlaceQuestion): Place {
  const talk = readTalk(roster, question)
  const end = talk.line.text.length
  if (talk.spans.length === 0) return findUnnamed(talk, { start: end, end })
  return agree(spansToRead(talk).map((span) => findAt(talk, span)))
}

/** The words may stand in their line more than once: where a mention of the claimed kind is, else where any is, else all. */
function spansToRead({ spans, line, question }: Talk): readonly Span[] {
  const naming = spans.filter((span) => line.mentions.some((mention) => overlaps(mention, span)))
  const fitting = naming.filter((span) =>
    line.mentions.some(
      (mention) => overlaps(mention, span) && (mention.kind === 'building') === (question.kind === 'building'),
    ),
  )
  if (fitting.length > 0) return fitting
  return naming.length > 0 ? naming : spans
}

function findAt(talk: Talk, span: Span): Place {
  const { kind } = talk.question
  const named = talk.line.mentions.filter((mention) => overlaps(mention, span))
  const isArea = (mention: Mention) =>
    mention.kind !== 'building' || (kind === 'compound' && span.end <= mention.numberStart)
  const houses = named.filter((mention) => !isArea(mention))
  if (houses.length === 0) {
    const areas = named.filter(isArea)
    return areas.length > 0 ? findAreas(talk, areas, span) : findUnnamed(talk, span)
  }
  if ((kind === 'elsewhere' || kind === 'none') && !houses.some(isPlain)) return nowhere(kind)
  const different = differentHouses(houses)
  if (different.length > 1) return chooseBetween(talk, different)
  const mention = houses.find(({ unit }) => unit !== null) ?? houses[0]!
  return chooseBuilding(talk, { ...mention, candidates: different[0]! }, span)
}

/** Named by its own words: a bare number in words that are said to be of elsewhere proves nothing. */
function isPlain({ named, zone, candidates }: Mention): boolean {
  return named || (candidates.length > 0 && zone !== null) || candidates.length === 1
}

function findUnnamed(talk: Talk, span: Span): Place {
  const { kind, words } = talk.question
  if (kind === 'building') return findUnnamedBuilding(talk, span)
  if (kind === 'compound') return namesHome(words) ? placeAtHome(talk, span, null) : findUnnamedCompound(talk, span)
  const home = namesOwnBuilding(words) ? placeAtHome(talk, span, null) : null
  return home?.kind === 'building' ? home : nowhere(kind)
}

function overlaps(mention: Mention, span: Span): boolean {
  return mention.start < span.end && span.start < mention.end
}
