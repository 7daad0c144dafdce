import type { Updateable } from 'kysely'
import type { Db } from '../../db/database.ts'
import type { ConcernTable, EvidenceRole, Status } from '../../db/schema.ts'
import type { Place } from '../roster/place.ts'

/** Who changes the ledger: a person by name, or the assistant on its own. */
export type Actor = { kind: 'person' | 'assistant'; name: string }

export const ASSISTANT: Actor = { kind: 'assistant', name: '小助手' }

/** A message and what it says about the concern. */
export type Cited = { seq: number; role: EvidenceRole }

/** One step of a concern's history, about to be written. */
export type Step = {
  kind: string
  from: Status | null
  to: Status
  note: string | null
  data?: unknown
  by: Actor
  at: string
}

/** Writes one event, the row it belongs to, and the messages it rests on; to be called inside a transaction. */
export async function record(db: Db, no: number, step: Step, columns: Updateable<ConcernTable>, cited: Cited[] = []) {
  const { id } = await db
    .insertInto('event')
    .values({
      concern: no,
      at: step.at,
      kind: step.kind,
      actor_kind: step.by.kind,
      actor: step.by.name,
      from_status: step.from,
      to_status: step.to,
      note: step.note,
      data: step.data === undefined ? null : JSON.stringify(step.data),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('concern')
    .set({ ...columns, status: step.to, last_event: id })
    .where('no', '=', no)
    .execute()
  for (const { seq, role } of cited) {
    await db
      .insertInto('evidence')
      .values({ concern: no, message: seq, role, event: id })
      .onConflict((conflict) =>
        role === 'settled' ? conflict.columns(['concern', 'message']).doUpdateSet({ role }) : conflict.doNothing(),
      )
      .execute()
  }
}

/** A place as the columns of a concern. */
export function placeColumns(place: Place) {
  return {
    place: place.kind,
    compound: place.compound,
    building: place.building,
    unit: place.unit,
    party_group: place.partyGroup,
  }
}
