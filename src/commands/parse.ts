import { parseNumeral } from '../roster/numerals.ts'
import type { Command, Groups } from './command.ts'

export type Parsed = {
  /** `nearly`: the word of a command, but what follows does not fit it. */
  kind: 'command' | 'nearly'
  command: Command
  groups: Groups
  /** What follows the word. */
  rest: string
  /** The word is one of everyday talk (怎么用, 记一下). */
  isCasual: boolean
  /** The word stands apart from what follows, or a number follows: 汇总 本周, 查12号; not 汇总本周. */
  isApart: boolean
}

const NUMERAL_BEFORE_HAO = /[〇零一二三四五六七八九十百两]{1,5}(?=\s?号)/gu
const BOT = /^小助手(?=[\s,,::、。!!]|\p{L}{2})[\s,,::、。!!]*/u
const CLOSING = /(?:[\s。.!!~~…?,,;;]|\[\p{Script=Han}{1,4}\])+$/u

/**
 * Recognises a command only when the whole message is one: 「办结 12号 换了灯」「办结十二号,换了灯。」「汇总本周」;
 * not 「今天汇总了一下」 and not 「查电表的来了」 — 汇总了一下 fits only so loosely (`isApart` false) that its command must agree.
 */
export function parseCommand(text: string, commands: readonly Command[]): Parsed | null {
  const { words: said } = plainWords(text)
  let nearly: Parsed | null = null
  for (const command of commands) {
    for (const { word, isCasual } of wordsOf(command)) {
      if (!said.startsWith(word)) continue
      const after = said.slice(word.length)
      const rest = after.replace(/^[\s,,::、]+/u, '')
      const isApart = after === '' || /^(?:[\s,,::、##\d]|第\d)/u.test(after)
      const match = command.takes.exec(rest)
      const parsed = { command, rest, isCasual, isApart, groups: { ...match?.groups, word } }
      if (match && (isApart || command.isOrder || command.runsOn)) return { kind: 'command', ...parsed }
      if (isApart) nearly ??= { kind: 'nearly', ...parsed }
    }
  }
  return nearly
}

/**
 * The words without what does not matter: full-width to half-width, one space, no closing punctuation or smiley,
 * 十二号 → 12号, and no 小助手 in front, which is told apart.
 */
export function plainWords(text: string): { words: string; isToBot: boolean } {
  const said = text
    .normalize('NFKC')
    .replace(/[\p{Cf}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(CLOSING, '')
    .replace(NUMERAL_BEFORE_HAO, (numeral) => String(parseNumeral(numeral) ?? numeral))
  const words = said.replace(BOT, '')
  return { words, isToBot: words !== said }
}

/** The longest word first, so that 汇总一下 is not 汇总 with something behind it. */
function wordsOf({ name, synonyms = [], casual = [] }: Command) {
  return [
    ...[name, ...synonyms].map((word) => ({ word, isCasual: false })),
    ...casual.map((word) => ({ word, isCasual: true })),
  ].sort((a, b) => b.word.length - a.word.length)
}
