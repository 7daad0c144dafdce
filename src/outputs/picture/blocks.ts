import type { Urgency } from '../../../db/schema.ts'
import { INDENT } from '../../digest/lines.ts'

/** What a picture is made of, before anything is drawn; every text of the picture stands here. */
export type Block =
  | { kind: 'title'; text: string; below: string }
  | { kind: 'numbers'; items: BigNumber[] }
  | { kind: 'heading'; text: string }
  | ConcernBlock
  | { kind: 'line'; text: string; below: string[] }
  | { kind: 'bars'; rows: Bar[] }
  | { kind: 'trend'; points: TrendPoint[] }
  | { kind: 'closing'; lines: string[] }

/** A number of the week; a pressing one stands out. */
export type BigNumber = { value: number; label: string; isPressing: boolean }

/** A concern: its number, mark of urgency and state, and below them its place and title. */
export type ConcernBlock = { kind: 'concern'; no: string; mark: string; urgency: Urgency; state: string; text: string }

/** A horizontal bar with its number at the end. */
export type Bar = { label: string; filed: number }

/** A week of the line, with the name it has when it is the first or the last. */
export type TrendPoint = { label: string; filed: number }

/** Blocks that belong together: on one page where they fit on one. */
export type Section = Block[]

/** A heading and what stands under it; nothing when there is nothing. */
export function section(heading: string, blocks: Block[]): Section {
  return blocks.length === 0 ? [] : [{ kind: 'heading', text: heading }, ...blocks]
}

/**
 * Lines of the text twin as lines of a picture, which is wider: what was broken after a 「、」 is put together again,
 * and what only tells more of the line above (「3号、5号」, 「待办3件、办理中1件」) stands closely below it.
 */
export function lines(texts: readonly string[]): Block[] {
  const paragraphs: string[][] = []
  for (const text of texts) {
    const paragraph = paragraphs.at(-1)
    const isIndented = text.startsWith(INDENT)
    const words = isIndented ? text.slice(INDENT.length) : text
    if (!paragraph || !(isIndented || MORE.test(text))) paragraphs.push([words])
    else if (isIndented && paragraph.at(-1)!.endsWith('、')) paragraph.push(paragraph.pop()! + words)
    else paragraph.push(words)
  }
  return paragraphs.map(([text, ...below]) => ({ kind: 'line', text: text!, below }))
}

const MORE = /^(?:\d+号(?:[、等]|$)|(?:待办|办理中|已转交|待上会)\d)/u

/** Counts as bars; nothing when there are none. */
export function bars(rows: Bar[]): Block[] {
  return rows.length === 0 ? [] : [{ kind: 'bars', rows }]
}
