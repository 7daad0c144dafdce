import { listConcerns } from '../concerns/repository.ts'
import { shortList } from '../outbox/members-bubble.ts'
import { placeName } from '../roster/place-name.ts'
import type { Command } from './command.ts'

/** 谁要帮忙: who needs a hand; the members' room reads the building and nothing of the person. */
export const care: Command = {
  name: '谁要帮忙',
  synonyms: ['认领清单'],
  casual: ['帮忙'],
  takes: /^$/u,
  help: '哪些人家要搭把手',
  example: '谁要帮忙',
  who: 'everybody',
  async run(asked) {
    const needs = await listConcerns(asked.db, { category: 'care', statuses: ['open', 'in_progress'] })
    if (needs.length === 0) return '现在没有等人帮忙的。谢谢您!'
    const lines = needs.map((concern) => {
      const taken = concern.handler === null ? '' : '(有人去了)'
      const what = asked.audience === 'committee' ? ` ${concern.title}` : ''
      return `${concern.no}号 ${placeName(asked.roster, concern.place)}${what}${taken}`
    })
    const free = needs.find(({ handler }) => handler === null)
    const how = free ? `能帮请说:认领 ${free.no}号` : '谢谢大家'
    return shortList(`要搭把手的${needs.length}件:`, lines, (left) => `还有${left}件。`, [how])
  },
}
