import type { RoomKey } from '../../db/schema.ts'
import { isNumbered, type Known } from './command.ts'
import type { Parsed } from './parse.ts'

const LONGEST_MISTAKE = 8
const A_NUMBER = /^第?[##]?\d/u
/** 「挂账 12号 等钱」 without the days: a concern is meant, and what is to become of it is not said. */
const A_CONCERN = /^第?[##]?\d+\s*号(?:$|[\s,,])/u
/** 「12号修好了」: words run into the number. */
const RUN_INTO_NUMBER = /^第?[##]?\d+\s*(?:号|(?!号))\p{L}/u

/**
 * Whether words that fit a command are meant as one. Spoken to, the bot takes whatever fits or nearly fits; in the
 * committee's room whatever fits, and a mistake that is plainly one; in the members' room only what nobody would say
 * in passing; there 知道了 and words run into a number (办结12号修好了) count from entitled people alone.
 */
export function isOrder(
  { kind, command, groups, rest, isCasual, isApart }: Parsed,
  { room, isSpokenTo, isEntitled }: { room: RoomKey; isSpokenTo: boolean; isEntitled: boolean },
  known: Known,
): boolean {
  const isEveryday = command.isOrder !== undefined && command.who !== 'everybody'
  if (room === 'members' && isEveryday && !isEntitled && !isNumbered(groups)) return false
  // 「小助手你好,我们栋电梯又停了」 begins like a mistake and tells something: it is read like any other talk.
  if (kind === 'command' && !isApart && command.runsOn)
    return command.runsOn(groups, known) && (!isCasual || isSpokenTo || room === 'committee')
  if (isSpokenTo) return kind === 'command' || [...rest].length <= LONGEST_MISTAKE
  if (kind === 'nearly') {
    const takesNumber = command.takes.source.includes('(?<no>')
    const isMistake = takesNumber ? rest === '' || A_NUMBER.test(rest) : command.isOrder === undefined
    return !isCasual && (room === 'committee' ? isMistake : isEntitled && A_CONCERN.test(rest))
  }
  const makesSense = command.isOrder?.(groups, known) ?? true
  if (!isApart) return makesSense
  if (room === 'committee') return makesSense || !isCasual
  const isRunIn = isNumbered(groups) && RUN_INTO_NUMBER.test(rest)
  return makesSense && !isCasual && (!isRunIn || (isEntitled && command.who !== 'everybody'))
}
