import type { CellStyle, CellValue, FontStyle, RowDef, WriteSheet } from 'hucre'
import { localParts } from '../../clock.ts'
import { widthOf } from '../../digest/lines.ts'

/** A column of a table: its head, its width in characters, how it stands, and what stands in it. */
export type Column<Row> = {
  head: string
  width: number
  /** `words` are read from the left, everything else stands in the middle. */
  kind?: 'words' | 'date'
  value(row: Row, index: number): CellValue
}

export type Table<Row> = {
  name: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  /** The last line, below the table. */
  closing: string
  /** How many of the first columns stand on every printed page; 0 when the table is one page wide. */
  repeated?: number
  /** After which columns a new printed page begins; none fits all on one. */
  breaks?: readonly number[]
}

/** The font that column widths are counted in; cells have their own. */
export const WIDTH_FONT: FontStyle = { name: 'Arial', size: 10 }
const FONT: FontStyle = { name: '宋体', size: 11 }
const LINE = { style: 'thin', color: { rgb: '808080' } } as const
const BORDER = { top: LINE, bottom: LINE, left: LINE, right: LINE }
const HEAD: CellStyle = {
  font: { ...FONT, bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'E7E6E6' } },
  border: BORDER,
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
}
/** In pixels, 96 to the inch: a character of the width font (with and without it installed), the air of a column, a hanzi of a cell, the paper between the margins. */
const CHARACTER = 8.6
const NARROWEST = 7
const AIR = 5
const HANZI = 15
const PAPER = 1040
/** In points. */
const LINE_HEIGHT = 15
const HIGHEST_ROW = 405
const MARGINS = { left: 0.4, right: 0.4, top: 0.75, bottom: 0.6, header: 0.3, footer: 0.3 }

/** A table as a sheet: its head stays in view and on every page, can be filtered, and prints on A4 across. */
export function tableSheet<Row>(table: Table<Row>): WriteSheet {
  const { name, columns, rows, closing, repeated = 0, breaks = [] } = table
  const body = rows.map((row, index) => columns.map(({ value }) => shown(value(row, index))))
  const last = columnName(columns.length - 1)
  const heads = columns.map((_, index): [string, { style: CellStyle }] => [`0,${index}`, { style: HEAD }])
  const closingAt: [string, { style: CellStyle }] = [`${rows.length + 2},${repeated}`, { style: { font: FONT } }]
  return {
    name,
    columns: columns.map(({ width, kind }) => ({ width, style: styleOf(kind) })),
    rows: [columns.map(({ head }) => head), ...body, [], [...Array<null>(repeated).fill(null), closing]],
    cells: new Map([...heads, ...blankBelow(rows.length, columns.length), closingAt]),
    freezePane: { rows: 1, columns: repeated },
    autoFilter: { range: `A1:${last}${rows.length + 1}` },
    rowDefs: new Map([
      [0, { height: 48 }],
      ...body.map((row, index): [number, RowDef] => [index + 1, heightOf(row, columns)]),
    ]),
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      ...(breaks.length === 0
        ? { fitToPage: true, fitToWidth: 1, fitToHeight: 0 }
        : { scale: scaleOf(columns, repeated, breaks) }),
      margins: MARGINS,
      printTitlesRow: '$1:$1',
      ...(repeated > 0 ? { printTitlesColumn: `$A:$${columnName(repeated - 1)}` } : {}),
    },
    colBreaks: breaks.map((column) => column - 1),
    headerFooter: { oddHeader: `&C&"黑体,Bold"&16${name}`, oddFooter: `&L${closing}&R第&P页,共&N页` },
  }
}

/** The day of an instant on the community's clock, as a date of a workbook, which knows no time zones. */
export function dayCell(at: Date | null): Date | null {
  if (at === null) return null
  const { year, month, day } = localParts(at)
  return new Date(Date.UTC(year, month - 1, day))
}

/** 1 → B, 27 → AB: the letters of a column counted from 0. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}

function styleOf(kind: Column<never>['kind']): CellStyle {
  const horizontal = kind === 'words' ? 'left' : 'center'
  return {
    font: FONT,
    border: BORDER,
    alignment: { horizontal, vertical: 'center', wrapText: true },
    ...(kind === 'date' ? { numFmt: 'yyyy-mm-dd' } : {}),
  }
}

/** In percent: so that every printed page holds its columns. */
function scaleOf(columns: readonly Column<never>[], repeated: number, breaks: readonly number[]): number {
  const pixels = columns.map(({ width }) => width * CHARACTER + AIR)
  const sum = (from: number, to: number) => pixels.slice(from, to).reduce((all, one) => all + one, 0)
  const ends = [...breaks, columns.length]
  const pages = ends.map((end, index) => (index === 0 ? sum(0, end) : sum(0, repeated) + sum(ends[index - 1]!, end)))
  return Math.min(100, Math.floor((100 * PAPER) / Math.max(...pages)))
}

/** High enough for its longest cell; not every reader of workbooks finds that out by itself. */
function heightOf(row: readonly CellValue[], columns: readonly Column<never>[]): RowDef {
  const lines = row.map((value, index) => {
    const room = (columns[index]!.width * NARROWEST) / HANZI
    return (typeof value === 'string' ? value : '')
      .split('\n')
      .reduce((all, text) => all + Math.max(1, Math.ceil(widthOf(text) / Math.floor(room))), 0)
  })
  return { height: Math.min(HIGHEST_ROW, Math.max(...lines) * LINE_HEIGHT + 6) }
}

/** Nothing said is an empty cell. */
function shown(value: CellValue): CellValue {
  return value === '' ? null : value
}

/** What stands below the table has none of its lines. */
function blankBelow(rows: number, columns: number): [string, { style: CellStyle }][] {
  return [rows + 1, rows + 2].flatMap((row) =>
    Array.from({ length: columns }, (_, column): [string, { style: CellStyle }] => [`${row},${column}`, { style: {} }]),
  )
}
