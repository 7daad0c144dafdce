import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { digestWords, readByOf } from '../commands/digest-words.ts'
import { listConcerns } from '../concerns/repository.ts'
import { ALIVE_STATUSES } from '../concerns/status.ts'
import { readTaxonomy } from '../concerns/taxonomy.ts'
import type { Config } from '../config.ts'
import { monthBefore, monthOf, type Period } from '../digest/period.ts'
import { UserError } from '../errors.ts'
import { renderMonth } from '../outputs/monthly/make-pack.ts'
import { renderContacts } from '../outputs/workbook/contacts-sheet.ts'
import { bookWords } from '../outputs/workbook/words.ts'
import { renderLedger } from '../outputs/workbook/workbook.ts'
import { loadRoster } from '../roster/repository.ts'
import { readSetting } from '../settings.ts'
import { lookIntoLedger, type OpenLedger } from './ledger-folder.ts'

/** Writes the whole ledger as a workbook, without phones. @throws UserError when the file is there already. */
export async function writeLedger(config: Config, file: string): Promise<void> {
  await write(config, file, '.xlsx', ({ db, roster, taxonomy }, now) =>
    renderLedger(db, { words: bookWords(roster, taxonomy), readBy: readBy(config), now }),
  )
}

/** Writes whom to call about what is not settled yet, with phones: for the operator alone. */
export async function writeContacts(config: Config, file: string): Promise<void> {
  await write(config, file, '.xlsx', async ({ db, roster, taxonomy }, now) => {
    const concerns = await listConcerns(db, { statuses: ALIVE_STATUSES })
    return renderContacts(concerns, bookWords(roster, taxonomy), now)
  })
}

/** Writes the monthly pack of a month (2026-05), else of the one that has ended. */
export async function writeMonthly(config: Config, file: string, month: string | undefined): Promise<void> {
  const asked = month === undefined ? null : periodOf(month)
  await write(config, file, '.docx', ({ db, roster, taxonomy }, now) => {
    const options = { words: digestWords({ roster, taxonomy }), readBy: readBy(config), now }
    return renderMonth(db, asked ?? monthBefore(now), options)
  })
}

async function write(
  config: Config,
  file: string,
  extension: string,
  make: (ledger: Omit<OpenLedger, 'close'>, now: Date) => Promise<Uint8Array>,
): Promise<void> {
  if (!file.endsWith(extension)) throw new UserError(`文件名要以 ${extension} 结尾。`)
  if (existsSync(file)) throw new UserError(`${file} 已经有了,请换个名字。`)
  await lookIntoLedger(config.dataDir, async (db) => {
    const now = new Date(Date.now() + Number((await readSetting(db, 'sample_offset')) ?? 0))
    const bytes = await make({ db, taxonomy: readTaxonomy(), roster: await loadRoster(db) }, now)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes, { mode: 0o600, flag: 'wx' })
  })
  process.stdout.write(`写好了:${file}\n`)
}

function readBy({ llm }: Config) {
  return readByOf(llm?.model ?? 'rules')
}

function periodOf(month: string): Period {
  const first = /^\d{4}-(?:0[1-9]|1[0-2])$/u.test(month) ? new Date(`${month}-01T12:00:00+08:00`) : null
  if (first === null) throw new UserError(`“${month}”不是月份,请写成 2026-05 这样。`)
  return monthOf(first)
}
