const DIGITS: Record<string, number> = {
  〇: 0,
  零: 0,
  一: 1,
  壹: 1,
  二: 2,
  两: 2,
  贰: 2,
  三: 3,
  叁: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const TENS: Record<string, string> = { 廿: '二十', 卅: '三十', 拾: '十', 佰: '百' }

/** Every character a number may be written with, for use inside a regular expression's brackets. */
export const NUMERAL_CHARS = `0-9〇零一壹二两贰三叁四五六七八九十拾百佰廿卅`

/**
 * The number that a whole word writes, 0 to 999, or null.
 * 12, １２, 十二, 一十二, 廿三, 一百零二, 一〇二, ⑫ match; 二三 reads as digits (23); 十二三, 3.5, 第五 and 几 do not match.
 */
export function parseNumeral(word: string): number | null {
  const circled = circledNumber(word)
  if (circled !== null) return circled
  const plain = word.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  if (/^\d{1,3}$/.test(plain)) return Number(plain)
  const hanzi = plain.replace(/[廿卅拾佰]/g, (char) => TENS[char]!)
  if (hanzi.length > 1 && hanzi.length <= 3 && [...hanzi].every((char) => char in DIGITS)) {
    return Number([...hanzi].map((char) => DIGITS[char]).join(''))
  }
  return parseCounted(hanzi)
}

/** How a number from 0 to 999 is said: 2 → 二, 12 → 十二, 23 → 二十三, 102 → 一百零二, 110 → 一百一十. */
export function sayNumeral(value: number): string {
  const names = '零一二三四五六七八九'
  const [hundreds, rest] = [Math.trunc(value / 100), value % 100]
  if (hundreds > 0) {
    const head = `${names[hundreds]}百`
    if (rest === 0) return head
    if (rest < 10) return `${head}零${names[rest]}`
    return `${head}${names[Math.trunc(rest / 10)]}十${rest % 10 === 0 ? '' : names[rest % 10]}`
  }
  if (value < 10) return names[value]!
  const tens = value < 20 ? '十' : `${names[Math.trunc(value / 10)]}十`
  return value % 10 === 0 ? tens : tens + names[value % 10]
}

/** The same words with every number in Arabic digits: 一期5栋 → 1期5栋, A区十二栋 → A区12栋; 碧阳国际小区 stays. */
export function digitsFor(words: string): string {
  return words.replace(/[〇零一壹二两贰三叁四五六七八九十拾百佰廿卅]+/g, (word) => String(parseNumeral(word) ?? word))
}

function circledNumber(word: string): number | null {
  if (word.length !== 1) return null
  const code = word.charCodeAt(0)
  if (code >= 0x2460 && code <= 0x2473) return code - 0x2460 + 1
  return null
}

function parseCounted(hanzi: string): number | null {
  const parts =
    /^(?:([一壹二两贰三叁四五六七八九])百)?(零)?(?:([一壹二两贰三叁四五六七八九])?(十))?([一壹二两贰三叁四五六七八九])?$/.exec(
      hanzi,
    )
  if (!parts || hanzi === '') return hanzi in DIGITS ? DIGITS[hanzi]! : null
  const [, hundreds, zero, tens, ten, ones] = parts
  if (zero && !(hundreds && ones && !ten)) return hanzi === '零' ? 0 : null
  if (hundreds && ten && !tens) return null
  if (hundreds && ones && !ten && !zero) return null
  return (
    (hundreds ? DIGITS[hundreds]! * 100 : 0) + (ten ? (tens ? DIGITS[tens]! : 1) * 10 : 0) + (ones ? DIGITS[ones]! : 0)
  )
}
