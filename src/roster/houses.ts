import { GAP, type HeardArea } from './areas.ts'
import { SLIPS } from './homophones.ts'
import type { Found } from './mentions.ts'
import {
  type Around,
  isBelievableSlip,
  isCount,
  isDwelling,
  isForeign,
  isOtherCode,
  isOtherDash,
  isOtherUnit,
  isTogether,
} from './not-a-place.ts'
import { NUMERAL_CHARS, parseNumeral } from './numerals.ts'
import type { PlaceIndex, Spot, Zone } from './place-index.ts'

/** Buildings that a narrowed text names: by number and word (5栋), by a name of their own (A3), as building-unit (12-1). */
export function findHouses(index: PlaceIndex, text: string, areas: readonly HeardArea[]): Found[] {
  const numbered = findNumbered(index, text, areas)
  const isFree = (one: Found) => !numbered.some((other) => one.start < other.end && other.start < one.end)
  return [
    ...numbered,
    ...findNamed(index, text, areas).filter(isFree),
    ...findDashed(index, text, areas).filter(isFree),
  ]
}

const NUMBER = `\\d{1,3}|[${NUMERAL_CHARS.replace('0-9', '')}]{1,5}|[①-⑳]`
const NUMBERED = new RegExp(
  `(?<![${NUMERAL_CHARS}两①-⑳])(?<!\\d[.:])(${NUMBER})((?:\\s?(?:[、,，/~～—–-]|至|到|和|与|及|跟|或)\\s?(?:${NUMBER})){0,8})(\\s?(?:栋|幢|号楼|号栋|座)|#楼?|[${SLIPS.栋}])`,
  'g',
)
const ONE_NUMBER = new RegExp(NUMBER, 'g')
/** 12栋一单元, 12栋 1单元, 12号楼,2单元, 12栋1-302; 12栋一、二单元 says two, so none. */
const UNIT_AFTER = new RegExp(`^楼?[\\s,，的-]{0,2}([${NUMERAL_CHARS}]{1,2})\\s?(?:单[元员]|-\\d{3,4}(?!\\d))`)

function findNumbered(index: PlaceIndex, text: string, areas: readonly HeardArea[]): Found[] {
  return [...text.matchAll(NUMBERED)].flatMap((match) => {
    const said = match[1]! + match[2]!
    const isCode = /[A-Z]$/.test(text.slice(0, match.index))
    const list = knownOnly(index, [...said.matchAll(ONE_NUMBER)], isCode ? said.search(/[,，]/) : -1)
    const numbers = list.flatMap(([one]) => spokenNumbers(one))
    if (numbers.length < list.length || numbers.includes(0)) return []
    const start = match.index + list[0]!.index
    const end = match.index + match[0].length
    const origin = findOrigin(index, text, start, areas)
    const around = {
      before: text.slice(Math.max(0, origin.start - 14), origin.start),
      after: text.slice(end, end + 14),
    }
    if (!isBuilding(index, numbers, list.at(-1)![0], match[3]!.trim(), around, origin)) return []
    const unit = numbers.length === 1 ? unitAfter(text, end) : { unit: null, end }
    return numbers.map((number) => house(index, origin, { number, numberStart: start, ...unit }))
  })
}

function isBuilding(
  index: PlaceIndex,
  numbers: number[],
  said: string,
  word: string,
  around: Around,
  origin: Origin,
): boolean {
  const exists = numbers.every((number) => index.byNumber.has(number))
  if (SLIPS.栋!.includes(word)) return exists && (origin.isSaid || isBelievableSlip(said, around))
  if (isOtherUnit(word, said, around)) return false
  if (origin.isSaid) return true
  if (isForeign(around.before)) return false
  if (word !== '号楼' && isCount(said, around)) return false
  return exists || /^(?:栋|幢|号楼|号栋)$/.test(word)
}

/** What a list begins with may have been said before it: in 「打119,12栋停电」 119 is no building, in 「维生素B6,12栋」 6. */
function knownOnly(index: PlaceIndex, list: RegExpExecArray[], comma: number): RegExpExecArray[] {
  const isPart = ({ 0: said, index: at }: RegExpExecArray) => at > comma && index.byNumber.has(parseNumeral(said) ?? -1)
  const first = list.findIndex((one, at) => at === list.length - 1 || isPart(one))
  return list.slice(first)
}

/** Hanzi that count up (二三栋) are two buildings; 二十三 is one, 十二三 none that could be told. */
function spokenNumbers(said: string): number[] {
  const value = parseNumeral(said)
  if (value === null) return []
  const isRun = /^[一二三四五六七八九]{2}$/.test(said) && value % 10 === Math.trunc(value / 10) + 1
  return isRun ? [Math.trunc(value / 10), value % 10] : [value]
}

function findNamed(index: PlaceIndex, text: string, areas: readonly HeardArea[]): Found[] {
  if (!index.literal) return []
  return [...text.matchAll(index.literal)].flatMap((match) => {
    const start = match.index
    const end = start + match[0].length
    const codes = index.literals.get(match[0]) ?? []
    const compound = areaBefore(text, start, areas)
    const around = { before: text.slice(Math.max(0, start - 14), start), after: text.slice(end, end + 14) }
    if (!compound && (isOtherCode(around) || isForeign(around.before))) return []
    const spots = codes.map((code) => index.spots.get(code)!)
    const fits = compound ? spots.filter((one) => compound.compounds.includes(one.building.compound)) : spots
    const said = fits[0] ?? spots[0]
    if (!said) return []
    return [
      {
        kind: 'building' as const,
        start: compound?.start ?? start,
        numberStart: start,
        ...unitAfter(text, end),
        compounds: compound?.compounds ?? [...new Set(spots.map(({ building }) => building.compound))],
        named: compound !== null,
        zone: said.zone || null,
        number: said.number,
        candidates: fits.map(({ building }) => building),
      },
    ]
  })
}

const DASHED = /(?<![\d.\-:/#A-Z])(\d{1,2})-(\d)(?:-(\d{3,4}))?(?![\d.\-:/%A-Z])/g

function findDashed(index: PlaceIndex, text: string, areas: readonly HeardArea[]): Found[] {
  return [...text.matchAll(DASHED)].flatMap((match) => {
    const [number, unit, door] = [Number(match[1]), Number(match[2]), match[3]]
    const start = match.index
    const end = start + match[0].length
    const origin = findOrigin(index, text, start, areas)
    const around = {
      before: text.slice(Math.max(0, origin.start - 14), origin.start),
      after: text.slice(end, end + 14),
    }
    const found = house(index, origin, { number, numberStart: start, unit, end })
    const candidates = found.candidates.filter(({ units }) => unit >= 1 && unit <= units)
    if (candidates.length === 0 || isOtherDash(around) || isForeign(around.before)) return []
    const isDate = number <= 12 || /^(?:19|20)\d\d$/.test(door ?? '')
    if (!origin.isSaid && isDate && (door === undefined || door.length === 4) && !isDwelling(around)) return []
    return [{ ...found, candidates }]
  })
}

/** The compound and zone right before a number; `start` is where they begin. */
type Origin = { start: number; compounds: readonly string[] | null; zones: readonly Zone[] | null; isSaid: boolean }

function findOrigin(index: PlaceIndex, text: string, start: number, areas: readonly HeardArea[]): Origin {
  const area = areaBefore(text, start, areas)
  if (area?.zone) return { start: area.start, ...zoneOf(index, area), isSaid: true }
  const before = text.slice(0, start).replace(/[\s-]{0,2}$/, '')
  const zone = zoneBefore(index, before)
  const zoneStart = zone?.start ?? (area ? start : unknownZone(before, text.slice(before.length, start)))
  const compound = area ?? (zoneStart === null ? null : areaBefore(text, zoneStart, areas))
  const zones = zone?.zones ?? (zoneStart === null || area ? null : [])
  return {
    start: compound?.start ?? zoneStart ?? start,
    compounds: compound?.compounds ?? null,
    zones,
    isSaid: compound !== null || zones !== null,
  }
}

function zoneOf(index: PlaceIndex, { compounds, zone, named }: HeardArea): Pick<Origin, 'compounds' | 'zones'> {
  const zones = compounds.map((compound) => ({ compound, name: zone! }))
  const known = [...index.zonesBySpelling.values()].flat()
  return {
    compounds: named ? compounds : null,
    zones: zones.filter((one) => known.some((other) => other.compound === one.compound && other.name === one.name)),
  }
}

function areaBefore(text: string, start: number, areas: readonly HeardArea[]): HeardArea | null {
  return areas.find(({ end }) => end <= start && end > start - 8 && GAP.test(text.slice(end, start))) ?? null
}

function zoneBefore(index: PlaceIndex, before: string): { start: number; zones: readonly Zone[] } | null {
  const tail = before.slice(-12)
  for (const [end, zones] of [
    [index.zoneEnd, index.zonesBySpelling],
    [index.zoneSlipEnd, index.zonesBySlip],
  ] as const) {
    const said = end?.exec(tail)?.[1]
    if (said === undefined) continue
    const rest = before.slice(0, before.length - said.length)
    if (/[A-Z0-9]$/.test(rest) && /^[A-Z0-9]/.test(said)) continue
    if (new RegExp(`[${NUMERAL_CHARS}第]$`).test(rest) && /^[一二三四五六七八九十]/.test(said)) continue
    if (end === index.zoneSlipEnd && isTogether(rest.slice(-8))) continue
    return { start: rest.length, zones: zones.get(said)! }
  }
  return null
}

/** A zone that no compound has (三期5栋, C5栋) still says that 5栋 alone was not meant. */
function unknownZone(before: string, gap: string): number | null {
  const said = new RegExp(`(?:[${NUMERAL_CHARS}]{1,2}期|[A-Z甲乙丙丁东南西北中]区|组团)$`).exec(before)?.[0]
  if (said) return before.length - said.length
  const letter = gap === '' || gap === '-' ? /(?<![A-Z0-9])[A-Z]$/.exec(before)?.[0] : undefined
  return letter ? before.length - 1 : null
}

function unitAfter(text: string, end: number): { unit: number | null; end: number } {
  const said = UNIT_AFTER.exec(text.slice(end, end + 12))
  const unit = said ? parseNumeral(said[1]!) : null
  return unit === null ? { unit: null, end } : { unit, end: end + said![0].length }
}

function house(
  index: PlaceIndex,
  origin: Origin,
  said: { number: number; numberStart: number; unit: number | null; end: number },
): Found {
  const inCompound = (index.byNumber.get(said.number) ?? []).filter(
    ({ building }) => origin.compounds === null || origin.compounds.includes(building.compound),
  )
  const spots = origin.zones === null ? plainFirst(inCompound) : inCompound.filter((one) => isIn(one, origin.zones!))
  const compounds = origin.compounds ?? origin.zones?.map(({ compound }) => compound) ?? []
  return {
    kind: 'building',
    start: origin.start,
    ...said,
    compounds: compounds.length > 0 ? compounds : [...new Set(spots.map(({ building }) => building.compound))],
    named: origin.compounds !== null,
    zone: origin.zones?.[0]?.name ?? null,
    candidates: spots.map(({ building }) => building),
  }
}

/** Where a compound has both 5栋 and A区5栋, a bare 5栋 there is the plain one. */
function plainFirst(spots: readonly Spot[]): Spot[] {
  const plain = new Set(spots.filter(({ zone }) => zone === '').map(({ building }) => building.compound))
  return spots.filter(({ zone, building }) => zone === '' || !plain.has(building.compound))
}

function isIn(spot: Spot, zones: readonly Zone[]): boolean {
  return zones.some(({ compound, name }) => compound === spot.building.compound && name === spot.zone)
}
