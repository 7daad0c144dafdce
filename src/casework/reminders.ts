import type { Db } from '../../db/database.ts'
import { DAY } from '../clock.ts'
import type { Concern } from '../concerns/concern.ts'
import { listConcerns, listEvents } from '../concerns/repository.ts'
import { ALIVE_STATUSES } from '../concerns/status.ts'

/** What a day's reminders are about: whom to remind gently for the first time, and what the committee should see. */
export type Reminders = { handlers: Concern[]; committee: Concern[] }

const GRACE = 2 * DAY

/**
 * Concerns whose limit or next look has passed. A person who has one is reminded once a round; two days later,
 * and for everything without such a person, the committee is told.
 */
export async function dueReminders(db: Db, now: Date): Promise<Reminders> {
  const late = (await listConcerns(db, { statuses: ALIVE_STATUSES })).filter((concern) => isLate(concern, now))
  const reminders: Reminders = { handlers: [], committee: [] }
  for (const concern of late) {
    const reminded = (await listEvents(db, concern.no)).findLast(
      ({ kind, at }) => kind === 'reminded' && at >= concern.statusSince,
    )
    if (concern.handler?.kind === 'person' && !reminded) reminders.handlers.push(concern)
    else if (concern.handler?.kind !== 'person' || now.getTime() - reminded!.at.getTime() >= GRACE)
      reminders.committee.push(concern)
  }
  return reminders
}

/** Whether the limit has passed; for what is with somebody outside or put off, whether the next look has. */
export function isLate({ status, dueAt, nextLook }: Concern, now: Date): boolean {
  const limit = status === 'referred' || status === 'deferred' ? nextLook : dueAt
  return limit !== null && limit < now
}
