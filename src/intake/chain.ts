import type { Db } from '../../db/database.ts'
import type { RoomKey } from '../../db/schema.ts'
import { HOUR } from '../clock.ts'
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

/**
 * Remembers the lines of a 接龙 and gives what is new in it: its heading and the lines not seen in the room before, or
 * nothing. People add lines at the same time, so a line missing once stays known. Only keyed hashes are kept. One that
 * comes half a day later with less than half of the lines is another one of the same name.
 */
export async function takeNew(db: Db, room: RoomKey, text: string, now: Date): Promise<string> {
  const chain = parseChain(text)
  if (!chain) return text
  const { heading, entries } = chain
  const topic = await keyedHash(db, ['chain', heading.split('\n')[0]!])
  const hashes: string[] = []
  for (const entry of entries) hashes.push(await keyedHash(db, ['chain', entry.replace(ENTRY, '').trim()]))
  const row = await db
    .selectFrom('chain')
    .select(['entries', 'at'])
    .where('room', '=', room)
    .where('topic', '=', topic)
    .executeTakeFirst()
  const before = row ? (JSON.parse(row.entries) as string[]) : []
  const isLater = row !== undefined && now.getTime() - Date.parse(row.at) > HALF_A_DAY
  const isAnother = isLater && before.filter((hash) => hashes.includes(hash)).length * 2 < before.length
  const known = new Set(isAnother ? [] : before)
  const values = { entries: JSON.stringify([...new Set([...known, ...hashes])]), at: now.toISOString() }
  await db
    .insertInto('chain')
    .values({ room, topic, ...values })
    .onConflict((conflict) => conflict.columns(['room', 'topic']).doUpdateSet(values))
    .execute()
  const fresh = entries.filter((_, index) => !known.has(hashes[index]!))
  const isNew = row === undefined || isAnother
  return fresh.length === 0 && !isNew ? '' : ['#接龙', heading, ...fresh].filter((line) => line !== '').join('\n')
}
