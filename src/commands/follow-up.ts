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
  不满意: 'dissatisfied',
  没人可问: 'nobody_to_ask',
}
const SOLVED = '(?<solved>解决了|办好了)'
const CONTENT = '(?<content>基本满意|不满意|满意)'
const AND = '[\\s,,、但]*'
const UNSOLVED = `(?:不满意${AND})?(?<unsolved>没解决|没有解决|没办好)(?:${AND}不满意)?`
const SAYS = `(?:${UNSOLVED}|(?=\\S)${SOLVED}?(?:${AND}${CONTENT})?(?:${AND}(?<after>解决了|办好了))?|(?<other>联系不上|没人可问))`
const MOST_TRIES = 3
const LONG_AFTER = 14 * DAY

/**
 * 回访 12号 满意|基本满意|解决了 不满意|没解决|联系不上|没人可问: what the resident says. Solved closes it, happy or not;
 * not solved takes it up again; 不满意 alone may be either, so it is asked back.
 */
export const followUp: Command = {
  name: '回访',
  takes: new RegExp(`^${NUMBER}\\s*[,,::、]?\\s*${SAYS}$`, 'u'),
  help: '问过居民,满不满意',
  example: '回访 12号 满意',
  who: 'entitled',
  async run(asked, { no, solved, after, unsolved, content, other }) {
    const { db, actor, now } = asked
    const concern = await getConcern(db, Number(no))
    if (concern.status !== 'resolved') throw new UserError(`${no}号现在${stateText(asked, concern)},办结以后才回访。`)
    if (unsolved !== undefined) {
      assertMayMove(asked, concern, 'in_progress')
      const again = await moveConcern(db, concern.no, { to: 'in_progress' }, actor, now)
      return `好的,${no}号没解决,重新办。\n${concernLine(asked, again)}`
    }
    if (content === '不满意' && (solved ?? after) === undefined) throw new UserError(askWhetherSolved(no!))
    if (content === undefined && other === undefined)
      throw new UserError(`${no}号解决了,居民满意吗?\n满意:回访 ${no}号 满意\n不满意:回访 ${no}号 解决了 不满意`)
    assertMayMove(asked, concern, 'closed')
    if (other === '联系不上') {
      await noteConcern(db, concern.no, { kind: 'not_reached', note: null }, actor, now)
      const tries = (await listEvents(db, concern.no)).filter(
        ({ kind, at }) => kind === 'not_reached' && at >= concern.resolvedAt!,
      ).length
      const isLong = now.getTime() - concern.resolvedAt!.getTime() >= LONG_AFTER
      if (tries < MOST_TRIES && !isLong) return `好的,记下了,第${tries}次没联系上。三次联系不上就销号。`
      await moveConcern(db, concern.no, { to: 'closed', followUp: 'not_reached' }, actor, now)
      return `好的,${isLong ? '办结两周了' : '三次'}没联系上,${no}号销号了。`
    }
    const says = (other ?? content)!
    await moveConcern(db, concern.no, { to: 'closed', followUp: ANSWERS[says]! }, actor, now)
    return says === '不满意'
      ? `好的,${no}号解决了,居民不满意,记下销号。`
      : `好的,${no}号${other === undefined ? '居民' : ''}${says},销号了。`
  },
}

/** Unhappy may mean that it is not done, or done badly: only the second is an end. */
function askWhetherSolved(no: string): string {
  return `${no}号办好了没有?\n办好了:回访 ${no}号 解决了 不满意\n没办好:回访 ${no}号 没解决`
}
