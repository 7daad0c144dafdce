import { fullWidth } from '../full-width.ts'
import type { Font } from './font.ts'

const MISSING_HANZI = '○'
const MISSING_OTHER = '·'

/**
 * A text as it stands on a picture. What the font cannot draw becomes a neutral sign, what draws nothing goes, and
 * half-width marks between hanzi become full-width ones.
 * 「𠮷祥,电梯🏮停了✔」 → 「○祥,电梯·停了·」; 「Ⅲ级」 → 「III级」; 「08:05」 stays.
 */
export function typeset(text: string, font: Font): string {
  const drawn = [...text.normalize('NFC')].map((character) => drawable(character, font)).join('')
  return fullWidth(drawn.replace(/·{2,}/gu, MISSING_OTHER))
}

/** One code point as it can be drawn: itself, its plain form, or a neutral sign. */
function drawable(character: string, font: Font): string {
  if (character !== IDEOGRAPHIC_SPACE && character !== BYTE_ORDER_MARK && /\s/u.test(character)) return ' '
  if (/[\p{Cc}\p{Cf}\p{Variation_Selector}\p{Emoji_Modifier}]/u.test(character)) return ''
  if (font.has(character.codePointAt(0)!)) return character
  const plain = character.normalize('NFKC')
  if (plain !== character && [...plain].every((part) => font.has(part.codePointAt(0)!))) return plain
  if (/\p{M}/u.test(character)) return ''
  return /\p{Script=Han}/u.test(character) ? MISSING_HANZI : MISSING_OTHER
}

const IDEOGRAPHIC_SPACE = '\u3000'
const BYTE_ORDER_MARK = '\ufeff'
