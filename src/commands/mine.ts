import { MINUTE } from '../clock.ts'
import { listConcerns } from '../concerns/repository.ts'
import { shortList } from '../outbox/members-bubble.ts'
import type { Asked, Command } from './command.ts'
import { concernLine, stateText } from './words.ts'

const WHOSE = /谁的|哪个的|哪家的|哪位的|谁掉|哪个掉|是不是你/u

/** 我的: what I told and what I took over. */
export const mine: Command = {
  name: '我的',
  synonyms: ['我的事', '我的事情', '我的本子', '我的诉求'],
  takes: /^$/u,
  help: '我反映的和我经办的事',
  example: '我的事',
  who: 'everybody',
  readsFirst: true,
  async run(asked, { word }) {
    if (word === '我的' && (await answersSomebody(asked))) return null
    const told = await listConcerns(asked.db, { reporterId: asked.message.sender_id })
    const taken = asked.confirmed === null ? [] : await listConcerns(asked.db, { handler: asked.confirmed })
    const all = [...new Map([...told, ...taken].map((concern) => [concern.no, concern])).values()]
    const shown = all.filter(({ status }) => status !== 'merged' && status !== 'dropped' && status !== 'closed')
    if (shown.length === 0) return '您现在没有在跟的事。有事直接在群里说就行。'
    const newest = shown.toSorted((a, b) => b.no - a.no)
    const lines = newest.map((concern) => `${concernLine(asked, concern)}(${stateText(asked, concern)})`)
    return shortList(`您有${shown.length}件:`, lines, (left) => `还有${left}件。`)
  },
}

/** 「哪个的伞?」「我的」: said in the members' room right after such a question, it is no order. */
async function answersSomebody({ db, message, audience, now }: Asked): Promise<boolean> {
  if (audience === 'committee' || message.to_bot === 1) return false
  if (message.quote_id !== null) return true
  const last = await db
    .selectFrom('message')
    .select(['text', 'sender_id'])
    .where('room', '=', message.room)
    .where('seq', '<', message.seq)
    .where('heard_at', '>=', new Date(now.getTime() - 5 * MINUTE).toISOString())
    .orderBy('seq', 'desc')
    .executeTakeFirst()
  return last !== undefined && last.sender_id !== message.sender_id && WHOSE.test(last.text)
}
