import type { Updateable } from 'kysely'
import type { ConcernTable, FollowUp, Status } from '../../db/schema.ts'
import { DAY } from '../clock.ts'
import { UserError } from '../errors.ts'
import type { Concern, Handler } from './concern.ts'
import { dueAfter } from './due.ts'
import { STATUS_WORDS } from './status.ts'

/** A legal step of a concern and what it must carry. */
export type Move =
  | { to: 'open' }
  | { to: 'in_progress'; handler?: Handler }
  | { to: 'referred'; body: string; nextLook: Date }
  | { to: 'on_agenda' }
  | { to: 'deferred'; reason: string; nextLook: Date }
  | { to: 'resolved'; result: string }
  | { to: 'closed'; followUp: FollowUp }
  | { to: 'merged'; into: number }
  | { to: 'dropped'; reason: string }

/** How long after its end a concern may be taken up again, and how long one may be put off. */
export const REOPEN_DAYS = 90
const PAUSED: readonly Status[] = ['referred', 'deferred']

/** A concern taken up again goes back to its last handler, else it is open. */
export function targetOf(concern: Concern, move: Move): Status {
  return isReturn(concern) && move.to === 'in_progress' && !move.handler && !concern.handler ? 'open' : move.to
}

/** Whether it was settled, so that any further step takes it up again. */
export function isReturn(concern: Concern): boolean {
  return concern.status === 'resolved' || concern.status === 'closed'
}

/** Merged or dropped: out of the way, able to come back. */
export function isShelved(status: Status): boolean {
  return status === 'merged' || status === 'dropped'
}

/** Why a move is refused, in the words people see. */
export function illegal(concern: Concern, to: Status): string {
  return concern.status === to
    ? `${concern.no}号已经是${STATUS_WORDS[to]}了。`
    : `${concern.no}号现在是${STATUS_WORDS[concern.status]},不能直接改成${STATUS_WORDS[to]}。`
}

/** What changes on every real move: since when, the pause of the clock, what is taken back. */
export function moved(concern: Concern, to: Status, now: Date): Updateable<ConcernTable> {
  const at = now.toISOString()
  const leavesPause = PAUSED.includes(concern.status) && !PAUSED.includes(to)
  const paused = now.getTime() - concern.statusSince.getTime()
  return {
    status_since: at,
    status_before: isShelved(to) ? concern.status : null,
    // What is merged or dropped keeps what its status carried, so that it can return.
    ...(PAUSED.includes(to) || isShelved(to) ? {} : { next_look: null }),
    ...(PAUSED.includes(concern.status) && concern.dueAt
      ? { due_at: new Date(concern.dueAt.getTime() + paused).toISOString() }
      : {}),
    ...(leavesPause && concern.handler?.kind === 'body' && to === 'open' ? { handler: null, handler_kind: null } : {}),
    ...(isReturn(concern) && to !== 'closed' ? reopened(concern, now) : {}),
    ...(to === 'resolved' ? { resolved_at: at, settled_proposed_at: null } : {}),
    ...(to === 'closed' ? { closed_at: at } : {}),
  }
}

function reopened(concern: Concern, now: Date): Updateable<ConcernTable> {
  return {
    rounds: concern.rounds + 1,
    resolved_at: null,
    closed_at: null,
    result: null,
    follow_up: null,
    due_at: dueAfter(now, concern.urgency, concern.category).toISOString(),
  }
}

/** What a move must carry, as columns. @throws UserError for a next look too far away. */
export function carried(concern: Concern, move: Move, now: Date): Updateable<ConcernTable> {
  switch (move.to) {
    case 'in_progress': {
      const handler = move.handler ?? concern.handler
      return handler ? { handler_kind: handler.kind, handler: handler.name } : {}
    }
    case 'referred':
      return { handler_kind: 'body', handler: move.body, next_look: move.nextLook.toISOString() }
    case 'deferred':
      if (move.nextLook.getTime() - now.getTime() > REOPEN_DAYS * DAY) {
        throw new UserError(`挂账最多${REOPEN_DAYS}天,到期要再看一次。`)
      }
      return { reason: move.reason, next_look: move.nextLook.toISOString() }
    case 'resolved':
      return { result: move.result }
    case 'closed':
      return { follow_up: move.followUp }
    case 'merged':
      return { merged_into: move.into }
    case 'dropped':
      return { reason: move.reason }
    default:
      return {}
  }
}

/** What the event of a move notes. */
export function noteOf(move: Move): string | null {
  switch (move.to) {
    case 'in_progress':
      return move.handler?.name ?? null
    case 'referred':
      return move.body
    case 'deferred':
    case 'dropped':
      return move.reason
    case 'resolved':
      return move.result
    case 'closed':
      return move.followUp
    case 'merged':
      return `${move.into}号`
    default:
      return null
  }
}
