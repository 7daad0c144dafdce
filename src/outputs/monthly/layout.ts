import type { FileChild, IParagraphOptions, Paragraph, Table, TableCell } from 'docx'
import { fullWidth } from '../full-width.ts'
import type { Pack, Part, TablePart } from './parts.ts'

type Docx = typeof import('docx')

/** Sizes in half points, for eyes of 75 on paper: the text is 小三, tables are 四号. */
export const SIZES = { body: 30, table: 26, heading: 36, title: 84, month: 52, foot: 22 } as const

/** The width between the margins, in twentieths of a point. */
const INNER = 9638
const FONTS = {
  plain: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '宋体' },
  strong: { ascii: 'Arial', hAnsi: 'Arial', eastAsia: '黑体' },
}
const CELL_MARGINS = { top: 50, bottom: 50, left: 90, right: 90 }

/** How the parts of a pack become paragraphs and tables. */
export function layoutOf({
  AlignmentType,
  Footer,
  HeadingLevel,
  PageNumber,
  Paragraph,
  ShadingType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
}: Docx) {
  function cover({ title, month, below }: Pack): FileChild[] {
    const big = { size: SIZES.title, bold: true, font: FONTS.strong }
    return [
      // Not every reader of documents centres a page from top to bottom.
      centred(3000, new TextRun('')),
      centred(1800, new TextRun({ text: title, ...big })),
      centred(1800, new TextRun({ text: month, size: SIZES.month, bold: true, font: FONTS.strong })),
      ...below.map((text) => centred(160, new TextRun(fullWidth(text)))),
    ]
  }

  function centred(after: number, run: InstanceType<Docx['TextRun']>): Paragraph {
    return new Paragraph({ alignment: AlignmentType.CENTER, spacing: { after }, children: [run] })
  }

  function foot(closing: string): InstanceType<Docx['Footer']> {
    const page = ['第', PageNumber.CURRENT, '页\uff0c共', PageNumber.TOTAL_PAGES, '页  ', fullWidth(closing)]
    return new Footer({ children: [centred(0, new TextRun({ children: page, size: SIZES.foot }))] })
  }

  function last(closing: string): Paragraph {
    return new Paragraph({
      alignment: AlignmentType.RIGHT,
      spacing: { before: 300 },
      children: [new TextRun(fullWidth(closing))],
    })
  }

  function part(one: Part): FileChild[] {
    switch (one.kind) {
      case 'heading':
        return [new Paragraph({ heading: HeadingLevel.HEADING_1, text: fullWidth(one.text) })]
      case 'caption':
        return [
          paragraph(new TextRun({ text: fullWidth(one.text), bold: true }), {
            keepNext: true,
            spacing: { before: 200 },
          }),
        ]
      case 'text':
        return [paragraph(new TextRun(fullWidth(one.text)), { spacing: { after: 100 } })]
      case 'points':
        return one.items.map((text) => paragraph(new TextRun(fullWidth(text)), { bullet: { level: 0 } }))
      case 'page':
        return [new Paragraph({ pageBreakBefore: true, spacing: { line: 20, lineRule: 'exact' } })]
      case 'table':
        return [tableOf(one), new Paragraph({ spacing: { line: 160, lineRule: 'exact' } })]
    }
  }

  function paragraph(run: InstanceType<Docx['TextRun']>, options: IParagraphOptions): Paragraph {
    return new Paragraph({ ...options, children: [run] })
  }

  /** The head is said again on every page, and no row is torn apart. */
  function tableOf({ head, rows, widths, left }: TablePart): Table {
    const columns = widths.map((percent) => Math.round((INNER * percent) / 100))
    const row = (cells: string[], isHead: boolean) =>
      new TableRow({
        tableHeader: isHead,
        cantSplit: true,
        children: cells.map((text, index) => cellOf(text, columns[index]!, !isHead && left.includes(index), isHead)),
      })
    return new Table({
      layout: TableLayoutType.FIXED,
      width: { size: INNER, type: WidthType.DXA },
      columnWidths: columns,
      rows: [row(head, true), ...rows.map((cells) => row(cells, false))],
    })
  }

  function cellOf(text: string, width: number, isLeft: boolean, isHead: boolean): TableCell {
    const alignment = isLeft ? AlignmentType.LEFT : AlignmentType.CENTER
    const runs = text
      .split('\n')
      .map(
        (line, index) =>
          new TextRun({ text: fullWidth(line), size: SIZES.table, bold: isHead, break: index > 0 ? 1 : 0 }),
      )
    return new TableCell({
      width: { size: width, type: WidthType.DXA },
      margins: CELL_MARGINS,
      verticalAlign: VerticalAlign.CENTER,
      ...(isHead ? { shading: { type: ShadingType.CLEAR, fill: 'E7E6E6', color: 'auto' } } : {}),
      children: [new Paragraph({ alignment, keepNext: isHead, spacing: { line: 290 }, children: runs })],
    })
  }

  return { fonts: FONTS, cover, foot, last, part }
}
