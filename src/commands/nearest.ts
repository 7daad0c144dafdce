import type { Command } from './command.ts'
import { plainWords } from './parse.ts'

const A_CONCERN = /(?<no>\d{1,6})\s*号(?![楼栋院线门床])/u
/** What is longer tells something, whatever words are in it. */
const LONGEST_ORDER = 16
const LONGEST_BARE = 6

/**
 * The command that somebody may have meant who spoke to the bot and was not understood, as an example; null for talk.
 * @example '12号修好了没有' → '查 12号'; '完结 3号' → '办结 3号 物业换了新灯'; '我要撤回' → '撤回'; '5栋路灯不亮' → null
 */
export function nearestExample(text: string, commands: readonly Command[]): string | null {
  const { words } = plainWords(text)
  const no = A_CONCERN.exec(words)?.groups?.no
  if ([...words].length > (no === undefined ? LONGEST_BARE : LONGEST_ORDER)) return null
  const said = commands
    .flatMap((command) => [command.name, ...(command.synonyms ?? [])].map((word) => ({ command, word })))
    .filter(({ word }) => words.includes(word) && (word.length > 1 || no !== undefined))
    .sort((a, b) => b.word.length - a.word.length)[0]?.command
  const meant =
    said ?? (no === undefined ? null : (misspelt(words, commands) ?? commands.find(({ name }) => name === '查')))
  return meant ? exampleOf(meant, no) : null
}

/** The same for the committee's room, where nobody needs to speak to the bot: 「完结 3号」, but no sentence about 3号. */
export function nearestOrder(text: string, commands: readonly Command[]): string | null {
  const { words } = plainWords(text)
  const order = /^(?<word>\p{Script=Han}{2,3})\s?第?[##]?(?<no>\d{1,6})\s*号(?:$|[\s,,])/u.exec(words)?.groups
  const meant = order && misspelt(order.word!, commands)
  return meant ? exampleOf(meant, order.no) : null
}

/** The example of a command, for the concern it was said of. */
export function exampleOf({ example }: Command, no: string | undefined): string {
  return no === undefined ? example : example.replace('12号', `${no}号`)
}

/** A command whose word is said but for one character, and begins the words. */
function misspelt(words: string, commands: readonly Command[]): Command | undefined {
  return commands.find(({ name }) => {
    const differing = [...name].filter((character, index) => words[index] !== character)
    return name.length > 1 && differing.length === 1
  })
}
