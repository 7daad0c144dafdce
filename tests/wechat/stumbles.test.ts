import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { state } from '../../src/commands/state.ts'
import { hurriedSince, until } from './fast-time.ts'
import { Nursery } from './nursery.ts'
import { People } from './people.ts'
import { StandIn } from './stand-in.ts'

it('a message that has killed the process twice is stored without its words, passed over, and shown by 状态', {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stumbles-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const began = Date.now()
  const people = new People()
  const all = ['黎翠萍', '史德芬', '丁惠芳'].map((name) => people.person(name))
  const committee = people.room('支委会', all)
  const standIn = await new StandIn({ clock: hurriedSince(began), people }).open()
  onTestFinished(() => standIn.close())
  const nursery = new Nursery(standIn.url, folder, { began, poison: '毒' })
  onTestFinished(() => nursery.close())
  nursery.keep()
  await nursery.bind(standIn, '支委群', committee)

  const ids = ['前面的', '毒', '后面的'].map((text) => standIn.say(committee, all[0]!, text))
  await until(() => standIn.isAllDelivered, 'it went on', 30_000)
  await nursery.close()
  expect(nursery.deaths.slice(0, 2)).toEqual(['SIGSEGV', 'SIGSEGV'])
  expect(nursery.starts).toBe(3)

  const db = await openDatabase(join(folder, 'ledger.sqlite'))
  onTestFinished(() => db.destroy())
  expect(await db.selectFrom('message').select(['msg_id', 'text', 'state']).orderBy('seq').execute()).toEqual([
    { msg_id: ids[0], text: '前面的', state: 'new' },
    { msg_id: ids[1], text: '', state: 'skipped' },
    { msg_id: ids[2], text: '后面的', state: 'new' },
  ])
  const asked = { db, message: { seq: 0 }, now: new Date(), readerName: 'rules', audience: 'committee' }
  expect(await state.run(asked as unknown as Parameters<typeof state.run>[0], {})).toContain(
    '两次让程序停下、已跳过的:1条',
  )
})
