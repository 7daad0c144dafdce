import { quietAlarm } from '../casework/alarm.ts'
import { moveConcern } from '../concerns/ledger.ts'
import { getConcern } from '../concerns/repository.ts'
import { assertMayMove, type Command, NUMBER } from './command.ts'

/** 不是诉求 12号: it was read wrongly. */
export const drop: Command = {
  name: '不是诉求',
  synonyms: ['不对', '记错了', '不算诉求'],
  takes: new RegExp(`^${NUMBER}\\s*(?<why>.*)$`, 'su'),
  help: '这件不算诉求,划掉',
  example: '不是诉求 12号',
  who: 'everybody',
  async run(asked, { no, why }) {
    const concern = await getConcern(asked.db, Number(no))
    assertMayMove(asked, concern, 'dropped')
    const reason = why?.trim() ? `非诉求:${why.trim()}` : '非诉求'
    await moveConcern(asked.db, concern.no, { to: 'dropped', reason }, asked.actor, asked.now)
    await quietAlarm(asked.db, concern.no, asked.actor.name, asked.now)
    return `好的,${concern.no}号划掉了。\n弄错了请在支委群回“确认 ${concern.no}号”。`
  },
}
