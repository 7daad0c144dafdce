import { NUMERAL_CHARS, parseNumeral } from './numerals.ts'

/** A text whose item numbers are blanked out, every other character in its place, and where its items begin. */
export type Items = { text: string; starts: number[] }

/**
 * Takes item numbers for what they are: in 「走访 ①7栋 ②大门」 and 「1、一期3栋⏎2、5栋」 the ①, 1、 and 2、 become blanks.
 * ⑤栋 keeps its number, 12、13栋 is a list of buildings, and a lone 「1、3栋」 stays as unclear as it is.
 */
export function blankItemNumbers(said: string): Items {
  const text = said.replace(NUMBER_IN_BRACKETS, ' $1 ')
  const found = [...text.matchAll(MARKER)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    kind: match.findIndex((part, at) => at > 0 && part !== undefined),
    number: parseNumeral(match.slice(1).find((part) => part !== undefined) ?? '') ?? 0,
  }))
  const isInRow = ({ kind, number }: (typeof found)[number]) =>
    found.some((other) => other.kind === kind && Math.abs(other.number - number) === 1)
  const markers = found.filter((one) => one.kind <= CERTAIN_KINDS || isInRow(one))
  let blanked = text
  for (const { start, end } of markers) {
    blanked = blanked.slice(0, start) + ' '.repeat(end - start) + blanked.slice(end)
  }
  const breaks = [...text.matchAll(/[\n⏎]/g)].map(({ index }) => index + 1)
  return { text: blanked, starts: [...new Set([...markers.map(({ end }) => end), ...breaks])].sort((a, b) => a - b) }
}

/** The item of a text that a position lies in, as [start, end). A text without items is one item. */
export function itemAround({ text, starts }: Items, position: number): { start: number; end: number } {
  return {
    start: starts.findLast((start) => start <= position) ?? 0,
    end: starts.find((start) => start > position) ?? text.length,
  }
}

const ITEM_START = '(?<=^|[\\n⏎\\s;；。,，:：「“])'
/** The first so many need no company; (2) within a line and 2、 do: they are item numbers only next to a (1) or 1、. */
const CERTAIN_KINDS = 3
const MARKER = new RegExp(
  [
    '([①-⑳])(?!\\s?(?:[栋幢#座期]|号楼|单元))',
    `${ITEM_START}[(（](\\d{1,2})[)）]`,
    `${ITEM_START}(\\d{1,2})(?:[)）]|[.．](?!\\d+[.元块米斤]))`,
    '[(（](\\d{1,2})[)）]',
    `${ITEM_START}(\\d{1,2}|[${NUMERAL_CHARS}]{1,2})、`,
  ].join('|'),
  'g',
)
const NUMBER_IN_BRACKETS = /[(（](\d{1,2})[)）](?=\s?(?:[栋幢座#期]|号楼|单元))/g
