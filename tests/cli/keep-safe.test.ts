import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { backUp, restore } from '../../src/cli/keep-safe.ts'
import { loadConfig } from '../../src/config.ts'
import { awaitWords, keepBytes, nextJob } from '../../src/media/jobs.ts'
import { openTown } from '../town.ts'

const SOUND = Buffer.from('the voice of somebody '.repeat(20_000))
let folder: string
let ledger: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keep-safe-'))
  mkdirSync(join(folder, 'data'))
  ledger = join(folder, 'data', 'ledger.sqlite')
  await using town = await openTown({ database: ledger })
  await town.say('邹姨', '', { kind: 'voice' })
  const now = town.clock.now()
  await awaitWords(town.db, 1, 'voice', now)
  await keepBytes(town.db, (await nextJob(town.db, 'fetch', now))!, SOUND, now)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function waiting(file: string): Promise<number> {
  const db = await openDatabase(file)
  const rows = await db.selectFrom('media').select('message').execute()
  await db.destroy()
  return rows.length
}

/** The files of a folder in which the voice can be heard. */
function withSound(dir: string): string[] {
  return readdirSync(dir).filter((name) => readFileSync(join(dir, name)).includes('the voice of somebody'))
}

test('a backup holds no voice and no picture that still waits; the ledger goes on waiting for them', async () => {
  const safe = join(folder, 'safe')
  await backUp(loadConfig({ DATA_DIR: join(folder, 'data') }), join(safe, 'backup'))
  expect(readdirSync(safe)).toEqual(['backup'])
  expect([withSound(safe), withSound(join(folder, 'data'))]).toEqual([[], ['ledger.sqlite']])
  expect(statSync(join(safe, 'backup')).mode & 0o777).toBe(0o600)
  expect(statSync(join(safe, 'backup')).size).toBeLessThan(SOUND.length)
  expect([await waiting(join(safe, 'backup')), await waiting(ledger)]).toEqual([0, 1])
})

test('nor does the ledger that is kept beside a restored one', async () => {
  const config = loadConfig({ DATA_DIR: join(folder, 'data') })
  await backUp(config, join(folder, 'backup'))
  await restore(config, join(folder, 'backup'))
  expect(readdirSync(join(folder, 'data')).sort()).toContain('ledger.sqlite.before-restore')
  expect(withSound(join(folder, 'data'))).toEqual([])
})
