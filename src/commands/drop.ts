import { dropQuestions } from '../casework/questions.ts'
import { moveConcern, noteConcern } from '../concerns/ledger.ts'
import { getConcern } from '../concerns/repository.ts'
import { UserError } from '../errors.ts'
import { type Asked, assertMayMove, type Command, NUMBER } from './command.ts'

/** 不是诉求 12号: it was read wrongly. */
export const drop: Command = {
  name: '不是诉求',
  synonyms: ['不对', '记错了', '不算诉求'],
  takes: new RegExp(`^${NUMBER}(?:[\\s,,::、]+(?<why>.*))?$`, 'su'),
  help: '这件不算诉求,划掉',
  example: '不是诉求 12号',
  who: 'everybody',
  async run(asked, { no, why, word }) {
    const concern = await getConcern(asked.db, Number(no))
    if (concern.settledProposedAt !== null && word === '不对') return denySettled(asked, concern.no)
    assertMayMove(asked, concern, 'dropped')
    const reason = why?.trim() ? `非诉求:${why.trim()}` : '非诉求'
    await moveConcern(asked.db, concern.no, { to: 'dropped', reason }, asked.actor, asked.now)
    return `好的,${concern.no}号划掉了。\n弄错了请在支委群回“确认 ${concern.no}号”。`
  },
}

/** 「不对 12号」 after 「群里说12号解决了」 means that it is not settled, not that it is no concern. */
async function denySettled(asked: Asked, no: number): Promise<string> {
  if (asked.audience === 'members' && asked.confirmed === null)
    throw new UserError('这个请支委会核实。\n没解决请说:没解决 12号'.replace('12', String(no)))
  await noteConcern(asked.db, no, { kind: 'settled_denied', note: null }, asked.actor, asked.now)
  await dropQuestions(asked.db, no, 'settled', asked.now)
  return `好的,${no}号还没解决,接着办。`
}
