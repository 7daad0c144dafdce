import { MINUTE } from '../clock.ts'
import type { Asked, Command } from './command.ts'
import { plainWords } from './parse.ts'

const AT_ONCE = 5
const STILL_READING = 30 * MINUTE
const CASUAL = ['怎么用', '功能', '在吗', '在不在', '你好', '你会什么']
const HELP = new RegExp(`^(?:(?<more>更多)|(?:帮助|${CASUAL.join('|')})\\s*(?<page>\\d)?)$`, 'u')

/** 帮助: the commands, five at a time, made from the list itself; 更多 goes on. */
export function helpFor(commands: () => readonly Command[]): Command {
  return {
    name: '帮助',
    synonyms: ['更多'],
    casual: CASUAL,
    isOrder: ({ word }) => word === '帮助' || word === '更多',
    takes: /^(?<page>\d)?$/u,
    help: '我会做什么',
    example: '帮助',
    who: 'everybody',
    byVoice: true,
    async run(asked, { page, word }) {
      const { audience, confirmed } = asked
      const useful = commands().filter((command) => {
        if (command.name === '帮助') return false
        return (
          command.who === 'everybody' || audience === 'committee' || (command.who === 'entitled' && confirmed !== null)
        )
      })
      const pages = Math.ceil(useful.length / AT_ONCE)
      const before = word === '更多' ? await lastPage(asked) : null
      // 更多 out of the blue is everyday talk.
      if (word === '更多' && before === null && audience === 'members' && asked.message.to_bot === 0) return null
      const at = Math.min(Number(page ?? (before ?? 0) + 1) || 1, pages)
      const shown = useful.slice((at - 1) * AT_ONCE, at * AT_ONCE)
      const lines = shown.map(({ example, help }) => `${example}${audience === 'committee' ? ` — ${help}` : ''}`)
      const more = at < pages ? '(还有,请回“更多”)' : ''
      const head =
        audience === 'committee' ? `可以这样说,${at}/${pages}` : at === 1 ? '有事直接说。也可以说' : '还可以说'
      return [`${head}${more}:`, ...lines].join('\n')
    },
  }
}

/** The page of 帮助 this person saw last in this room, lately; null when none. */
async function lastPage({ db, message, now }: Asked): Promise<number | null> {
  const own = await db
    .selectFrom('message')
    .select('text')
    .where('room', '=', message.room)
    .where('sender_id', '=', message.sender_id)
    .where('state', '=', 'command')
    .where('heard_at', '>=', new Date(now.getTime() - STILL_READING).toISOString())
    .orderBy('seq')
    .execute()
  return own.reduce<number | null>((page, { text }) => {
    const match = HELP.exec(plainWords(text).words)
    if (match?.groups?.more !== undefined) return page === null ? null : page + 1
    return match ? Number(match.groups!.page ?? 1) : page
  }, null)
}
