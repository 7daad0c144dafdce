import { quietAlarm } from '../casework/alarm.ts'
import { moveConcern, restoreConcern } from '../concerns/ledger.ts'
import { getConcern, listConcerns } from '../concerns/repository.ts'
import { isAlive } from '../concerns/status.ts'
import { UserError } from '../errors.ts'
import { type Asked, assertMayMove, type Command, isNumbered, NUMBER } from './command.ts'
import { concernLine, stateText } from './words.ts'

const SAID_IN_CHAT = '群里说已经解决'

/** 确认 [12号]: a suspected one is a concern indeed, a proposed end is the end, a dropped one was dropped by mistake. */
export const confirm: Command = {
  name: '确认',
  takes: new RegExp(`^(?:${NUMBER})?$`, 'u'),
  help: '待确认的,确认是诉求',
  example: '确认 12号',
  who: 'entitled',
  isOrder: isNumbered,
  async run(asked, { no }) {
    if (no !== undefined) return confirmOne(asked, Number(no))
    const suspected = await listConcerns(asked.db, { statuses: ['suspected'] })
    if (suspected.length === 0) return '现在没有待确认的。'
    if (suspected.length === 1) return confirmOne(asked, suspected[0]!.no)
    const lines = suspected.slice(0, 10).map((concern) => concernLine(asked, concern))
    const example = `请说确认哪一件,例:确认 ${suspected[0]!.no}号`
    return [`有${suspected.length}件待确认:`, ...lines, example].join('\n')
  },
}

async function confirmOne(asked: Asked, no: number): Promise<string> {
  const { db, actor, now } = asked
  const concern = await getConcern(db, no)
  if (concern.status === 'suspected') {
    assertMayMove(asked, concern, 'open')
    await moveConcern(db, no, { to: 'open' }, actor, now)
    await quietAlarm(db, no, actor.name, now)
    return `好的,${no}号算诉求,列入待办。\n${concernLine(asked, concern)}`
  }
  if (concern.status === 'dropped') {
    assertMayMove(asked, concern, concern.statusBefore!)
    const back = await restoreConcern(db, no, '划错了', actor, now)
    return `好的,${no}号恢复了,现在${stateText(asked, back)}。`
  }
  if (isAlive(concern.status) && concern.settledProposedAt !== null) {
    assertMayMove(asked, concern, 'resolved')
    await moveConcern(db, no, { to: 'resolved', result: SAID_IN_CHAT }, actor, now)
    await quietAlarm(db, no, actor.name, now)
    return `好的,${no}号办结了。\n${concernLine(asked, concern)}`
  }
  throw new UserError(`${no}号不用确认,现在${stateText(asked, concern)}。`)
}
