import type { Db } from '../../db/database.ts'
import { MINUTE } from '../clock.ts'
import { moveConcern, restoreConcern } from '../concerns/ledger.ts'
import { getConcern } from '../concerns/repository.ts'
import type { Asked, Command } from './command.ts'
import { stateText } from './words.ts'

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
      case 'filed':
        await moveConcern(db, concern.no, { to: 'dropped', reason: '撤回' }, actor, now)
        return `好的,${concern.no}号撤回了。`
      case 'dropped':
        await restoreConcern(db, concern.no, '撤回', actor, now)
        return `好的,${concern.no}号恢复了。`
      case 'in_progress':
        await moveConcern(db, concern.no, { to: 'open' }, actor, now)
        return `好的,${concern.no}号放回待办了。`
      case 'resolved': {
        const back = await moveConcern(db, concern.no, { to: 'in_progress' }, actor, now)
        return `好的,${concern.no}号没算办结,现在${stateText(asked, back)}。`
      }
      default:
        return `${concern.no}号刚才那一步收不回,请直接说要改成什么。`
    }
  },
}

/** The asker's own last step that still is the concern's newest. */
async function lastStep(asked: Asked): Promise<{ concern: number; kind: string } | null> {
  const { db, message, actor, audience, confirmed } = asked
  const since = new Date(asked.now.getTime() - WINDOW).toISOString()
  // A name shown in the members' room is nobody's proof: there, commands are taken back by confirmed people only.
  const name = audience === 'committee' || confirmed !== null ? actor.name : null
  const own = await ownSteps(db, since, message.sender_id, name)
  for (const step of own) {
    const { last_event } = await db
      .selectFrom('concern')
      .select('last_event')
      .where('no', '=', step.concern)
      .executeTakeFirstOrThrow()
    if (last_event === step.id) return step
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
