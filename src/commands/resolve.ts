import { moveConcern } from '../concerns/ledger.ts'
import { UserError } from '../errors.ts'
import { assertMayMove, type Command, NUMBER } from './command.ts'
import { standing } from './standing.ts'
import { concernLine } from './words.ts'

const SAID_IN_CHAT = '群里说已经解决'

/** 办结 12号 做了什么: it is settled, and what was done. */
export const resolve: Command = {
  name: '办结',
  casual: ['办好', '办完'],
  takes: new RegExp(`^${NUMBER}\\s*[,,::、]?\\s*(?<what>.*)$`, 'su'),
  help: '办好了,说做了什么',
  example: '办结 12号 物业换了新灯',
  who: 'entitled',
  async run(asked, { no, what }) {
    const concern = await standing(asked, Number(no))
    assertMayMove(asked, concern, 'resolved')
    const result = what?.trim() || (concern.settledProposedAt === null ? '' : SAID_IN_CHAT)
    if (result === '') throw new UserError(`${no}号是怎么办好的?请一起说。\n例:办结 ${no}号 物业换了新灯`)
    const done = await moveConcern(asked.db, concern.no, { to: 'resolved', result }, asked.actor, asked.now)
    return `好的,${done.no}号办结了。\n${concernLine(asked, done)}\n没解决请回“没解决 ${done.no}号”。`
  },
}
