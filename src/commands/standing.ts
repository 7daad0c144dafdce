import { quietAlarm } from '../casework/alarm.ts'
import type { Concern } from '../concerns/concern.ts'
import { moveConcern } from '../concerns/ledger.ts'
import { isReturn } from '../concerns/move.ts'
import { getConcern } from '../concerns/repository.ts'
import { STATUS_WORDS } from '../concerns/status.ts'
import { UserError } from '../errors.ts'
import { type Asked, assertMayMove } from './command.ts'

/**
 * The concern that a command is about, ready to be worked on: a merged one is refused with the number it went into,
 * a suspected one becomes open by being taken seriously, and its alarm falls quiet.
 */
export async function standing(asked: Asked, no: number): Promise<Concern> {
  const concern = await unmerged(asked, no)
  if (concern.status === 'suspected') {
    assertMayMove(asked, concern, 'open')
    await moveConcern(asked.db, no, { to: 'open' }, asked.actor, asked.now)
  }
  await quietAlarm(asked.db, no, asked.actor.name, asked.now)
  return getConcern(asked.db, no)
}

/** The concern as it stands. @throws UserError with the number it went into when it was merged. */
export async function unmerged({ db }: Asked, no: number): Promise<Concern> {
  const concern = await getConcern(db, no)
  if (concern.mergedInto === null) return concern
  throw new UserError(`${no}号已经并到${concern.mergedInto}号了,请说${concern.mergedInto}号。`)
}

/** Like `standing`, for a step of the work: what is settled is taken up again by 没解决 alone, and the refusal says so. */
export async function inWork(asked: Asked, no: number): Promise<Concern> {
  const concern = await standing(asked, no)
  if (isReturn(concern)) throw new UserError(`${no}号${STATUS_WORDS[concern.status]}。\n要重办请说:没解决 ${no}号`)
  return concern
}
