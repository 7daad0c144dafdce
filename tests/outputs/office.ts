import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openDatabase } from '../../db/database.ts'
import { type OpenLedger, prepareLedger } from '../../src/cli/ledger-folder.ts'
import { writeSamples } from '../../src/cli/samples.ts'
import { digestWords } from '../../src/commands/digest-words.ts'
import { monthBefore } from '../../src/digest/period.ts'
import { renderMonth } from '../../src/outputs/monthly/make-pack.ts'
import { bookWords } from '../../src/outputs/workbook/words.ts'
import { renderLedger } from '../../src/outputs/workbook/workbook.ts'
import { NOW, openBusyLedger } from './busy-ledger.ts'

/**
 * Opens workbooks and documents with LibreOffice as a person would, and prints them: the samples, those of a busy
 * ledger and those of an empty one. Fails when LibreOffice or poppler is missing, when one does not open, when a sheet
 * is not A4 across, or when a monthly pack has not three to six pages.
 */
const A4_ACROSS = /^Page size:\s+841\.\d+ x 595\.\d+ pts/mu

const folder = mkdtempSync(join(tmpdir(), 'office-'))
try {
  for (const program of ['soffice', 'pdfinfo'])
    if (spawnSync(program, ['-v']).error)
      throw new Error(`${program} is missing: install libreoffice-calc, libreoffice-writer and poppler-utils`)
  const samples = (await writeSamples(folder)).filter((path) => /\.(?:xlsx|docx)$/u.test(path))
  const files = [
    ...samples,
    ...(await writeBoth('busy', await openBusyLedger(2026))),
    ...(await writeBoth('empty', await emptyLedger())),
  ]
  const profile = pathToFileURL(join(folder, 'profile')).href
  const options = [`-env:UserInstallation=${profile}`, '--headless', '--convert-to', 'pdf', '--outdir', folder]
  const { status, stderr } = spawnSync('soffice', [...options, ...files], { encoding: 'utf8', timeout: 180_000 })
  if (status !== 0) throw new Error(`LibreOffice ended with ${status}: ${stderr}`)
  for (const file of files) check(file)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function check(file: string): void {
  const pdf = file.replace(/\.\w+$/u, '.pdf')
  if (!existsSync(pdf)) throw new Error(`LibreOffice did not open ${basename(file)}`)
  const { stdout } = spawnSync('pdfinfo', [pdf], { encoding: 'utf8' })
  const pages = Number(/^Pages:\s+(\d+)/mu.exec(stdout)?.[1] ?? 0)
  process.stdout.write(`${basename(file)}: ${pages} pages\n`)
  if (file.endsWith('.docx') && (pages < 3 || pages > 6)) throw new Error(`${basename(file)} has ${pages} pages`)
  if (file.endsWith('.xlsx') && !A4_ACROSS.test(stdout))
    throw new Error(`${basename(file)} is not A4 across:\n${stdout}`)
}

async function writeBoth(name: string, ledger: OpenLedger): Promise<string[]> {
  const { db, roster, taxonomy } = ledger
  const [book, pack] = [`book-${name}.xlsx`, `pack-${name}.docx`].map((file) => join(folder, file)) as [string, string]
  const rest = { readBy: 'model', now: NOW } as const
  writeFileSync(book, await renderLedger(db, { words: bookWords(roster, taxonomy), ...rest }))
  writeFileSync(pack, await renderMonth(db, monthBefore(NOW), { words: digestWords(ledger), ...rest }))
  await ledger.close()
  return [book, pack]
}

async function emptyLedger(): Promise<OpenLedger> {
  return prepareLedger(await openDatabase(':memory:'))
}
