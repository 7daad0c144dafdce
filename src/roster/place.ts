import type { PlaceKind } from '../../db/schema.ts'

/** Where something is. `building` and `partyGroup` only when exactly one building is meant; `compound` as far as it is certain. */
export type Place = {
  kind: PlaceKind
  compound: string | null
  building: string | null
  unit: number | null
  partyGroup: number | null
}
