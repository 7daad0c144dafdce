import type { Db } from '../../db/database.ts'
import { MINUTE } from '../clock.ts'
import { noWayBack, restoreConcern, undoStep } from '../concerns/ledger.ts'
import { getConcern } from '../concerns/repository.ts'
import { STATUS_WORDS } from '../concerns/status.ts'
import { takeBackReport } from '../concerns/withdrawal.ts'
import { UserError } from '../errors.ts'
import type { Asked, Command } from './command.ts'

const WINDOW = 10 * MINUTE

/** 撤回: takes back one's own last report or command of the last ten minutes, by a correcting event. */
export const withdraw: Command = {
  name: '撤回',
  takes: /^(?:刚才的?)?$/u,
  help: '收回刚才登记或办的事',
  example: '撤回',
  who: 'everybody',
  async run(asked) {
    const last = await lastStep(asked)
    if (!last) return '十分钟里没有您登记或办过的事。'
    const { db, actor, now } = asked
    const concern = await getConcern(db, last.concern)
    switch (last.kind) {
      case 'filed': {
        const { sender_id: senderId, sender } = asked.message
        const stays = await takeBackReport(db, concern.no, { senderId, sender }, actor, now)
        return stays ? `好的,您说的收回了。\n${concern.no}号别人也说过,还留着。` : `好的,${concern.no}号撤回了。`
      }
      case 'dropped':
        await restoreConcern(db, concern.no, '撤回', actor, now)
        return `好的,${concern.no}号恢复了。`
      case 'in_progress':
      case 'referred':
      case 'on_agenda':
      case 'deferred':
      case 'resolved': {
        const back = await undoStep(db, { no: concern.no, event: last.id }, actor, now)
        const handler = back.status === 'in_progress' && back.handler ? `,还是${back.handler.name}办` : ''
        return `好的,${concern.no}号刚才那一步收回了,现在${STATUS_WORDS[back.status]}${handler}。`
      }
      default:
        throw new UserError(noWayBack(concern.no))
    }
  },
}

/** The asker's own last step that still is the concern's newest; their report, as long as no person did anything about it. */
async function lastStep(asked: Asked): Promise<{ id: number; concern: number; kind: string } | null> {
  const { db, message, actor, audience, confirmed } = asked
  const since = new Date(asked.now.getTime() - WINDOW).toISOString()
  // A name shown in the members' room is nobody's proof: there, commands are taken back by confirmed people only.
  const name = audience === 'committee' || confirmed !== null ? actor.name : null
  for (const step of await ownSteps(db, since, message.sender_id, name)) {
    let later = db.selectFrom('event').select('id').where('concern', '=', step.concern).where('id', '>', step.id)
    if (step.kind === 'filed') later = later.where('actor_kind', '=', 'person')
    if (!(await later.executeTakeFirst())) return step
  }
  return null
}

async function ownSteps(db: Db, since: string, senderId: string, name: string | null) {
  return db
    .selectFrom('event')
    .innerJoin('concern', 'concern.no', 'event.concern')
    .select(['event.id', 'event.concern', 'event.kind'])
    .where('event.at', '>=', since)
    .where((where) =>
      where.or([
        where.and([where('event.kind', '=', 'filed'), where('reporter_id', '=', senderId)]),
        ...(name === null ? [] : [where.and([where('actor_kind', '=', 'person'), where('actor', '=', name)])]),
      ]),
    )
    .orderBy('event.id', 'desc')
    .execute()
}
