import type { Concern } from '../concerns/concern.ts'
import { compoundOfOfficer, identify } from '../people/identify.ts'
import type { Place } from '../roster/place.ts'
import { resolvePlace, speaksOfHome } from '../roster/resolve.ts'
import type { Roster } from '../roster/roster.ts'
import type { AskedEpisode } from './question.ts'
import type { FoundConcern } from './reader.ts'

const LEAST_PIECE = 2

type Claim = Pick<FoundConcern, 'lines' | 'also' | 'placeKind' | 'placeWords' | 'placeLine'>

/**
 * Looks up where a found concern is: the reader's words must stand in a line, the building comes from the roster.
 * `line` is the line the words were found in. Never a guess: what stays unclear is ambiguous or none.
 */
export function placeOf(
  asked: AskedEpisode,
  claim: Claim,
  roster: Roster,
  about?: Concern,
): { place: Place; words: string | null; line: number | null } {
  const { lines } = asked.question
  const cited = [...new Set([...claim.lines, ...claim.also])].sort((a, b) => a - b)
  const line = lineOfWords(asked, claim, cited)
  const at = line ?? claim.lines[0]!
  const words = line === null ? null : claim.placeWords
  const textAt = (number: number) => lines[number - 1]?.text ?? ''
  const speaker = asked.messages[at - 1]!
  const nearestFirst = cited.filter((number) => number !== at).sort((a, b) => Math.abs(a - at) - Math.abs(b - at))
  const quoted = [at, ...nearestFirst].flatMap((number) => lines[number - 1]?.quotes ?? [])
  const homeLine = claim.lines.find((number) => speaksOfHome(textAt(number)))
  const place = resolvePlace(roster, {
    kind: claim.placeKind,
    words: words ?? (homeLine === undefined || claim.placeKind === 'elsewhere' ? '' : textAt(homeLine)),
    text: textAt(words === null && homeLine !== undefined ? homeLine : at),
    conversation: [...quoted, ...nearestFirst].map(textAt),
    homes: identify(roster, speaker).homes,
    askers: [
      ...cited.flatMap((number) => compoundOfOfficer(roster, asked.messages[number - 1]?.sender ?? '') ?? []),
      ...(about?.place.compound ? [about.place.compound] : []),
    ],
  })
  return { place, words, line }
}

/** The line in which the words really stand: the claimed one, else a telling one, a cited one, any; null when nobody said them. */
function lineOfWords(asked: AskedEpisode, { placeWords, placeLine, lines }: Claim, cited: number[]): number | null {
  if (placeWords === null || placeWords.trim() === '') return null
  const wanted = bare(placeWords)
  const everywhere = asked.question.lines.map((line) => line.number)
  const order = [...(placeLine === null ? [] : [placeLine]), ...lines, ...cited, ...everywhere]
  const textAt = (number: number) => bare(asked.question.lines[number - 1]?.text ?? '')
  return (
    order.find((number) => textAt(number).includes(wanted)) ??
    order.find((number) => standsInPieces(textAt(number), wanted)) ??
    null
  )
}

/**
 * Whether words stand in a line as two or three pieces, in their order: 「二期7栋门口」 in 「二期走访 ①7栋门口路灯不亮」;
 * not 「三期7栋」, and not 「7栋二期」.
 */
function standsInPieces(text: string, wanted: string, pieces = 3): boolean {
  if (text.includes(wanted)) return true
  if (pieces === 1) return false
  for (let length = wanted.length - LEAST_PIECE; length >= LEAST_PIECE; length--) {
    const at = text.indexOf(wanted.slice(0, length))
    if (at >= 0 && standsInPieces(text.slice(at + length), wanted.slice(length), pieces - 1)) return true
  }
  return false
}

function bare(text: string): string {
  return text.normalize('NFKC').replace(/[\s⏎,,。.、]/gu, '')
}
