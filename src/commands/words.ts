import { DAY, dayText } from '../clock.ts'
import type { Concern } from '../concerns/concern.ts'
import { ALIVE_STATUSES, STATUS_WORDS } from '../concerns/status.ts'
import { urgencyMark } from '../concerns/taxonomy.ts'
import { hidePersonal } from '../privacy/hide.ts'
import { placeName } from '../roster/place-name.ts'
import type { Roster } from '../roster/roster.ts'
import type { Asked } from './command.ts'

const LONGEST_ECHO = 12

/** 「12号 ▲较急 碧阳12栋 电梯停运」; in the members' room a sensitive one is only its number. */
export function concernLine(asked: Pick<Asked, 'roster' | 'taxonomy' | 'audience'>, concern: Concern): string {
  const head = `${concern.no}号 ${urgencyMark(asked.taxonomy, concern.urgency)}`
  if (asked.audience === 'members' && concern.sensitive) return `${head}(内容不在群里说)`
  return `${head} ${placeName(asked.roster, concern.place)} ${concern.title}`
}

/** What has become of it, in the words people use: 待办 · 办理中(丁惠芳) · 还没办完,已过2天. */
export function stateText({ audience, now }: Pick<Asked, 'audience' | 'now'>, concern: Concern): string {
  const handler = concern.handler === null ? '' : `(${concern.handler.name})`
  const word = concern.status === 'merged' ? `已并到${concern.mergedInto}号` : STATUS_WORDS[concern.status]
  if (audience === 'members') return word
  return `${word}${handler}${lateText(concern, now)}`
}

/** 「,还没办完,过了2天」 for what should have been settled; empty for everything else. */
export function lateText(concern: Concern, now: Date): string {
  const paused = concern.status === 'referred' || concern.status === 'deferred'
  const limit = paused ? concern.nextLook : concern.dueAt
  if (!ALIVE_STATUSES.includes(concern.status) || limit === null || limit >= now) return ''
  const days = Math.max(1, Math.floor((now.getTime() - limit.getTime()) / DAY))
  return paused ? `,该再问问了(${dayText(limit)})` : `,还没办完,过了${days}天`
}

/** Words somebody typed, as they may be said back to them: cut short, without names and numbers of people. */
export function echo(roster: Roster, words: string): string {
  const [...characters] = hidePersonal(words, { names: namesIn(roster) })
  return characters.length > LONGEST_ECHO ? `${characters.slice(0, LONGEST_ECHO).join('')}…` : characters.join('')
}

/** Every full name of the roster. */
export function namesIn({ members, heads, gridOfficers }: Roster): string[] {
  return [...members, ...heads, ...gridOfficers].map(({ name }) => name)
}
