import type { RoomKey } from '../../db/schema.ts'

/** A room as it was when it was bound or last recognised. */
export type RememberedRoom = { key: RoomKey; topic: string; memberNames: readonly string[] }

/** A room the account is in now, under the id it has in this login. */
export type SeenRoom = { id: string; topic: string; memberNames: readonly string[] }

/** The id of the room meant, or why none could be taken. */
export type Match = { id: string } | { problem: 'absent' | 'strangers' | 'several' }

const SHARE = 0.6
const LEAST = 3

/**
 * Finds a remembered room among those seen: the same topic, and of the smaller list of members at least 60 % in
 * both, at least 3 (all, where fewer are remembered). Names can be copied, so two such rooms mean none.
 */
export function matchRoom(remembered: RememberedRoom, seen: readonly SeenRoom[]): Match {
  const sameTopic = seen.filter((room) => room.topic === remembered.topic)
  const [first, second] = sameTopic.filter((room) => isSamePeople(remembered.memberNames, room.memberNames))
  if (first && second) return { problem: 'several' }
  if (first) return { id: first.id }
  return { problem: sameTopic.length > 0 ? 'strangers' : 'absent' }
}

function isSamePeople(remembered: readonly string[], now: readonly string[]): boolean {
  const before = new Set(remembered)
  const after = new Set(now)
  const shared = [...before].filter((name) => after.has(name)).length
  return shared > 0 && shared >= Math.min(LEAST, before.size) && shared >= SHARE * Math.min(before.size, after.size)
}
