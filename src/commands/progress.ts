import { noteConcern } from '../concerns/ledger.ts'
import { listEvents } from '../concerns/repository.ts'
import { isAlive } from '../concerns/status.ts'
import { UserError } from '../errors.ts'
import { type Command, NUMBER } from './command.ts'
import { standing } from './standing.ts'
import { stateText } from './words.ts'

const VISIT = /上门|入户|走访|登门|去(?:他|她|了)?家/u

/** 进展 12号 …: what was done; a visit is counted. */
export const progress: Command = {
  name: '进展',
  casual: ['情况'],
  takes: new RegExp(`^${NUMBER}\\s*[,,::、]?\\s*(?<what>\\S.*)$`, 'su'),
  help: '办到哪一步了',
  example: '进展 12号 上门看了,约好明天修',
  who: 'entitled',
  async run(asked, { no, what }) {
    const concern = await standing(asked, Number(no))
    if (!isAlive(concern.status)) throw new UserError(`${no}号现在${stateText(asked, concern)},不用再记进展。`)
    const isVisit = VISIT.test(what!)
    const kind = isVisit ? 'visit' : 'progress'
    await noteConcern(asked.db, concern.no, { kind, note: what!.trim() }, asked.actor, asked.now)
    const visits = (await listEvents(asked.db, concern.no)).filter((event) => event.kind === 'visit').length
    return isVisit ? `好的,${concern.no}号记下了,第${visits}次上门。` : `好的,${concern.no}号记下了。`
  },
}
