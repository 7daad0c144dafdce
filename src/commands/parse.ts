import { parseNumeral } from '../roster/numerals.ts'
import type { Command } from './command.ts'

export type Parsed =
  | { kind: 'command'; command: Command; groups: Record<string, string | undefined> }
  /** The word of a command, but what follows does not fit it. */
  | { kind: 'nearly'; command: Command }

const NUMERAL_BEFORE_HAO = /[〇零一二三四五六七八九十百两]{1,5}(?=号)/gu

/**
 * Recognises a command only when the whole message is one: 「办结 12号 换了灯」「办结十二号,换了灯。」「汇总」;
 * not 「今天汇总了一下」 and not 「查电表的来了」.
 */
export function parseCommand(text: string, commands: readonly Command[]): Parsed | null {
  const said = tidy(text)
  let nearly: Command | null = null
  for (const command of commands) {
    for (const word of [command.name, ...(command.synonyms ?? [])]) {
      if (!said.startsWith(word)) continue
      const after = said.slice(word.length)
      const match = command.takes.exec(after.replace(/^[\s,,::、]+/u, ''))
      const separated = after === '' || /^[\s,,::、##\d]/u.test(after)
      if (match && (separated || command.takes.source.includes('(?<no>'))) {
        return { kind: 'command', command, groups: match.groups ?? {} }
      }
      if (separated) nearly ??= command
    }
  }
  return nearly && { kind: 'nearly', command: nearly }
}

/** Full-width to half-width, one space, no closing punctuation, 十二号 → 12号. */
function tidy(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[。.!!~~]+$/u, '')
    .replace(NUMERAL_BEFORE_HAO, (numeral) => String(parseNumeral(numeral) ?? numeral))
}
