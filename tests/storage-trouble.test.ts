import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { MINUTE } from '../src/clock.ts'
import { silentLog } from '../src/log.ts'
import { MovableClock } from '../src/replay.ts'
import { StorageAlarm, storageTrouble } from '../src/storage-trouble.ts'

const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })

test('trouble of the disk or the database is told from any other, however deep it lies', () => {
  expect(storageTrouble(new Error('outer', { cause: full }))).toBe('磁盘满了,记不下了。请腾出地方。')
  expect(storageTrouble(Object.assign(new Error(''), { code: 'ENOSPC' }))).toContain('磁盘满了')
  expect(storageTrouble(Object.assign(new Error(''), { code: 'SQLITE_IOERR_WRITE' }))).toContain('SQLITE_IOERR_WRITE')
  expect(storageTrouble(Object.assign(new Error(''), { code: 'SQLITE_CORRUPT' }))).toContain('用备份恢复')
  expect(storageTrouble(Object.assign(new Error(''), { code: 'SQLITE_CONSTRAINT_CHECK' }))).toBe(null)
  expect(storageTrouble(new TypeError('no'))).toBe(null)
})

test('whatever part of the bot meets it, the operator hears of it once an hour, over restarts too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'storage-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const clock = new MovableClock(new Date('2026-06-03T06:00:00Z'))
  const alerts: string[] = []
  const start = () => new StorageAlarm(join(folder, 'storage-alerted'), clock, (text) => alerts.push(text))
  const first = start()
  const log = first.watching(silentLog)
  log.error({ err: new Error('other') }, 'a job failed')
  expect(alerts).toEqual([])
  log.error({ err: full, job: 'read' }, 'a job failed')
  first.raise('听到的话写不进硬盘')
  start().raise('听到的话写不进硬盘')
  expect(alerts).toEqual(['磁盘满了,记不下了。请腾出地方。'])
  clock.advance(new Date(clock.now().getTime() + 61 * MINUTE))
  start().watching(silentLog).error({ err: full, seq: 7 }, 'a message could not be carried out')
  expect(alerts).toHaveLength(2)
})
