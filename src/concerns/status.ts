import type { Db } from '../../db/database.ts'
import { STATUSES, type Status } from '../../db/schema.ts'

/** Who may make a move: the committee's room, confirmed people, the handler, the author, or nobody but the code itself. */
export type Mover = 'committee' | 'confirmed' | 'handler' | 'author'

export const STATUS_WORDS: Record<Status, string> = {
  suspected: '待确认',
  open: '待办',
  in_progress: '办理中',
  referred: '已转交',
  on_agenda: '待上会',
  deferred: '挂账',
  resolved: '已办结',
  closed: '已销号',
  merged: '已并案',
  dropped: '不受理',
}

const ALIVE = ['open', 'in_progress', 'referred', 'on_agenda', 'deferred'] as const satisfies Status[]
const HANDLED: Mover[] = ['handler', 'committee']
const EVERYBODY_ENTITLED: Mover[] = ['committee', 'confirmed']

/**
 * Every legal move and who may make it. From `merged` and `dropped` only the status before is legal,
 * from `closed` only within 90 days; `ledger.ts` and the database see to both.
 */
export const MOVES: Record<Status, Partial<Record<Status, Mover[]>>> = {
  suspected: {
    open: [...EVERYBODY_ENTITLED, 'author'],
    merged: EVERYBODY_ENTITLED,
    dropped: [...EVERYBODY_ENTITLED, 'author'],
  },
  open: {
    in_progress: EVERYBODY_ENTITLED,
    referred: EVERYBODY_ENTITLED,
    on_agenda: EVERYBODY_ENTITLED,
    deferred: EVERYBODY_ENTITLED,
    resolved: EVERYBODY_ENTITLED,
    merged: EVERYBODY_ENTITLED,
    dropped: [...EVERYBODY_ENTITLED, 'author'],
  },
  in_progress: to(HANDLED, 'open', 'in_progress', 'referred', 'on_agenda', 'deferred', 'resolved', 'merged', 'dropped'),
  referred: to(HANDLED, 'in_progress', 'on_agenda', 'deferred', 'resolved', 'merged', 'dropped'),
  on_agenda: to(['committee'], 'in_progress', 'referred', 'deferred', 'resolved', 'merged', 'dropped'),
  deferred: to(['committee'], 'in_progress', 'referred', 'on_agenda', 'resolved', 'merged', 'dropped'),
  resolved: {
    closed: HANDLED,
    in_progress: [...HANDLED, 'author'],
    open: [...HANDLED, 'author'],
  },
  closed: { in_progress: ['committee'], open: ['committee'] },
  merged: to(['committee'], 'suspected', ...ALIVE, 'resolved'),
  dropped: to(['committee'], 'suspected', ...ALIVE),
}

/** Whether the concern still waits for somebody: neither settled, merged nor dropped. */
export function isAlive(status: Status): boolean {
  return status === 'suspected' || (ALIVE as readonly Status[]).includes(status)
}

/** The statuses that wait for somebody, suspected ones included. */
export const ALIVE_STATUSES: readonly Status[] = ['suspected', ...ALIVE]

/** Mirrors the table of moves into the database, so that it refuses what the table refuses. */
export async function saveMoves(db: Db): Promise<void> {
  const rows = STATUSES.flatMap((from) =>
    (Object.keys(MOVES[from]) as Status[])
      .filter((next) => next !== from)
      .map((next) => ({ from_status: from, to_status: next })),
  )
  await db.deleteFrom('legal_move').execute()
  await db.insertInto('legal_move').values(rows).execute()
}

function to(who: Mover[], ...statuses: Status[]): Partial<Record<Status, Mover[]>> {
  return Object.fromEntries(statuses.map((status) => [status, who]))
}
