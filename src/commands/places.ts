import { identify } from '../people/identify.ts'
import { findMentions } from '../roster/mentions.ts'
import type { Place } from '../roster/place.ts'
import { resolvePlace, speaksOfHome } from '../roster/resolve.ts'
import type { Roster } from '../roster/roster.ts'
import type { Asked } from './command.ts'

/** The building codes that words in a command may mean; one when it is clear, also by the asker's own home. */
export function findBuildings(asked: Asked, words: string): string[] {
  const { roster } = asked
  const place = resolveWords(asked, words)
  if (place.building !== null) return [place.building]
  const codes = findMentions(roster, words).flatMap((mention) => mention.candidates.map(({ code }) => code))
  return [...new Set(codes)]
}

/**
 * Where words in a command are. 「5栋」 from a neighbour may mean their own; the committee works for all buildings,
 * so there it means one of several.
 */
export function resolveWords({ roster, message, audience }: Asked, words: string): Place {
  const homes = audience === 'members' || speaksOfHome(words) ? identify(roster, message).homes : []
  return resolvePlace(roster, { kind: 'building', words, text: words, conversation: [], homes, askers: [] })
}

/** Whether these words are a place and nothing else: 碧阳5栋 · 5栋二单元 · 我们栋; not 5栋的王姐说. */
export function namesPlace(roster: Roster, words: string): boolean {
  if (/^(?:我们?|咱们?)(?:这)?(?:栋|楼|单元)$/u.test(words)) return true
  return findMentions(roster, words).some(
    ({ start, end }) => start === 0 && /^(?:[\d一二三四五六]单元)?$/u.test(words.slice(end)),
  )
}

/** Whether words begin with a place, whatever follows: 碧阳5栋门口路灯不亮 · 我们栋电梯停了. */
export function beginsWithPlace(roster: Roster, words: string): boolean {
  return (
    /^(?:我们?|咱们?)(?:这)?(?:栋|楼|单元)/u.test(words) || findMentions(roster, words).some(({ start }) => start === 0)
  )
}
