import type { Config } from '../config.ts'
import { weekOf } from '../digest/period.ts'
import { UserError } from '../errors.ts'
import { readSetting } from '../settings.ts'
import { openLedgerFolder } from './ledger-folder.ts'
import { digestText } from './show.ts'

/** Prints the digest of a week without posting it: the week of `day` (2026-05-20), else the one that holds now. */
export async function showDigest(config: Config, day: string | undefined): Promise<void> {
  const asked = day === undefined ? null : dayOf(day)
  const { db, roster, taxonomy, close } = await openLedgerFolder(config.dataDir)
  try {
    const now = new Date(Date.now() + Number((await readSetting(db, 'sample_offset')) ?? 0))
    const readerName = config.llm?.model ?? 'rules'
    process.stdout.write(`${await digestText(db, weekOf(asked ?? now), now, { roster, taxonomy, readerName })}\n`)
  } finally {
    await close()
  }
}

function dayOf(text: string): Date {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T12:00:00+08:00`) : new Date(Number.NaN)
  if (Number.isNaN(day.getTime())) throw new UserError(`“${text}”不是日期,请写成 2026-05-20 这样。`)
  return day
}
