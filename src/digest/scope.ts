import type { Db } from '../../db/database.ts'
import type { Place } from '../roster/place.ts'
import type { Period } from './period.ts'

/** What a summary is narrowed to: a building by its code, a party group, a category by its code, a compound. */
export type Scope = { period: Period; building?: string; partyGroup?: number; category?: string; compound?: string }

/** The concerns within a scope that the committee has not thrown out, whenever they were filed. */
export function concernsIn(db: Db, { building, partyGroup, category, compound }: Scope) {
  let query = db
    .selectFrom('concern')
    .innerJoin('category', 'category.code', 'concern.category')
    .where('concern.status', 'not in', ['merged', 'dropped'])
  if (building !== undefined) query = query.where('concern.building', '=', building)
  if (partyGroup !== undefined) query = query.where('concern.party_group', '=', partyGroup)
  if (category !== undefined) query = query.where('concern.category', '=', category)
  if (compound !== undefined) query = query.where('concern.compound', '=', compound)
  return query
}

/** What a scope is called besides its period: 「碧阳12栋」「第四党小组 电梯」, or nothing. */
export async function scopeText(db: Db, scope: Scope, placeName: (place: Place) => string): Promise<string> {
  const words: string[] = []
  if (scope.building !== undefined || scope.compound !== undefined) words.push(placeName(await placeOf(db, scope)))
  if (scope.partyGroup !== undefined) {
    const { name } = await db
      .selectFrom('party_group')
      .select('name')
      .where('number', '=', scope.partyGroup)
      .executeTakeFirstOrThrow()
    words.push(name)
  }
  if (scope.category !== undefined) {
    const { label } = await db
      .selectFrom('category')
      .select('label')
      .where('code', '=', scope.category)
      .executeTakeFirstOrThrow()
    words.push(label)
  }
  return words.join(' ')
}

async function placeOf(db: Db, { building, compound }: Scope): Promise<Place> {
  if (building === undefined)
    return { kind: 'compound', compound: compound!, building: null, unit: null, partyGroup: null }
  const row = await db
    .selectFrom('building')
    .select(['compound', 'party_group as partyGroup'])
    .where('code', '=', building)
    .executeTakeFirstOrThrow()
  return { kind: 'building', building, unit: null, ...row }
}
