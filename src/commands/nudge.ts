import { dayText } from '../clock.ts'
import { noteConcern } from '../concerns/ledger.ts'
import { listEvents } from '../concerns/repository.ts'
import { isAlive } from '../concerns/status.ts'
import { UserError } from '../errors.ts'
import { type Command, NUMBER } from './command.ts'
import { standing } from './standing.ts'
import { concernLine, stateText } from './words.ts'

/** 催一下 12号: asks whoever has it, once a day. */
export const nudge: Command = {
  name: '催一下',
  synonyms: ['催办'],
  casual: ['催'],
  takes: new RegExp(`^${NUMBER}$`, 'u'),
  help: '请经办的人看看',
  example: '催一下 12号',
  who: 'entitled',
  async run(asked, { no }) {
    const concern = await standing(asked, Number(no))
    if (!isAlive(concern.status)) throw new UserError(`${no}号现在${stateText(asked, concern)},不用催了。`)
    if (!concern.handler) throw new UserError(`${no}号还没有人经办。请说:交给 ${no}号 谁`)
    const events = await listEvents(asked.db, concern.no)
    const today = dayText(asked.now)
    if (events.some((event) => event.kind === 'nudged' && dayText(event.at) === today))
      throw new UserError(`${no}号今天催过了,明天再催。`)
    await noteConcern(asked.db, concern.no, { kind: 'nudged', note: concern.handler.name }, asked.actor, asked.now)
    return `请${concern.handler.name}看看:\n${concernLine(asked, concern)}\n办好了请说“办结 ${concern.no}号 做了什么”。`
  },
}
