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
  const before = talk.line.text.slice(0, mention.start)
  const possible = endsWithWe(before) ? ownFirst(talk, mention) : mention.candidates
  if (possible.length === 0) return ambiguous([null])
  const { candidates, isNamed } = narrowByTalk(talk, possible)
  const isHome = (building: Building) => homes.includes(building)
  if (!isNamed && possible.some(isHome) && !candidates.some(isHome)) return ambiguous(compoundsOf(possible))
  const at = (building: Building) => atBuilding(building, unitAt(talk, building, span, mention))
  if (candidates.length === 1) return at(candidates[0]!)
  const asked = candidates.filter(({ compound }) => question.askers.includes(compound))
  const pool = asked.length > 0 ? asked : candidates
  if (candidates.some(isHome) && !pool.some(isHome)) return ambiguous(compoundsOf(candidates))
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

/**
 * 我们12栋 is in the speaker's compound, whatever the others talk of: it leaves the candidates there. None where the
 * line itself speaks of another compound; all where the home is unknown, has no such number, or the words name a place.
 */
function ownFirst({ index, homeCompound }: Talk, mention: Mention): readonly Building[] {
  const { candidates, number, named, zone } = mention
  if (named || zone !== null || number === null || homeCompound === null) return candidates
  const own = (index.byNumber.get(number) ?? []).map(({ building }) => building)
  const near = own.filter(({ compound }) => compound === homeCompound)
  return near.length === 0 ? candidates : shared(candidates, near)
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

/**
 * Nearest line first, each narrows what is left; a line that names this very building settles it (`isNamed`), one that
 * only names a compound does not stand against a home that would fit.
 */
function narrowByTalk({ index, conversation }: Talk, all: readonly Building[]) {
  let candidates = all
  for (const { mentions } of conversation) {
    if (candidates.length === 1) break
    const named = new Set(
      mentions.flatMap((one) => (one.candidates.length === 1 ? shared(candidates, one.candidates) : [])),
    )
    if (named.size > 0) return { candidates: [...named], isNamed: true }
    candidates = narrowTo(
      index,
      candidates,
      mentions.flatMap((mention) => scopeOf(index, mention)),
    )
  }
  return { candidates, isNamed: false }
}

function compoundsOf(buildings: readonly Building[]): string[] {
  return buildings.map(({ compound }) => compound)
}
