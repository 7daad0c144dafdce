import { ambiguous, atBuilding, wholeCompound } from './answers.ts'
import { namesHome, namesOwnCompound, speaksOfOwnCompound } from './home.ts'
import type { Mention } from './mentions.ts'
import type { Place } from './place.ts'
import { nearbyHouse } from './resolve-building.ts'
import { placeAtHome } from './resolve-home.ts'
import { unitAt } from './resolve-unit.ts'
import type { Building } from './roster.ts'
import { aboutAt, type SaidLine, type Scope, scopeOf } from './said-line.ts'
import type { Span } from './spans.ts'
import type { Talk } from './talk.ts'

/** Several buildings in the words (16至21栋, B区二栋三栋): the compound they all lie in. */
export function chooseBetween(talk: Talk, different: readonly (readonly Building[])[]): Place {
  const known = different.filter((candidates) => candidates.length > 0)
  const [first, ...others] = known.map((candidates) => new Set(candidates.map(({ compound }) => compound)))
  if (!first) return ambiguous([null])
  const shared = others.reduce((all, some) => all.intersection(some), first)
  return chooseCompound(talk, [...shared])
}

/** Compounds or zones in the words: 碧阳南门口, B区; claimed as a building, one named beside it in the line counts. */
export function findAreas(talk: Talk, areas: readonly Mention[], span: Span): Place {
  const { kind, words } = talk.question
  const scopes = areas.map((area) => scopeOf(talk.index, area))
  const compounds = namesOf(scopes.flat())
  const [only, ...more] = compounds
  if (kind === 'building' && only !== undefined && more.length === 0) {
    const near = nearbyHouse(talk, span)
    const [building, ...others] = near?.candidates ?? []
    if (near && building?.compound === only && others.length === 0) {
      return atBuilding(building, unitAt(talk, building, span, near))
    }
    if (namesHome(words)) return placeAtHome(talk, span, only)
  }
  const isEachOwn = scopes.every((scope) => scope.length === 1)
  return isEachOwn && more.length > 0 ? ambiguous([null]) : chooseCompound(talk, compounds)
}

/** Words that name no compound, though one is claimed: 大门, 小广场, 我们小区. */
export function findUnnamedCompound(talk: Talk, span: Span): Place {
  const { question, line, homeCompound } = talk
  const about = namesOf(aboutAt(line, span.start))
  if (namesOwnCompound(question.words)) {
    if (homeCompound !== null) return wholeCompound(homeCompound)
    return /也|一样|同样/.test(line.text) ? ambiguous([null]) : oneOf([about, [...new Set(question.askers)]])
  }
  if (about.length > 0) return oneOf([about])
  if (homeCompound !== null && speaksOfOwnCompound(question.words)) return wholeCompound(homeCompound)
  const told = oneOf([compoundsIn(talk, line), ...talk.conversation.map((each) => compoundsIn(talk, each))])
  if (told.compound !== null) return told
  if (homeCompound !== null && namesOwnCompound(line.text)) return wholeCompound(homeCompound)
  return oneOf([[...new Set(question.askers)]])
}

/** Compounds that the words may mean: the talk, who asked, and the home if it is spoken of, choose one. */
function chooseCompound(talk: Talk, compounds: readonly string[]): Place {
  const { question, line, homeCompound, conversation } = talk
  if (compounds.length <= 1) return ambiguousUnlessOne(compounds)
  const possible = (names: readonly string[]) => names.filter((name) => compounds.includes(name))
  const told = oneOf([
    ...conversation.map((each) => possible(compoundsIn(talk, each))),
    possible([...new Set(question.askers)]),
  ])
  if (told.compound !== null) return told
  const speaksOfHome = namesHome(line.text) || speaksOfOwnCompound(line.text)
  return homeCompound !== null && compounds.includes(homeCompound) && speaksOfHome
    ? wholeCompound(homeCompound)
    : ambiguous([null])
}

/** The first of the lists that names anything decides: one compound, or ambiguous. */
function oneOf(lists: readonly (readonly string[])[]): Place {
  return ambiguousUnlessOne(lists.find((names) => names.length > 0) ?? [])
}

function ambiguousUnlessOne(compounds: readonly string[]): Place {
  return compounds.length === 1 ? wholeCompound(compounds[0]!) : ambiguous([null])
}

function compoundsIn({ index }: Talk, line: SaidLine): string[] {
  return namesOf(line.mentions.flatMap((mention) => scopeOf(index, mention)))
}

function namesOf(scope: Scope): string[] {
  return [...new Set(scope.map(({ compound }) => compound))]
}
