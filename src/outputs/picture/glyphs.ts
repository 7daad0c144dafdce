import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const NEUTRAL = '·'
const require = createRequire(import.meta.url)
let ranges: [number, number][] | null = null

/**
 * Replaces every character that the font cannot draw by a neutral dot, and what draws nothing by nothing;
 * 「电梯🏮停了」 → 「电梯·停了」, 「𠮷祥」 → 「·祥」.
 */
export function drawable(text: string): string {
  return [...text.normalize('NFC')]
    .map((character) => (isInvisible(character) ? '' : isDrawn(character) ? character : NEUTRAL))
    .join('')
    .replace(/·{2,}/gu, NEUTRAL)
}

/** Whether a slice of the font holds the code point. */
export function isCovered(codePoint: number): boolean {
  ranges ??= readRanges()
  return ranges.some(([from, to]) => codePoint >= from && codePoint <= to)
}

/** The files of all slices of the font. */
export function fontFiles(): string[] {
  const folder = require.resolve('@fontsource-variable/noto-sans-sc/package.json').replace(/package\.json$/u, '')
  const slices = Object.keys(readUnicode())
  return slices.map((slice) => `${folder}files/noto-sans-sc-${slice.replace(/[[\]]/gu, '')}-wght-normal.woff2`)
}

/** The font's slices name some emoji they hold no picture of. */
function isDrawn(character: string): boolean {
  return isCovered(character.codePointAt(0)!) && !/\p{Emoji_Presentation}/u.test(character)
}

function isInvisible(character: string): boolean {
  return /\p{Cc}|\p{Cf}|\p{Variation_Selector}/u.test(character)
}

function readRanges(): [number, number][] {
  return Object.values(readUnicode())
    .flatMap((list) => list.split(','))
    .map((range) => {
      const [from, to] = range.trim().replace(/^U\+/iu, '').split('-')
      return [Number.parseInt(from!, 16), Number.parseInt(to ?? from!, 16)]
    })
}

function readUnicode(): Record<string, string> {
  return JSON.parse(readFileSync(require.resolve('@fontsource-variable/noto-sans-sc/unicode.json'), 'utf8'))
}
