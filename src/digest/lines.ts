import { type Taxonomy, urgencyMark } from '../concerns/taxonomy.ts'
import type { Place } from '../roster/place.ts'
import type { Item } from './figures.ts'

/** Where the words come from that no figure holds: short names of places, and the marks of urgency. */
export type Words = { placeName: (place: Place) => string; taxonomy: Taxonomy }

/** Who found the concerns: a model, or the keyword rules alone. */
export type ReadBy = 'model' | 'rules'

const WIDEST = 18
export const INDENT = '\u3000'

/** The last line of whatever a machine put together. */
export function closingLine(readBy: ReadBy): string {
  return readBy === 'model' ? '以上由AI整理,请核对' : '以上由关键词规则整理,请核对'
}

/** 「12号 ▲较急 碧阳12栋 电梯停了三天」, with `tail` behind it; broken only between its parts. */
export function itemLines(item: Item, words: Words, tail: string): string[] {
  const parts = [
    `${item.no}号`,
    urgencyMark(words.taxonomy, item.urgency),
    words.placeName(item.place),
    item.title,
    tail,
  ]
  return wrap(
    parts.filter((part) => part !== ''),
    ' ',
  )
}

/** 「3号、5号、8号」, at most `most` of them and 「等12件」 behind; `total` when the list itself is cut short. */
export function numberLines(numbers: readonly number[], most: number, total = numbers.length): string[] {
  const shown = numbers.slice(0, most).map((no) => `${no}号`)
  if (total > shown.length) shown.push(`${shown.pop()}等${total}件`)
  return wrap(shown, '、')
}

/** Puts parts into lines of at most 18 hanzi; a part is never cut, later lines are indented. */
export function wrap(parts: readonly string[], separator: string): string[] {
  const lines: string[] = []
  for (const part of parts) {
    const last = lines.at(-1)
    const longer = `${last}${separator}${part}`
    if (last !== undefined && widthOf(longer) <= WIDEST) lines[lines.length - 1] = longer
    else {
      if (last !== undefined) lines[lines.length - 1] = `${last}${separator.trimEnd()}`
      lines.push(last === undefined ? part : `${INDENT}${part}`)
    }
  }
  return lines
}

/** How wide a text is in hanzi; letters, figures and ASCII marks are half. */
export function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (character.codePointAt(0)! < 0x80 ? 0.5 : 1), 0)
}
