import { ambiguous, atBuilding } from './answers.ts'
import type { Place } from './place.ts'
import { unitAt } from './resolve-unit.ts'
import type { Building } from './roster.ts'
import { differentHouses, isAnswer, saysToo } from './said-line.ts'
import type { Span } from './spans.ts'
import type { Talk } from './talk.ts'

/** The speaker's own building (within the compound named with it): by the roster, else as the talk tells it, else ambiguous. */
export function placeAtHome(talk: Talk, span: Span, within: string | null): Place {
  const homes = talk.homes.filter(({ compound }) => within === null || compound === within)
  const known = homes.length === 1 && !talk.isHomeUnclear ? homes[0]! : toldHome(talk, homes)
  if (known && (within === null || known.compound === within)) {
    return atBuilding(known, unitAt(talk, known, span, null))
  }
  if (within !== null) return ambiguous([within])
  return ambiguous(talk.isHomeUnclear ? [null] : homes.map(({ compound }) => compound))
}

/** 「10栋噻」 of one who may live there, or 「我是碧阳10栋的」 of somebody nobody knows. */
function toldHome({ line, conversation, question }: Talk, homes: readonly Building[]): Building | null {
  if (saysToo(line)) return null
  for (const answer of conversation) {
    const [named, ...more] = differentHouses(answer.mentions)
    if (!named || more.length > 0 || !isAnswer(answer)) continue
    const asked = named.filter(({ compound }) => question.askers.includes(compound))
    const own = named.filter((building) => homes.includes(building))
    const told = question.homes.length > 0 ? own : asked.length > 0 ? asked : named
    if (told.length === 1) return told[0]!
  }
  return null
}
