import SqliteDatabase from 'better-sqlite3'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { type Db, findDamage, MIGRATIONS } from '../../db/database.ts'
import type { Schema } from '../../db/schema.ts'
import { prepareLedger } from '../../src/cli/ledger-folder.ts'
import { fileConcern, linkConcerns, moveConcern } from '../../src/concerns/ledger.ts'
import { getConcern, listConcerns, listEvents } from '../../src/concerns/repository.ts'

const NOW = new Date('2026-05-18T09:00:00+08:00')
const BY = { kind: 'person' as const, name: '黎翠萍' }

test('a ledger of before keeps its rows, numbers, history and guards when follow-ups learn a new answer', async () => {
  const sqlite = new SqliteDatabase(':memory:')
  sqlite.pragma('foreign_keys = ON')
  const db: Db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: sqlite }) })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  await migrator.migrateTo('0005-transport')
  await prepareLedger(db)
  for (const title of ['电梯停运', '电梯又停运', '门口路灯不亮']) await file(db, title)
  await moveConcern(db, 2, { to: 'merged', into: 1 }, BY, NOW)
  await linkConcerns(db, 3, 1, 'related')
  await moveConcern(db, 1, { to: 'resolved', result: '修好了' }, BY, NOW)
  await sql`insert into opted_out values ('@a', '知足常乐', null, '2026-05-18'), ('@b', '邹姨', '张孃', '2026-05-18')`.execute(
    db,
  )
  const before = await listConcerns(db, {})

  expect((await migrator.migrateToLatest()).error).toBeUndefined()
  expect(await findDamage(db)).toEqual([])
  expect(await listConcerns(db, {})).toEqual(before)
  expect((await listEvents(db, 1)).map(({ kind }) => kind)).toEqual(['filed', 'resolved'])
  expect((await file(db, '楼道堆杂物')).no).toBe(4)
  await moveConcern(db, 1, { to: 'closed', followUp: 'dissatisfied' }, BY, NOW)
  expect(await getConcern(db, 1)).toMatchObject({ status: 'closed', followUp: 'dissatisfied' })
  await expect(db.updateTable('concern').set({ title: '别的' }).where('no', '=', 3).execute()).rejects.toThrow(
    'needs its event',
  )
  await expect(db.deleteFrom('concern').where('no', '=', 3).execute()).rejects.toThrow('never deleted')
  expect(await db.selectFrom('recording_wish').select(['key', 'wish']).orderBy('key').execute()).toEqual([
    { key: 'name:members:知足常乐', wish: 'out' },
    { key: 'remark:张孃', wish: 'out' },
  ])
  await db.destroy()
})

test('the lines seen of a list stay known when each gets a row of its own', async () => {
  const db: Db = new Kysely<Schema>({ dialect: new SqliteDialect({ database: new SqliteDatabase(':memory:') }) })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  await migrator.migrateTo('0009-people-and-answers')
  await sql`insert into chain values ('members', 'repairs', '["lamp","lift"]', '2026-05-18')`.execute(db)
  expect((await migrator.migrateToLatest()).error).toBeUndefined()
  const known = { room: 'members', topic: 'repairs', msg_id: null, seen_at: '2026-05-18' }
  expect(await db.selectFrom('chain_line').selectAll().orderBy('line').execute()).toEqual([
    { ...known, line: 'lamp' },
    { ...known, line: 'lift' },
  ])
  await db.destroy()
})

function file(db: Db, title: string) {
  const draft = {
    title,
    detail: '',
    nature: 'help',
    category: 'elevator',
    urgency: 'yellow',
    placeWords: null,
  } as const
  const place = { kind: 'none', compound: null, building: null, unit: null, partyGroup: null } as const
  const people = { reporter: '平安是福', reporterId: '@x', collectedBy: null, source: '群聊' } as const
  return fileConcern(db, { ...draft, place, ...people, sensitive: false, doubt: null, toldAt: NOW }, [], BY, NOW)
}
