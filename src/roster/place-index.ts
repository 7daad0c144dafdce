import { narrow } from './fold.ts'
import { Ear, SLIPS, type SoundingName } from './homophones.ts'
import { digitsFor, NUMERAL_CHARS, parseNumeral, sayNumeral } from './numerals.ts'
import type { Building, Roster } from './roster.ts'

/** A part of a compound that shares the words before the number: 一期, A区; `name` is '' where there are none. */
export type Zone = { compound: string; name: string }

/** A building that is in use, with the zone and number its name gives it; null for a name without a number (东楼). */
export type Spot = { building: Building; zone: string; number: number | null }

/** Everything that finding places needs from a roster, worked out once. */
export type PlaceIndex = {
  spots: ReadonlyMap<string, Spot>
  byNumber: ReadonlyMap<number, readonly Spot[]>
  /** Spellings of a zone before a number (一期 1期 A区 A), and those that a voice transcript may give (一起). */
  zonesBySpelling: ReadonlyMap<string, readonly Zone[]>
  zonesBySlip: ReadonlyMap<string, readonly Zone[]>
  /** Names of buildings that are no number with a word after it: A3, 东楼. */
  literals: ReadonlyMap<string, readonly string[]>
  compoundNames: readonly SoundingName[]
  ear: Ear
  zoneEnd: RegExp | null
  zoneSlipEnd: RegExp | null
  zoneAlone: RegExp | null
  literal: RegExp | null
  compoundName: RegExp | null
}

/** The index of a roster; asked again for the same roster it is the same value. */
export function indexPlaces(roster: Roster): PlaceIndex {
  const known = INDEXES.get(roster)
  if (known) return known
  const index = buildIndex(roster)
  INDEXES.set(roster, index)
  return index
}

const INDEXES = new WeakMap<Roster, PlaceIndex>()

/** 「一期5栋」 → 1期 and 5, 「A3」 → A and 3, 「12号楼」 → no zone and 12; 「东楼」 has no number: null. */
export function splitBuildingName(name: string): { zone: string; number: number; hasWord: boolean } | null {
  const parts = BUILDING_NAME.exec(narrow(name).replace(/\s+/g, ''))
  if (!parts) return null
  const number = parseNumeral(parts[2]!)
  return number === null ? null : { zone: digitsFor(parts[1]!).replace(/-$/, ''), number, hasWord: parts[3] !== '' }
}

const BUILDING_NAME = new RegExp(`^(.*?)(\\d{1,3}|[${NUMERAL_CHARS}]{1,5})(栋楼?|幢|号楼|号栋|座|#楼?|号院|号|楼|)$`)

function buildIndex(roster: Roster): PlaceIndex {
  const inUse = roster.buildings.filter(({ retired }) => !retired)
  const spots = new Map(inUse.map((building) => [building.code, spotOf(building)]))
  const byNumber = Map.groupBy(
    [...spots.values()].filter(({ number }) => number !== null),
    ({ number }) => number!,
  )
  const zonesBySpelling = new Map<string, Zone[]>()
  const literals = new Map<string, string[]>()
  for (const { building, zone } of spots.values()) {
    for (const name of [building.name, ...building.aliases]) {
      const parts = splitBuildingName(name)
      if (!parts || (parts.zone !== '' && !parts.hasWord)) add(literals, narrow(name), building.code)
      if (!parts || parts.zone === '') continue
      for (const spelling of spellings(parts.zone)) {
        const zones = zonesBySpelling.get(spelling) ?? []
        if (!zones.some((one) => one.compound === building.compound && one.name === zone)) {
          zonesBySpelling.set(spelling, [...zones, { compound: building.compound, name: zone }])
        }
      }
    }
  }
  const zonesBySlip = new Map(
    [...zonesBySpelling].flatMap(([spelling, zones]) =>
      [...(SLIPS[spelling.at(-1)!] ?? '')].map((slip): [string, Zone[]] => [spelling.slice(0, -1) + slip, zones]),
    ),
  )
  const compoundNames = roster.compounds
    .filter(({ name }) => inUse.some(({ compound }) => compound === name))
    .flatMap(({ name, aliases }) => [name, ...aliases].map((text) => ({ text: narrow(text), owner: name })))
  const zoneNames = [...zonesBySpelling.keys()]
  return {
    spots,
    byNumber,
    zonesBySpelling,
    zonesBySlip,
    literals,
    compoundNames,
    ear: new Ear(compoundNames),
    zoneEnd: anyOf(zoneNames, '(', ')$'),
    zoneSlipEnd: anyOf([...zonesBySlip.keys()], '(', ')$'),
    zoneAlone: anyOf(
      [...zoneNames, ...zonesBySlip.keys()].filter((name) => name.length > 1 && !/^[A-Z\d]+$/.test(name)),
      '',
      '',
    ),
    literal: anyOf([...literals.keys()], '(?<![A-Z0-9.])(?:', ')(?![A-Z0-9])'),
    compoundName: anyOf(
      compoundNames.map(({ text }) => text),
      '',
      '',
    ),
  }
}

function spotOf(building: Building): Spot {
  const parts = splitBuildingName(building.name)
  return { building, zone: parts?.zone ?? '', number: parts?.number ?? null }
}

/** 1期 is also written 一期; A区 only so. */
function spellings(zone: string): string[] {
  return [...new Set([zone, zone.replace(/\d+/g, (digits) => sayNumeral(Number(digits)))])]
}

function anyOf(words: readonly string[], before: string, after: string): RegExp | null {
  if (words.length === 0) return null
  const longestFirst = [...new Set(words)].sort((one, other) => other.length - one.length)
  return new RegExp(before + longestFirst.map(escapeWord).join('|') + after, after.endsWith('$') ? '' : 'g')
}

function escapeWord(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&')
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  map.set(key, [...(map.get(key) ?? []), value])
}
