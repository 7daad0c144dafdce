import type { Db } from '../../db/database.ts'
import type { RoomTable } from '../../db/schema.ts'
import type { RememberedRoom } from './match-room.ts'

/** The rooms bound so far, as remembered from the last time they were seen. */
export async function rememberedRooms(db: Db): Promise<RememberedRoom[]> {
  return (await db.selectFrom('room').selectAll().execute()).map(fromRow)
}

/** Binds a room for good, in place of the one bound before under this key. */
export async function bindRoom(db: Db, room: RememberedRoom, at: Date): Promise<void> {
  const row = { topic: room.topic, member_names: JSON.stringify(room.memberNames), bound_at: at.toISOString() }
  await db
    .insertInto('room')
    .values({ key: room.key, ...row })
    .onConflict((conflict) => conflict.column('key').doUpdateSet(row))
    .execute()
}

/** Remembers a bound room as it is now, so that it is still recognised after many have come and gone. */
export async function refreshRoom(db: Db, { key, topic, memberNames }: RememberedRoom): Promise<void> {
  await db
    .updateTable('room')
    .set({ topic, member_names: JSON.stringify(memberNames) })
    .where('key', '=', key)
    .execute()
}

function fromRow(row: RoomTable): RememberedRoom {
  return { key: row.key, topic: row.topic, memberNames: JSON.parse(row.member_names) as string[] }
}
