import { type Finder, finderOf, type Kind } from './span.ts'

const AREA_CODE =
  /(?<!\d)(?:\+86[ -]{0,3})?(?:\(0\d{2,3}\)|0\d{2,3})[ \-\u2010-\u2015]{0,3}\d{3,4}[ -]?\d{4}(?!\d)(?:\s?转\s?\d{1,5})?/dgu
const ABROAD = /\+\d[\d -]{6,}\d/dgu
const LOCAL = /(?:电话|座机|手机|号码|联系)[^\d\n]{0,4}(?<it>\d{3,4}[ -]\d{4}|[〇零一二三四五六七八九幺]{7,})(?!\d)/dgu
const RUN = /(?<!\d)(?<!(?:400|800)[ -])\d{7,}(?!\d)(?!\.\d{1,2}(?!\d))/gu
const AMOUNT_BEHIND = /^\s?(?:元|块|万(?!一)|亿|美元|美金|人民币|角|公斤|斤|吨|步|平方|度|%)/u
const AMOUNT_BEFORE = /[¥$]\s?$/u
const CALLED = /(?:电话|座机|手机|号码|拨打?|打)[是为:\s]*$/u
const DATE = /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/u

/** Landlines and numbers with a plus: 0857-1234567, (0857)1234567, with an extension; 123-4567 after 电话. */
export const findLandlines: Finder = finderOf('电话', ABROAD, AREA_CODE, LOCAL)

/**
 * Bare runs of 7 digits and more that are no amount, no date and no 400 number.
 * @example '座机8234567' and a mistyped '1390000123' match; '20260518', '1200000元', '96110' do not
 */
export const findDigitRuns: Finder = (text) =>
  [...text.matchAll(RUN)].flatMap(({ 0: digits, index }) => {
    const end = index + digits.length
    const isHarmless = digits.length <= 10 && isPlain(digits, text.slice(0, index), text.slice(end))
    return isHarmless ? [] : [{ start: index, end, kind: kindOf(digits) }]
  })

function isPlain(digits: string, before: string, behind: string): boolean {
  if (digits.length === 10) return /^[48]00/u.test(digits) || isAmount(before, behind)
  if (CALLED.test(before)) return false
  return DATE.test(digits) || isAmount(before, behind)
}

function isAmount(before: string, behind: string): boolean {
  return AMOUNT_BEHIND.test(behind) || AMOUNT_BEFORE.test(before)
}

function kindOf(digits: string): Kind {
  return digits.length >= 13 ? '银行卡' : '电话'
}
