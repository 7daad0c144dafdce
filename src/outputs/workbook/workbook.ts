import type { WriteSheet } from 'hucre'
import type { Db } from '../../../db/database.ts'
import { timeText } from '../../clock.ts'
import { categoryOf } from '../../concerns/taxonomy.ts'
import { collectCases } from '../../digest/casebook.ts'
import { collectLedgerFigures } from '../../digest/casebook-figures.ts'
import { collectDisputes } from '../../digest/disputes.ts'
import { followUpsOf } from '../../digest/follow-ups.ts'
import { closingLine, type ReadBy } from '../../digest/lines.ts'
import { labelsOf, MAKER } from '../label.ts'
import { disputeColumns } from './dispute-sheet.ts'
import { figureColumns, figureRows } from './figures-sheet.ts'
import { followUpColumns } from './follow-up-sheet.ts'
import { ledgerColumns } from './ledger-sheet.ts'
import { tableSheet, WIDTH_FONT } from './table.ts'
import type { BookWords } from './words.ts'

export type BookOptions = { words: BookWords; readBy: ReadBy; now: Date }

/** The ledger as a workbook (.xlsx) of four sheets: 支部民情台账, 矛盾纠纷调解台账, 回访, 数字. No phone stands in it. */
export async function renderLedger(db: Db, { words, readBy, now }: BookOptions): Promise<Uint8Array> {
  const cases = await collectCases(db, words.taxonomy, now)
  const disputes = await collectDisputes(db, cases, categoryOf(words.taxonomy, 'neighbor_dispute').label)
  const figures = await collectLedgerFigures(db, now)
  const closing = `${closingLine(readBy)}(${timeText(now)})`
  const sheets = [
    tableSheet({
      ...{ name: '支部民情台账', columns: ledgerColumns(words), rows: cases, closing },
      ...{ repeated: 2, breaks: [12, 19] },
    }),
    tableSheet({ name: '矛盾纠纷调解台账', columns: disputeColumns(words), rows: disputes, closing }),
    tableSheet({ name: '回访', columns: followUpColumns(words), rows: followUpsOf(cases), closing }),
    tableSheet({ name: '数字', columns: figureColumns(figures), rows: figureRows(figures, words), closing }),
  ]
  const { Comment, AIGC } = labelsOf(readBy)
  return writeBook(sheets, '支部民情台账', Comment, now, AIGC === undefined ? {} : { AIGC })
}

/** Sheets as the bytes of a workbook that says who made it; `custom` are further properties of the file. */
export async function writeBook(
  sheets: WriteSheet[],
  title: string,
  description: string,
  now: Date,
  custom: Record<string, string> = {},
): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre/xlsx')
  const properties = { title, creator: MAKER, description, created: now, modified: now, custom }
  return writeXlsx({ sheets, properties, defaultFont: WIDTH_FONT })
}
