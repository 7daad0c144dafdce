import { quietAlarm } from '../casework/alarm.ts'
import { moveConcern, restoreConcern } from '../concerns/ledger.ts'
import { getConcern, getStanding } from '../concerns/repository.ts'
import { UserError } from '../errors.ts'
import { assertMayMove, type Command, NUMBER } from './command.ts'
import { unmerged } from './standing.ts'
import { concernLine, stateText } from './words.ts'

/** 合并 12号 15号: one thing told twice; the older number stays. */
export const merge: Command = {
  name: '合并',
  synonyms: ['并案'],
  takes: /^[##]?(?<one>\d{1,6})\s*号?\s*(?:和|与|跟|、|,|,|到)?\s*[##]?(?<two>\d{1,6})\s*号?$/u,
  help: '两件是一件事',
  example: '合并 12号 15号',
  who: 'entitled',
  async run(asked, { one, two }) {
    const [older, newer] = [Number(one), Number(two)].sort((a, b) => a - b) as [number, number]
    const into = await getStanding(asked.db, older)
    // A suspected one stays so, to be suspected again when it is taken apart.
    const from = await unmerged(asked, newer)
    assertMayMove(asked, from, 'merged')
    await moveConcern(asked.db, from.no, { to: 'merged', into: into.no }, asked.actor, asked.now)
    await quietAlarm(asked.db, from.no, asked.actor.name, asked.now)
    return `好的,${from.no}号并到${into.no}号了。\n${concernLine(asked, into)}\n并错了请回“分开 ${from.no}号”。`
  },
}

/** 分开 15号: it was another thing after all. */
export const unmerge: Command = {
  name: '分开',
  takes: new RegExp(`^${NUMBER}$`, 'u'),
  help: '并错了,分开',
  example: '分开 15号',
  who: 'entitled',
  async run(asked, { no }) {
    const concern = await getConcern(asked.db, Number(no))
    if (concern.status === 'dropped') throw new UserError(`${no}号没有并案。要恢复请说:确认 ${no}号`)
    if (concern.status !== 'merged') throw new UserError(`${no}号没有并案,不用分开。`)
    assertMayMove(asked, concern, concern.statusBefore!)
    const back = await restoreConcern(asked.db, concern.no, '分开', asked.actor, asked.now)
    return `好的,${back.no}号分开了,现在${stateText(asked, back)}。\n${concernLine(asked, back)}`
  },
}
