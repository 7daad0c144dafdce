import type { RoomKey } from '../../db/schema.ts'
import { ROOM_WORDS } from './chat.ts'

/** Who speaks, and in which room. */
export type Speaker = { room: RoomKey; name: string }

const ROOM = /^\s*(居民群|支委群)\s*[>＞]\s*/
const NAME = /^\s*([^\s:：>＞@＠#「【[]{1,12})\s*[:：](?!\/\/)\s*(.+)$/s
const TIME = /^\s*[^\s:：]*\d\s*[:：]\s*\d/
const NAMELESS: Record<RoomKey, string> = { members: '居民', committee: '支委' }

/**
 * Reads a typed line; null when it says neither who speaks nor in which room, and nobody spoke before.
 * A backslash with n, or ⏎, stands for a newline.
 * @example '丁惠芳: 电梯又停了' → 丁惠芳 in the members' room; '支委群> 汇总' → 支委 in the committee's
 * @example '8:30停水' → no speaker of its own: said by `last`
 */
export function readLine(line: string, last: Speaker | null): { speaker: Speaker; text: string } | null {
  const inRoom = ROOM.exec(line)
  const room: RoomKey = inRoom?.[1] === ROOM_WORDS.committee ? 'committee' : 'members'
  const rest = inRoom ? line.slice(inRoom[0].length) : line
  const named = TIME.test(rest) ? null : NAME.exec(rest)
  const text = (named?.[2] ?? rest).replace(/\\n|⏎/g, '\n').trim()
  if (named?.[1]) return { speaker: { room, name: named[1] }, text }
  if (inRoom) return { speaker: { room, name: NAMELESS[room] }, text }
  return last && { speaker: last, text }
}
