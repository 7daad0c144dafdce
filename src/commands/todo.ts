import type { Concern } from '../concerns/concern.ts'
import { listConcerns } from '../concerns/repository.ts'
import { ALIVE_STATUSES } from '../concerns/status.ts'
import { shortList } from '../outbox/members-bubble.ts'
import { partyGroupName } from '../roster/look-up.ts'
import { parseNumeral } from '../roster/numerals.ts'
import type { Roster } from '../roster/roster.ts'
import type { Command } from './command.ts'
import { concernLine, lateText, stateText } from './words.ts'

const MOST = 20

/** 待办 · 待办 丁惠芳 · 待办 第四党小组: what still waits for somebody, the urgent and late first. */
export const todo: Command = {
  name: '待办',
  synonyms: ['还有哪些没办', '没办的'],
  takes: /^(?:第?(?<group>\d{1,2}|[一二三四五六七八九十]{1,3})(?:党小)?组|(?<who>\p{Script=Han}{2,4}))?$/u,
  help: '还没办完的事',
  example: '待办 第四党小组',
  who: 'entitled',
  isOrder: ({ group, who }, { roster }) => group !== undefined || isKnownPerson(roster, who),
  readsFirst: true,
  async run(asked, { group, who }) {
    const partyGroup = group === undefined ? undefined : (parseNumeral(group) ?? undefined)
    const concerns = await listConcerns(asked.db, {
      statuses: ALIVE_STATUSES,
      ...(partyGroup === undefined ? {} : { partyGroup }),
      ...(who === undefined ? {} : { handler: who }),
    })
    const whose = partyGroup !== undefined ? partyGroupName(asked.roster, partyGroup) : who !== undefined ? who : ''
    if (concerns.length === 0) return `${whose}没有没办完的事。`
    const ordered = concerns.toSorted((a, b) => weight(b, asked.now) - weight(a, asked.now) || a.no - b.no)
    const lines = ordered.map((concern) => `${concernLine(asked, concern)}(${stateText(asked, concern)})`)
    const head = `${whose}还有${concerns.length}件没办完:`
    if (asked.audience === 'members') return shortList(head, lines, (left) => `还有${left}件,请看支委群。`)
    const left = lines.length - MOST
    return [head, ...lines.slice(0, MOST), ...(left > 0 ? [`还有${left}件。可以说:待办 第四党小组`] : [])].join('\n')
  },
}

function isKnownPerson({ members, heads, gridOfficers }: Roster, who: string | undefined): boolean {
  return [...members, ...heads, ...gridOfficers].some(({ name }) => name === who)
}

function weight(concern: Concern, now: Date): number {
  const urgency = { red: 4, yellow: 1, blue: 0 }[concern.urgency]
  return urgency + (lateText(concern, now) === '' ? 0 : 2)
}
