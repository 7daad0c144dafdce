import type { Db } from '../../db/database.ts'

/** The member whom the committee confirmed under this remark of the account's owner; null when nobody did. */
export async function confirmedMember(db: Db, remark: string | null): Promise<string | null> {
  if (remark === null) return null
  const row = await db
    .selectFrom('confirmed_person')
    .innerJoin('member', 'member.name', 'confirmed_person.member')
    .select('member')
    .where('remark', '=', remark)
    .where('retired', '=', 0)
    .executeTakeFirst()
  return row?.member ?? null
}

/** Remembers that a remark is a member; a later confirmation of the same remark replaces it. */
export async function confirmPerson(db: Db, remark: string, member: string, by: string, now: Date): Promise<void> {
  const values = { member, confirmed_by: by, confirmed_at: now.toISOString() }
  await db
    .insertInto('confirmed_person')
    .values({ remark, ...values })
    .onConflict((conflict) => conflict.column('remark').doUpdateSet(values))
    .execute()
}
