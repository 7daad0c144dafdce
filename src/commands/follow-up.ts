import type { FollowUp } from '../../db/schema.ts'
import { DAY } from '../clock.ts'
import { moveConcern, noteConcern } from '../concerns/ledger.ts'
import { getConcern, listEvents } from '../concerns/repository.ts'
import { UserError } from '../errors.ts'
import { assertMayMove, type Command, NUMBER } from './command.ts'
import { concernLine, stateText } from './words.ts'

const ANSWERS: Record<string, FollowUp> = {
  满意: 'satisfied',
  基本满意: 'basically_satisfied',
  没人可问: 'nobody_to_ask',
}
const MOST_TRIES = 3
const LONG_AFTER = 14 * DAY

/** 回访 12号 满意|基本满意|不满意|联系不上|没人可问: what the resident says; unhappy means it is taken up again. */
export const followUp: Command = {
  name: '回访',
  takes: new RegExp(`^${NUMBER}\\s*[,,::、]?\\s*(?<says>基本满意|不满意|满意|联系不上|没人可问)$`, 'u'),
  help: '问过居民,满不满意',
  example: '回访 12号 满意',
  who: 'entitled',
  async run(asked, { no, says }) {
    const { db, actor, now } = asked
    const concern = await getConcern(db, Number(no))
    if (concern.status !== 'resolved') throw new UserError(`${no}号现在${stateText(asked, concern)},办结以后才回访。`)
    if (says === '不满意') {
      assertMayMove(asked, concern, 'in_progress')
      const again = await moveConcern(db, concern.no, { to: 'in_progress' }, actor, now)
      return `好的,${no}号居民不满意,重新办。\n${concernLine(asked, again)}`
    }
    assertMayMove(asked, concern, 'closed')
    if (says === '联系不上') {
      await noteConcern(db, concern.no, { kind: 'not_reached', note: null }, actor, now)
      const tries = (await listEvents(db, concern.no)).filter(
        ({ kind, at }) => kind === 'not_reached' && at >= concern.resolvedAt!,
      ).length
      const isLong = now.getTime() - concern.resolvedAt!.getTime() >= LONG_AFTER
      if (tries < MOST_TRIES && !isLong) return `好的,记下了,第${tries}次没联系上。三次联系不上就销号。`
      await moveConcern(db, concern.no, { to: 'closed', followUp: 'not_reached' }, actor, now)
      return `好的,${isLong ? '办结两周了' : '三次'}没联系上,${no}号销号了。`
    }
    await moveConcern(db, concern.no, { to: 'closed', followUp: ANSWERS[says!]! }, actor, now)
    return `好的,${no}号居民${says === '没人可问' ? '没人可问' : says},销号了。`
  },
}
