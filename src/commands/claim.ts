import { moveConcern } from '../concerns/ledger.ts'
import { getConcern } from '../concerns/repository.ts'
import { isAlive } from '../concerns/status.ts'
import { UserError } from '../errors.ts'
import { enqueue } from '../outbox/outbox.ts'
import { type Asked, assertMayMove, type Command, NUMBER } from './command.ts'
import { inWork } from './standing.ts'
import { concernLine } from './words.ts'

/** 认领 12号: I take it. */
export const claim: Command = {
  name: '认领',
  casual: ['我来办', '接手'],
  takes: new RegExp(`^${NUMBER}$`, 'u'),
  help: '这件事我来办',
  example: '认领 12号',
  who: 'everybody',
  async run(asked, { no }) {
    if (asked.audience === 'members' && asked.confirmed === null) return offer(asked, Number(no))
    const concern = await inWork(asked, Number(no))
    assertMayMove(asked, concern, 'in_progress')
    const handler = { kind: 'person' as const, name: asked.actor.name }
    if (concern.status === 'in_progress' && concern.handler?.kind === 'person' && concern.handler.name === handler.name)
      throw new UserError(`${no}号已经是您在办。`)
    const taken = await moveConcern(asked.db, concern.no, { to: 'in_progress', handler }, asked.actor, asked.now)
    return `好的,${taken.no}号交给${asked.actor.name}了。\n${concernLine(asked, taken)}\n办好了请回“办结 ${taken.no}号 做了什么”。`
  },
}

/** A neighbour offers a hand with somebody's need; the committee says yes. */
async function offer({ db, message, now }: Asked, no: number): Promise<string> {
  const concern = await getConcern(db, no)
  if (concern.category !== 'care') throw new UserError('这个要在支委群里说。\n您有事直接讲,小助手会记下。')
  if (!isAlive(concern.status)) return `${no}号已经办好了,谢谢您!`
  if (concern.handler !== null) return `${no}号已经有人去了,谢谢您!`
  const text = `${message.sender}想认领${no}号(${concern.title})。\n同意请回“交给 ${no}号 全名”。`
  await enqueue(db, { room: 'committee', kind: 'notice', text }, now)
  return '谢谢您!已告诉支委会,请等回话。'
}
