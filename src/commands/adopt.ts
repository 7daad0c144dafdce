import { type Concern, NOT_ADOPTED } from '../concerns/concern.ts'
import { moveConcern } from '../concerns/ledger.ts'
import { listEvidence } from '../concerns/repository.ts'
import { UserError } from '../errors.ts'
import { fitsMembers } from '../outbox/members-bubble.ts'
import { enqueue } from '../outbox/outbox.ts'
import { hidePersonal } from '../privacy/hide.ts'
import { type Asked, assertMayMove, type Command, NUMBER } from './command.ts'
import { standing } from './standing.ts'
import { namesIn } from './words.ts'

/** 采纳 12号 怎么做 · 不采纳 12号 原因: how a suggestion ended; the proposer's room is told. */
export const adopt: Command = {
  name: '采纳',
  takes: new RegExp(`^${NUMBER}\\s*[,,::、]?\\s*(?<what>\\S.*)$`, 'su'),
  help: '建议采纳了,怎么做',
  example: '采纳 12号 下月开始排练',
  who: 'committee',
  run: (asked, { no, what }) => conclude(asked, Number(no), '已采纳', what!),
}

/** 不采纳 12号 原因. */
export const reject: Command = {
  name: '不采纳',
  takes: new RegExp(`^${NUMBER}\\s*[,,::、]?\\s*(?<what>\\S.*)$`, 'su'),
  help: '建议没采纳,为什么',
  example: '不采纳 12号 场地不够',
  who: 'committee',
  run: (asked, { no, what }) => conclude(asked, Number(no), NOT_ADOPTED, what!),
}

async function conclude(asked: Asked, no: number, word: string, what: string): Promise<string> {
  const { db, actor, now } = asked
  const concern = await standing(asked, no)
  if (concern.nature !== 'suggestion') throw new UserError(`${no}号不是建议。办好了请说:办结 ${no}号 做了什么`)
  assertMayMove(asked, concern, 'resolved')
  await moveConcern(db, no, { to: 'resolved', result: `${word}:${what.trim()}` }, actor, now)
  if (!concern.sensitive)
    await enqueue(db, { room: 'members', kind: 'notice', text: await thanks(asked, concern, word, what.trim()) }, now)
  return `好的,${no}号${word},也告诉群里了。`
}

/** 「谢谢提建议的人」, without saying who it is. */
async function thanks({ db, roster }: Asked, concern: Concern, word: string, what: string): Promise<string> {
  const { no, title, reporter } = concern
  const tellers = (await listEvidence(db, no)).map(({ sender }) => sender)
  const shown = hidePersonal(what, { names: namesIn(roster), shown: [reporter ?? '', ...tellers] })
  const text = `${no}号建议“${title}”${word}:\n${shown}\n谢谢提建议的人。`
  return fitsMembers(text) ? text : `${no}号建议“${title}”${word}。\n谢谢提建议的人。`
}
