import { moveConcern } from '../concerns/ledger.ts'
import { assertMayMove, type Command, NUMBER } from './command.ts'
import { standing } from './standing.ts'
import { concernLine } from './words.ts'

/** 认领 12号: I take it. */
export const claim: Command = {
  name: '认领',
  synonyms: ['我来办', '接手'],
  takes: new RegExp(`^${NUMBER}$`, 'u'),
  help: '这件事我来办',
  example: '认领 12号',
  who: 'entitled',
  async run(asked, { no }) {
    const concern = await standing(asked, Number(no))
    assertMayMove(asked, concern, 'in_progress')
    const handler = { kind: 'person' as const, name: asked.actor.name }
    const taken = await moveConcern(asked.db, concern.no, { to: 'in_progress', handler }, asked.actor, asked.now)
    return `好的,${taken.no}号交给${asked.actor.name}了。\n${concernLine(asked, taken)}\n办好了请回“办结 ${taken.no}号 做了什么”。`
  },
}
