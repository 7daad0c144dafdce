import { findAreas, type HeardArea } from './areas.ts'
import { narrow } from './fold.ts'
import { findHouses } from './houses.ts'
import { blankItemNumbers } from './list-items.ts'
import { indexPlaces } from './place-index.ts'
import type { Building, Roster } from './roster.ts'

/** Somewhere in a text a place of the roster is named, as far as its own words go. */
export type Mention = {
  kind: 'building' | 'zone' | 'compound'
  /** Where it stands in the text, [start, end), and the words there. */
  start: number
  end: number
  words: string
  /** Where the number begins; `end` for an area. */
  numberStart: number
  /** Compounds it may lie in by its own words, and the only one of them; `named` when the compound itself is said. */
  compounds: readonly string[]
  compound: string | null
  named: boolean
  /** Zone said (1期, A区), or null. */
  zone: string | null
  /** Number of the building said, or null. */
  number: number | null
  /** Unit said right after it, or null. */
  unit: number | null
  /** The buildings that it may be; for an area, and for a number that no building has, none. */
  candidates: readonly Building[]
}

/** A mention as it is found, before its words are cut out. */
export type Found = Omit<Mention, 'words' | 'compound'>

/**
 * Every building, zone or compound that a text names, in order, each by its own words alone.
 * 五栋 ５幢 5# 五号楼 一期五栋 A3栋 A3 碧阳12栋一单元 蓝桥圣菲一起八栋 二十二洞三单元 16至21栋 (two) 碧阳 B区 are;
 * 第5次会议 12号下午 5号线 3楼 26.5元 A4纸 维生素B6 B2地库 5月12日 9-17点 2-3个人 12号 3号菜 are not.
 */
export function findMentions(roster: Roster, text: string): Mention[] {
  const index = indexPlaces(roster)
  const plain = blankItemNumbers(narrow(text)).text
  const areas = findAreas(index, plain)
  const houses = findHouses(index, plain, areas)
  const free = areas.filter((area) => !houses.some((house) => house.start < area.end && area.start < house.end))
  return [...houses, ...free.map(areaMention)]
    .map((mention) => ({
      ...mention,
      words: text.slice(mention.start, mention.end),
      compound: mention.compounds.length === 1 ? mention.compounds[0]! : null,
    }))
    .sort((one, other) => one.start - other.start || one.numberStart - other.numberStart)
}

function areaMention({ start, end, compounds, zone, named }: HeardArea): Found {
  return {
    kind: zone === null ? 'compound' : 'zone',
    start,
    end,
    numberStart: end,
    compounds,
    named,
    zone,
    number: null,
    unit: null,
    candidates: [],
  }
}
