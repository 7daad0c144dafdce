import { narrow } from './fold.ts'
import { NUMERAL_CHARS } from './numerals.ts'

/** A stretch of a text, [start, end). */
export type Span = { start: number; end: number }

/**
 * Where words stand in a text, whatever the width of their letters and the blanks in the text.
 * 7栋 stands in 「二期7栋门口」; in 「17栋和7栋」 only at the end, in 「17栋」 for want of better; no words stand nowhere.
 */
export function spansOf(words: string, text: string): Span[] {
  const wanted = narrow(words).replace(/\s+/g, '')
  if (wanted === '') return []
  const plain = narrow(text)
  const kept = plain.split('').flatMap((char, at) => (/\s/.test(char) ? [] : [{ char, at }]))
  const bare = kept.map(({ char }) => char).join('')
  const spans: Span[] = []
  for (let at = bare.indexOf(wanted); at >= 0 && spans.length < MOST_SPANS; at = bare.indexOf(wanted, at + 1)) {
    const span = { start: kept[at]!.at, end: kept[at + wanted.length - 1]!.at + 1 }
    spans.push(span)
  }
  const whole = spans.filter((span) => !cutsNumber(plain, span))
  return whole.length > 0 ? whole : spans
}

/** Nobody reads on in a line that says the same words more often. */
const MOST_SPANS = 20

function cutsNumber(text: string, { start, end }: Span): boolean {
  const isDigit = (char: string | undefined) => char !== undefined && /[0-9]/.test(char)
  const isNumeral = (char: string | undefined) => char !== undefined && new RegExp(`[${NUMERAL_CHARS}]`).test(char)
  if (isDigit(text[start]) && isDigit(text[start - 1])) return true
  if (isDigit(text[end - 1]) && isDigit(text[end])) return true
  return isNumeral(text[start]) && !isDigit(text[start]) && isNumeral(text[start - 1]) && !isDigit(text[start - 1])
}
