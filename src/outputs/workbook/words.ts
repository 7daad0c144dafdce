import type { Taxonomy } from '../../concerns/taxonomy.ts'
import { findBuilding, shortCompoundName } from '../../roster/look-up.ts'
import type { Place } from '../../roster/place.ts'
import type { Roster } from '../../roster/roster.ts'

/** Where the words of the workbook come from besides the rows. */
export type BookWords = {
  roster: Roster
  taxonomy: Taxonomy
  partyGroup(number: number | null): string
  where: { compound(place: Place): string; house(place: Place): string }
}

/** The words for a roster and a taxonomy. */
export function bookWords(roster: Roster, taxonomy: Taxonomy): BookWords {
  return {
    roster,
    taxonomy,
    partyGroup: (number) => roster.partyGroups.find((group) => group.number === number)?.name ?? '',
    where: { compound: (place) => compoundText(roster, place), house: (place) => houseText(roster, place) },
  }
}

function compoundText(roster: Roster, { kind, compound }: Place): string {
  if (compound !== null) return shortCompoundName(roster, compound)
  return kind === 'elsewhere' ? '小区外' : kind === 'none' ? '没说' : '待问'
}

/** 一期5栋2单元; 「哪栋待问」 where people did not say it. */
function houseText(roster: Roster, { kind, building, unit }: Place): string {
  if (kind === 'ambiguous') return '哪栋待问'
  if (building === null) return ''
  return `${findBuilding(roster, building)?.name ?? building}${unit === null ? '' : `${unit}单元`}`
}
