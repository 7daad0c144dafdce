import { moveConcern } from '../concerns/ledger.ts'
import { assertMayMove, type Command, NUMBER } from './command.ts'
import { inWork } from './standing.ts'
import { concernLine } from './words.ts'

/** 上会 12号: the next meeting of the committee decides. */
export const agendaItem: Command = {
  name: '上会',
  takes: new RegExp(`^${NUMBER}$`, 'u'),
  help: '交给支委会定',
  example: '上会 12号',
  who: 'entitled',
  async run(asked, { no }) {
    const concern = await inWork(asked, Number(no))
    assertMayMove(asked, concern, 'on_agenda')
    const item = await moveConcern(asked.db, concern.no, { to: 'on_agenda' }, asked.actor, asked.now)
    return `好的,${item.no}号列入下次支委会。\n${concernLine(asked, item)}`
  },
}
