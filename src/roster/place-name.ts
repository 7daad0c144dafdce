import { shortBuildingName, shortCompoundName } from './look-up.ts'
import type { Place } from './place.ts'
import type { Roster } from './roster.ts'

/** A place for people: 碧阳12栋1单元 · 兰乔 · 兰乔(哪栋待问) · 小区外 · 地点没说. */
export function placeName(roster: Roster, { kind, compound, building, unit }: Place): string {
  const short = compound === null ? '' : shortCompoundName(roster, compound)
  switch (kind) {
    case 'building':
      return `${shortBuildingName(roster, building!)}${unit === null ? '' : `${unit}单元`}`
    case 'compound':
      return short
    case 'ambiguous':
      return `${short}(哪栋待问)`
    case 'elsewhere':
      return '小区外'
    case 'none':
      return '地点没说'
  }
}
