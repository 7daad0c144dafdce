import { digitsFor } from './numerals.ts'

/**
 * Full-width letters, digits and signs as narrow ones, letters large; every character stays in its place.
 * ５幢 → 5幢, ａ３栋 → A3栋; ① stays ①, for ①7栋 is item one and building seven.
 */
export function narrow(text: string): string {
  return text.replace(/[！-～　a-z]/g, (char) => {
    if (char === '　') return ' '
    const code = char.charCodeAt(0)
    return String.fromCharCode(code > 0xff00 ? code - 0xfee0 : code).toUpperCase()
  })
}

/** What two spellings of one place name share: 一期5栋, 1期5栋 and １期 5栋 are the same, 5栋 and 5号楼 are not. */
export function foldName(name: string): string {
  return digitsFor(narrow(name).replace(/\s+/g, ''))
}
