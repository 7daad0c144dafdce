import type { SoundingName } from './homophones.ts'
import { isOtherArea, isOtherZone, isTailOfOther, isTogether } from './not-a-place.ts'
import { NUMERAL_CHARS } from './numerals.ts'
import type { PlaceIndex, Zone } from './place-index.ts'

/** A compound, or a zone of one, that a text names: 碧阳, 兰桥圣菲一起, 二期, B区. */
export type HeardArea = {
  start: number
  end: number
  compounds: readonly string[]
  /** Whether the compound's own name was said. */
  named: boolean
  zone: string | null
}

/** Compounds and zones in a narrowed text, in order and without overlap; 「一、二期」 is one area without a zone. */
export function findAreas(index: PlaceIndex, text: string): HeardArea[] {
  const compounds = findCompounds(index, text)
  const areas: HeardArea[] = [...compounds]
  for (const zone of findZones(index, text, compounds)) {
    const before = compounds.find(({ end }) => end <= zone.start && GAP.test(text.slice(end, zone.start)))
    if (!before) {
      areas.push(zone)
      continue
    }
    areas.splice(areas.indexOf(before), 1, {
      ...before,
      end: zone.end,
      zone: before.compounds.some((name) => zone.compounds.includes(name)) ? zone.zone : null,
    })
  }
  return areas.sort((one, other) => one.start - other.start)
}

/** What may stand between a compound's name and the zone or number that belongs to it: 碧阳的12栋, 兰乔 一期. */
export const GAP = /^[\s·-]{0,2}(?:里面|里头?|那边|这边)?(?:那个|这个|那|的)?\s?$/

function findCompounds(index: PlaceIndex, text: string): HeardArea[] {
  const read = index.compoundName
    ? [...text.matchAll(index.compoundName)].map((match) => ({
        start: match.index,
        end: match.index + match[0].length,
        name: index.compoundNames.find((one) => one.text === match[0])!,
      }))
    : []
  const heard = index.ear.hear(text).filter((one) => one.hasSameTones || isClear(one, text))
  const longestFirst = [...read, ...heard].sort((one, other) => other.end - other.start - (one.end - one.start))
  const kept: typeof read = []
  for (const one of longestFirst) {
    if (kept.some((other) => other.start < one.end && one.start < other.end)) continue
    kept.push(one)
  }
  return kept
    .filter(({ start, end, name }) => !isElsewhere(name, text.slice(Math.max(0, start - 12), start), text.slice(end)))
    .map(({ start, end, name }) => ({
      start,
      end: text.startsWith('小区', end) ? end + 2 : end,
      compounds: [name.owner],
      named: true,
      zone: null,
    }))
    .sort((one, other) => one.start - other.start)
}

/** With other tones, two syllables alone are too little (鼻痒 is no 碧阳): a hanzi of the name, 小区 or a number must help. */
function isClear({ start, end, name }: { start: number; end: number; name: SoundingName }, text: string): boolean {
  if (end - start > 2) return true
  if ([...text.slice(start, end)].some((char) => name.owner.includes(char))) return true
  return CLEAR_AFTER.test(text.slice(end, end + 8))
}

const CLEAR_AFTER = new RegExp(`^\\s?(?:小区|国际|[${NUMERAL_CHARS}]{1,3}(?:栋|幢|号楼|期|#))`)

function isElsewhere({ text, owner }: SoundingName, before: string, after: string): boolean {
  const isTail = owner.includes(text) && !owner.startsWith(text)
  return (isTail && isTailOfOther(text, before)) || isOtherArea(after.slice(0, 8))
}

function findZones(index: PlaceIndex, text: string, compounds: HeardArea[]): HeardArea[] {
  if (!index.zoneAlone) return []
  return [...text.matchAll(index.zoneAlone)].flatMap((match) => {
    const [start, end] = [match.index, match.index + match[0].length]
    const around = { before: text.slice(Math.max(0, start - 12), start), after: text.slice(end, end + 8) }
    const slip = index.zonesBySlip.get(match[0])
    const zones = index.zonesBySpelling.get(match[0]) ?? slip ?? []
    const follows = compounds.some((one) => one.end <= start && GAP.test(text.slice(one.end, start)))
    if (slip && !(follows && !isTogether(around.before))) return []
    const joint = jointBefore(index, match[0], around.before)
    if (!follows && !joint && isOtherZone(match[0], around)) return []
    if (!joint && new RegExp(`[${NUMERAL_CHARS}.]$`).test(around.before)) return []
    return [{ start: start - (joint?.length ?? 0), end, ...spanOf(zones, joint !== null) }]
  })
}

/** The head of another zone right before this one: 一、 in 一、二期, A in AB区. */
function jointBefore(index: PlaceIndex, zone: string, before: string): string | null {
  const said = /(?<![0-9一二三四五六七八九十A-Z第])([一二三四五六七八九1-9A-Z])[、和及与]?$/.exec(before)
  return said && index.zonesBySpelling.has(said[1]! + zone.slice(1)) ? said[0] : null
}

function spanOf(zones: readonly Zone[], isJoint: boolean): Pick<HeardArea, 'compounds' | 'named' | 'zone'> {
  return {
    compounds: [...new Set(zones.map(({ compound }) => compound))],
    named: false,
    zone: isJoint ? null : (zones[0]?.name ?? null),
  }
}
