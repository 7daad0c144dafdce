/** What a document is made of, before anything is laid out; every text of it stands here. */
export type Part =
  | { kind: 'heading'; text: string }
  | { kind: 'caption'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'points'; items: string[] }
  | TablePart
  | { kind: 'page' }

/** A table; `widths` are percent, columns in `left` are read from the left, the others stand in the middle. */
export type TablePart = { kind: 'table'; head: string[]; rows: string[][]; widths: number[]; left: number[] }

/** A cover and what follows it. */
export type Pack = { title: string; month: string; below: string[]; parts: Part[]; closing: string }

const LONGEST = 40

/** What people typed, cut where it would fill the page. */
export function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

/** A caption and its table; nothing when the table has no rows. */
export function captioned(text: string, table: TablePart): Part[] {
  return table.rows.length === 0 ? [] : [{ kind: 'caption', text }, table]
}

/** Points of a list; nothing when there are none. */
export function points(items: string[]): Part[] {
  return items.length === 0 ? [] : [{ kind: 'points', items }]
}

/** What to say in the place of parts that are not there. */
export function orElse(parts: Part[], text: string): Part[] {
  return parts.length === 0 ? [{ kind: 'text', text }] : parts
}
