import type { Command } from './command.ts'
import { plainWords } from './parse.ts'

const A_CONCERN = /(?<no>\d{1,6})\s*号(?![楼栋院线门床])/u
/** What is longer tells something, whatever words are in it. */
const LONGEST_ORDER = 16
const LONGEST_BARE = 6

/**
 * The example of the command that somebody may have meant who spoke to the bot and was not understood; null for talk.
 * @example '12号修好了没有' → '查 12号'; '帮我撤回' → '撤回'; '5栋路灯不亮' → null
 */
export function nearestExample(text: string, commands: readonly Command[]): string | null {
  const { words } = plainWords(text)
  const no = A_CONCERN.exec(words)?.groups?.no
  if ([...words].length > (no === undefined ? LONGEST_BARE : LONGEST_ORDER)) return null
  const meant = commands
    .flatMap((command) => [command.name, ...(command.synonyms ?? [])].map((word) => ({ command, word })))
    .filter(({ word }) => words.includes(word) && (word.length > 1 || no !== undefined))
    .sort((a, b) => b.word.length - a.word.length)[0]?.command
  const nearest = meant ?? (no === undefined ? null : commands.find(({ name }) => name === '查'))
  return nearest?.example.replace('12号', no === undefined ? '12号' : `${no}号`) ?? null
}
