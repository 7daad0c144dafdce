import { type Finder, type Kind, type Span, withoutOverlaps } from './span.ts'

const DASH = '\\-\u2010-\u2015\u2212'
const GAP = `[ .·_${DASH}]{1,3}`
const ONE = `[ ${DASH}]?`
const COUNTRY = `(?:\\(?\\+?(?:00)?86\\)?[ ${DASH}]{0,3})?`
const MOBILE_GROUPS = [
  [11],
  [3, 4, 4],
  [3, 8],
  [7, 4],
  [3, 3, 5],
  [4, 3, 4],
  [4, 4, 3],
  [3, 2, 2, 2, 2],
  [5, 6],
  [6, 5],
]
const MOBILE = new RegExp(
  `(?<!\\d)${COUNTRY}(?:1\\d{10}|${MOBILE_GROUPS.slice(1).map(mobileOf).join('|')})(?!\\d)`,
  'gu',
)
const SPELLED_OUT = new RegExp(`(?<!\\d${ONE})${COUNTRY}1${ONE}[3-9](?:${ONE}\\d){9}(?!${ONE}\\d)`, 'gu')
const UNBROKEN = /\d{14,}[Xx](?![A-Za-z\d])|\d{15,}/gu
const IN_GROUPS = new RegExp(
  `(?<!\\d)(?:\\d{4}(?:${GAP}\\d{4}){3,4}(?:${GAP}\\d{1,3})?|\\d{6}${GAP}(?:\\d{8}|\\d{4}${GAP}\\d{4})${GAP}\\d{2,3}[\\dXx])(?!\\d)`,
  'gu',
)
const CHAIN = new RegExp(`\\d(?:${ONE}\\d)*(?:${ONE}[Xx](?![A-Za-z\\d]))?`, 'gu')
const CHINESE_DIGIT = '〇零○一二三四五六七八九幺两洞拐勾'
const CHINESE_RUN = new RegExp(`[${CHINESE_DIGIT}\\d](?:[ ,、.${DASH}]?[${CHINESE_DIGIT}\\d]){10,}`, 'gu')
const SAID_MOBILE = /^[一幺1][三四五六七八九3-9]/u
const WELL_KNOWN = /^(?:11[0-9]|12[0-9]|1[02]\d{3}|9[56]\d{3,4})$/u
const DATE_OR_SERVICE =
  /(?<!\d)(?:(?:19|20)\d{2}-?(?:0?[1-9]|1[0-2])-?(?:0?[1-9]|[12]\d|3[01])|[48]00-?\d{3}-?\d{4})(?!\d)/gu
const LEAST_LONG = 15
/** Digits that must be left when dates, service lines and hotlines are taken out of a chain, for it to be one number. */
const LEAST_OWN = 7

/** Mobile numbers, whole or in the groups people write: 13900001234, 139 0000 1234, +86-139-0000-1234. */
export const findMobiles: Finder = (text) => spans(text, MOBILE, () => '电话')

/** Mobile numbers cut anywhere (1 3 9 0…), standing alone: a list that merely begins like one and goes on is none. */
export const findScatteredMobiles: Finder = (text) => spans(text, SPELLED_OUT, () => '电话')

/** Eleven and more Chinese digits, also mixed with others: 幺三九零零零零幺二三四. One to nine counted up is none. */
export const findSpokenNumbers: Finder = (text) => {
  return spans(text, CHINESE_RUN, () => '电话').filter(({ start, end }) => /[^\d\s,、.-]/u.test(text.slice(start, end)))
}

/** As `findSpokenNumbers`, but only what has the length of a mobile, an identity card or a bank card. */
export const findSpokenMobiles: Finder = (text) => {
  return findSpokenNumbers(text).filter(({ start, end }) => {
    const digits = text.slice(start, end).replace(new RegExp(`[^${CHINESE_DIGIT}\\d]`, 'gu'), '')
    return digits.length >= LEAST_LONG || (digits.length === 11 && SAID_MOBILE.test(digits))
  })
}

/** Runs of 15 and more digits, and what is grouped like a bank or identity card; by shape, a mistyped one is still one. */
export const findLongNumbers: Finder = (text) => {
  return withoutOverlaps([...spans(text, UNBROKEN, kindOf), ...spans(text, IN_GROUPS, kindOf)])
}

/** 15 and more digits with single spaces or dashes anywhere between them; not hotlines or dates standing in a row. */
export const findScatteredLongNumbers: Finder = (text) => {
  return spans(text, CHAIN, kindOf).filter(({ start, end }) => isOneNumber(text.slice(start, end)))
}

function isOneNumber(chain: string): boolean {
  const groups = chain.replace(DATE_OR_SERVICE, ' ').split(/\D+/u)
  const own = groups.filter((group) => !WELL_KNOWN.test(group)).join('')
  return lengthOf(chain) >= LEAST_LONG && own.length >= LEAST_OWN
}

/** Eighteen or fifteen digits, an X at the end, or a year of birth where it should be: an identity card. */
function kindOf(number: string): Kind {
  const digits = number.replace(/[^\dXx]/gu, '')
  const isCard = /[Xx]$/u.test(digits) || /^\d{6}(?:19|20)\d{2}[01]\d/u.test(digits) || [15, 18].includes(digits.length)
  return isCard ? '证件' : '银行卡'
}

function lengthOf(number: string): number {
  return number.replace(/[^\dXx]/gu, '').length
}

function mobileOf([first = 0, ...rest]: number[]): string {
  return `1[3-9]\\d{${first - 2}}${rest.map((length) => `${GAP}\\d{${length}}`).join('')}`
}

function spans(text: string, pattern: RegExp, kind: (matched: string) => Kind): Span[] {
  return [...text.matchAll(pattern)].map(({ 0: matched, index }) => {
    return { start: index, end: index + matched.length, kind: kind(matched) }
  })
}
