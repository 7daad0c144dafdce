import type { Db } from '../../../db/database.ts'
import { collectMonth } from '../../digest/month.ts'
import type { Period } from '../../digest/period.ts'
import { readSetting } from '../../settings.ts'
import { keepFiles } from '../files.ts'
import { renderDocument } from './document.ts'
import { monthlyPack, type PackOptions } from './pack.ts'

/** The monthly pack (民情分析会材料) of a month as the bytes of a .docx. */
export async function renderMonth(db: Db, month: Period, options: PackOptions): Promise<Uint8Array> {
  const since = await readSetting(db, 'since')
  const figures = await collectMonth(db, month, options.now, since === null ? null : new Date(since))
  return renderDocument(monthlyPack(figures, options), options.readBy)
}

/** The same as a file. @returns its path. */
export async function makePack(db: Db, month: Period, options: PackOptions & { filesDir: string }): Promise<string> {
  const bytes = await renderMonth(db, month, options)
  return keepFiles(`民情分析会材料-${month.label}`, 'docx', [bytes], options)[0]!
}
