import { moveConcern, noteConcern } from '../concerns/ledger.ts'
import { getConcern } from '../concerns/repository.ts'
import { isAlive } from '../concerns/status.ts'
import { UserError } from '../errors.ts'
import { enqueue } from '../outbox/outbox.ts'
import { assertMayMove, type Command, NUMBER, rolesOf } from './command.ts'
import { concernLine, stateText } from './words.ts'

/** 没解决 12号: it is taken up again; from somebody not entitled it reaches the committee as a wish. */
export const reopen: Command = {
  name: '没解决',
  synonyms: ['没有解决', '还没解决', '没办好', '重办'],
  takes: new RegExp(`^${NUMBER}\\s*(?<why>.*)$`, 'su'),
  help: '说办好了其实没好',
  example: '没解决 12号',
  who: 'everybody',
  async run(asked, { no }) {
    const concern = await getConcern(asked.db, Number(no))
    if (isAlive(concern.status)) throw new UserError(`${no}号还在办,现在${stateText(asked, concern)}。`)
    if (rolesOf(asked, concern).size === 0) {
      await noteConcern(asked.db, concern.no, { kind: 'wish', note: null }, asked.actor, asked.now)
      const text = `${asked.message.sender}说${concern.no}号还没解决。\n属实请回“没解决 ${concern.no}号”。`
      await enqueue(asked.db, { room: 'committee', kind: 'notice', text }, asked.now)
      return `好的,已告诉支委会:${concern.no}号还没解决。`
    }
    assertMayMove(asked, concern, 'in_progress')
    const again = await moveConcern(asked.db, concern.no, { to: 'in_progress' }, asked.actor, asked.now)
    return `好的,${again.no}号重新办。\n${concernLine(asked, again)}`
  },
}
