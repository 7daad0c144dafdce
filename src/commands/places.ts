import { identify } from '../people/identify.ts'
import { findMentions } from '../roster/mentions.ts'
import { resolvePlace } from '../roster/resolve.ts'
import type { Place } from '../roster/place.ts'
import type { Asked } from './command.ts'

/** The building codes that words in a command may mean; one when it is clear, also by the asker's own home. */
export function findBuildings({ roster, message }: Asked, words: string): string[] {
  const place = resolveWords({ roster, message }, words)
  if (place.building !== null) return [place.building]
  const codes = findMentions(roster, words).flatMap((mention) => mention.candidates.map(({ code }) => code))
  return [...new Set(codes)]
}

/** Where words in a command are: explicit, else by the asker's own home. */
export function resolveWords({ roster, message }: Pick<Asked, 'roster' | 'message'>, words: string): Place {
  const homes = identify(roster, message).homes
  return resolvePlace(roster, { kind: 'building', words, text: words, conversation: [], homes, askers: [] })
}
