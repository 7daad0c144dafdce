import { NUMERAL_CHARS, parseNumeral } from './numerals.ts'

/** The units a text names, without repeats: 二单元 and 2 单元 give 2, 一、二单元 gives 1 and 2, 两单元, 三个单元 and 几单元 none. */
export function unitsIn(text: string): number[] {
  const said = [...text.matchAll(UNITS)]
    .flatMap((match) => match[0].match(NUMBER) ?? [])
    .filter((number) => number !== '两')
  return [...new Set(said.map(parseNumeral).filter((unit) => unit !== null))]
}

const UNITS = new RegExp(
  `(?<![${NUMERAL_CHARS}第-])(?:[${NUMERAL_CHARS}]{1,2}(?:单元)?[、和与到至跟-])*[${NUMERAL_CHARS}]{1,2}\\s?单[元员]`,
  'g',
)
const NUMBER = new RegExp(`[${NUMERAL_CHARS}]{1,2}`, 'g')
