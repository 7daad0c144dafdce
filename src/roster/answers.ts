import type { Place } from './place.ts'
import type { Building } from './roster.ts'

const NOTHING = { compound: null, building: null, unit: null, partyGroup: null }

/** No place of the roster. */
export function nowhere(kind: 'elsewhere' | 'none'): Place {
  return { ...NOTHING, kind }
}

/** Not to be told: with the compound if it is the same for everything that could be meant. */
export function ambiguous(compounds: readonly (string | null)[]): Place {
  const [only, ...more] = new Set(compounds)
  return { ...NOTHING, kind: 'ambiguous', compound: more.length === 0 ? (only ?? null) : null }
}

/** A compound as a whole, or some part of it. */
export function wholeCompound(compound: string): Place {
  return { ...NOTHING, kind: 'compound', compound }
}

/** One building, with its party group by table; a unit that it does not have is left out. */
export function atBuilding({ code, compound, partyGroup, units }: Building, unit: number | null): Place {
  const isThere = unit !== null && unit >= 1 && unit <= units
  return { kind: 'building', compound, building: code, unit: isThere ? unit : null, partyGroup }
}

/** What several readings of the same words have in common: themselves if they are one, else ambiguous. */
export function agree(places: readonly Place[]): Place {
  const [first, ...others] = places
  if (!first) return nowhere('none')
  const isSame = (one: Place) =>
    one.kind === first.kind && one.compound === first.compound && one.building === first.building
  if (!others.every(isSame)) return ambiguous(places.map(({ compound }) => compound))
  return others.every(({ unit }) => unit === first.unit) ? first : { ...first, unit: null }
}
