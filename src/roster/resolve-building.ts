import { ambiguous, atBuilding } from './answers.ts'
import { endsWithOthers, endsWithWe, isOnlyHome, namesHome, speaksOfHome } from './home.ts'
import type { Mention } from './mentions.ts'
import type { Place } from './place.ts'
import { placeAtHome } from './resolve-home.ts'
import { unitAt } from './resolve-unit.ts'
import type { Building } from './roster.ts'
import { aboutAt, differentHouses, itemOf, narrowTo, scopeOf, shared } from './said-line.ts'
import type { Span } from './spans.ts'
import type { Talk } from './talk.ts'

/** The building that a number means, of those its own words and its line leave: by the talk, by who asked, by the home. */
export function chooseBuilding(talk: Talk, mention: Mention, span: Span): Place {
  const { question, homes, homeCompound } = talk
  if (mention.candidates.length === 0) return ambiguous(mention.compounds)
  const candidates = narrowByTalk(talk, mention.candidates)
  const at = (building: Building) => atBuilding(building, unitAt(talk, building, span, mention))
  if (candidates.length === 1) return at(candidates[0]!)
  const asked = candidates.filter(({ compound }) => question.askers.includes(compound))
  const pool = asked.length > 0 ? asked : candidates
  const isHome = (building: Building) => homes.includes(building)
  if (candidates.some(isHome) && !pool.some(isHome)) return ambiguous(compoundsOf(candidates))
  const before = talk.line.text.slice(0, mention.start)
  if (!endsWithOthers(before)) {
    const saysWe = endsWithWe(before) || namesHome(question.words) || namesHome(talk.line.text.slice(0, mention.end))
    const home = pool.filter(isHome)
    if (home.length === 1 && (homeCompound !== null || saysWe)) return at(home[0]!)
    const near = pool.filter(({ compound }) => compound === homeCompound)
    if (saysWe && near.length === 1) return at(near[0]!)
    if (saysWe && near.length > 1) return ambiguous(compoundsOf(near))
  }
  return pool.length === 1 ? at(pool[0]!) : ambiguous(compoundsOf(pool))
}

/** Words that name no place, though a building is claimed: 楼上, 二单元, 楼道. The line, the home, then the talk may tell. */
export function findUnnamedBuilding(talk: Talk, span: Span): Place {
  const { question, line } = talk
  if (namesHome(question.words)) return placeAtHome(talk, span, null)
  const near = nearbyHouse(talk, span)
  if (near) return chooseBuilding(talk, near, span)
  const isUnsaid = question.words.trim() === ''
  if (speaksOfHome(question.words) || namesHome(line.text) || (isUnsaid && speaksOfHome(line.text))) {
    return placeAtHome(talk, span, null)
  }
  for (const { text, mentions } of talk.conversation) {
    if (isOnlyHome(text)) return placeAtHome(talk, span, null)
    const [only, ...more] = differentHouses(mentions)
    if (more.length > 0) break
    if (!only) continue
    const [building, ...others] = only
    if (building && others.length === 0) return atBuilding(building, unitAt(talk, building, span, null))
    return ambiguous(compoundsOf(only))
  }
  return ambiguous([...new Set(aboutAt(line, span.start).map(({ compound }) => compound))])
}

/** The one building named in the item of a list that the words stand in. */
export function nearbyHouse({ line }: Talk, span: Span): Mention | null {
  const item = itemOf(line, span)
  const houses = line.mentions.filter(
    ({ kind, start, end }) => kind === 'building' && start >= item.start && end <= Math.max(item.end, span.end),
  )
  const different = differentHouses(houses)
  if (different.length !== 1) return null
  return { ...(houses.find(({ unit }) => unit !== null) ?? houses[0]!), candidates: different[0]! }
}

/** Nearest line first, each narrows what is left; a line that names this very building settles it. */
function narrowByTalk({ index, conversation }: Talk, all: readonly Building[]): readonly Building[] {
  let candidates = all
  for (const { mentions } of conversation) {
    if (candidates.length === 1) break
    const named = new Set(
      mentions.flatMap((one) => (one.candidates.length === 1 ? shared(candidates, one.candidates) : [])),
    )
    const about = mentions.flatMap((mention) => scopeOf(index, mention))
    candidates = named.size > 0 ? [...named] : narrowTo(index, candidates, about)
  }
  return candidates
}

function compoundsOf(buildings: readonly Building[]): string[] {
  return buildings.map(({ compound }) => compound)
}
