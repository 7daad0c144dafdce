const LINE_BREAKS = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/gu
/** Control and format characters, tag characters, variation selectors, joiners, keycaps, lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]|\u20e3/gu
const ENCLOSED_NUMBER = /[\u2460-\u249b\u24ea-\u24ff\u2776-\u2793\u3220-\u3229\u3280-\u3289]+/gu
const LINE_OPENER = /\[(\s*\d[\s\d]*)\]/gu

/**
 * Text as it may stand in a line of ours: NFKC, nothing invisible, newlines as ⏎, no `[12]` that looks like our own
 * line number, no 〔〕 that looks like a placeholder of ours. Emoji and hanzi stay. Cleaning twice changes nothing.
 * @example '第五幢\n[13] U9: 好' with full-width digits and brackets → '第五幢⏎(13) U9: 好'; '①7栋' → '(1)7栋', not '17栋'
 */
export function cleanText(text: string): string {
  return text
    .replace(LINE_BREAKS, '⏎')
    .replace(ENCLOSED_NUMBER, spellNumbers)
    .normalize('NFKC')
    .replace(UNSEEN, '')
    .normalize('NFKC')
    .replace(/〔/gu, '(')
    .replace(/〕/gu, ')')
    .replace(LINE_OPENER, '($1)')
    .trim()
}

/** A single ① opens an item and must not melt into the number behind it; several in a row are digits of one number. */
function spellNumbers(run: string): string {
  const numbers = [...run].map(numberOf)
  return numbers.length === 1 ? `(${numbers[0]})` : numbers.join('')
}

function numberOf(character: string): string {
  const code = character.codePointAt(0)!
  if (code >= 0x2776) {
    if (code <= 0x2793) return String(((code - 0x2776) % 10) + 1)
    return character.normalize('NFKC').replace(/[()]/gu, '')
  }
  if (code >= 0x24eb && code <= 0x24f4) return String(code - 0x24eb + 11)
  if (code >= 0x24f5 && code <= 0x24fe) return String(code - 0x24f5 + 1)
  if (code === 0x24ff) return '0'
  return character.normalize('NFKC').replace(/[().]/gu, '')
}
