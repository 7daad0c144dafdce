import type { Db } from '../../db/database.ts'
import type { RoomKey } from '../../db/schema.ts'
import type { ChatMessage } from '../chat/chat.ts'
import { DAY, HOUR } from '../clock.ts'
import { keyedHash } from '../privacy/forgotten.ts'

/** A list to which everybody adds a line (接龙): what it is about, and who wrote what. */
export type Chain = { heading: string; entries: string[] }

const OPENER = /^\s*#接龙[ \t]*/u
const HALF_A_DAY = 12 * HOUR
const ENTRY = /^\s*\d{1,3}\s*[.．、)）]\s*/u

/**
 * Reads a 接龙; null when it is none.
 * @example '#接龙\n周四领药\n1. 邹姨\n2. 老周 两盒' → { heading: '周四领药', entries: ['1. 邹姨', '2. 老周 两盒'] }
 */
export function parseChain(text: string): Chain | null {
  if (!OPENER.test(text)) return null
  const lines = text.replace(OPENER, '').split('\n')
  const first = lines.findIndex((line) => ENTRY.test(line))
  const heading = (first < 0 ? lines : lines.slice(0, first)).join('\n').trim()
  const entries: string[] = []
  for (const line of first < 0 ? [] : lines.slice(first)) {
    if (ENTRY.test(line)) entries.push(line.trim())
    else if (line.trim() !== '') entries.push(`${entries.pop()} ${line.trim()}`)
  }
  return { heading, entries }
}

/** What a 接龙 has in common with what was kept of it, its heading; any other text as it is. */
export function lastingWords(text: string): string {
  const chain = parseChain(text)
  return chain ? `#接龙\n${chain.heading}` : text
}

/**
 * Remembers the lines of a 接龙 and gives what is new in it: its heading and the lines not seen in the room within a day,
 * or nothing. People add lines at the same time, so a line missing once stays known. Only keyed hashes are kept. One
 * that comes half a day later with less than half of the lines is another one of the same name.
 * @param isKept false of somebody who is not to be recorded: then withdrawing the message forgets nothing.
 */
export async function takeNew(db: Db, { room, id, text, at }: ChatMessage, isKept: boolean): Promise<string> {
  const chain = parseChain(text)
  if (!chain) return text
  const { heading, entries } = chain
  const topic = await keyedHash(db, ['chain', heading.split('\n')[0]!])
  const lines: string[] = []
  for (const entry of entries) lines.push(await keyedHash(db, ['chain', entry.replace(ENTRY, '').trim()]))
  const known = await knownLines(db, { room, topic, lines, at })
  const seenAt = { seen_at: at.toISOString() }
  for (const line of lines) {
    const values = known.has(line) ? seenAt : { ...seenAt, msg_id: isKept ? id : null }
    await db
      .insertInto('chain_line')
      .values({ room, topic, line, msg_id: null, ...values })
      .onConflict((conflict) => conflict.columns(['room', 'topic', 'line']).doUpdateSet(values))
      .execute()
  }
  const fresh = entries.filter((_, index) => !known.has(lines[index]!))
  if (fresh.length === 0 && entries.length > 0) return ''
  return ['#接龙', heading, ...fresh].filter((line) => line !== '').join('\n')
}

/** A message is withdrawn: the lines it brought are new again when they are sent again. */
export async function forgetLines(db: Db, room: RoomKey, messageId: string): Promise<void> {
  await db.deleteFrom('chain_line').where('room', '=', room).where('msg_id', '=', messageId).execute()
}

type Seen = { room: RoomKey; topic: string; lines: readonly string[]; at: Date }

/** The lines of the list as it stood within a day; another one of the same name starts with none. */
async function knownLines(db: Db, { room, topic, lines, at }: Seen): Promise<Set<string>> {
  const rows = await db
    .selectFrom('chain_line')
    .select(['line', 'seen_at'])
    .where('room', '=', room)
    .where('topic', '=', topic)
    .where('seen_at', '>', new Date(at.getTime() - DAY).toISOString())
    .where('seen_at', '<', new Date(at.getTime() + DAY).toISOString())
    .execute()
  const isLater = rows.every(({ seen_at }) => at.getTime() - Date.parse(seen_at) > HALF_A_DAY)
  const isAnother = isLater && rows.filter(({ line }) => lines.includes(line)).length * 2 < rows.length
  if (!isAnother) return new Set(rows.map(({ line }) => line))
  await db.deleteFrom('chain_line').where('room', '=', room).where('topic', '=', topic).execute()
  return new Set()
}
