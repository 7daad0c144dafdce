import { createHash } from 'node:crypto'
import type { Db } from '../../db/database.ts'
import { ROOMS, type RoomKey } from '../../db/schema.ts'
import { type Clock, dayText } from '../clock.ts'
import { type HeardInRoom, SYSTEM } from './from-wechaty.ts'
import { knownRoom, nameInRoom, type Puppet } from './puppet.ts'
import { rememberedRooms } from './rooms.ts'

type Options = { db: Db; clock: Clock; rooms: { idOf(key: RoomKey): string | undefined } }

/** A list that lost more than a fifth at once, and more than two, is one still being filled. */
const SHARE = 0.2
const LEAST = 2
const NAMELESS = '某人'
const MOST_NAMES = 10

/**
 * Finds who has left a bound room, which WeChat tells nobody: by the lists of members, within a login by id. Over a
 * login only names can be compared, and a new name may be an old member's, so then it says no more than it knows.
 */
export class Leavers {
  readonly #options: Options
  readonly #seen = new Map<RoomKey, Map<string, string>>()
  readonly #before = new Map<RoomKey, readonly string[]>()

  constructor(options: Options) {
    this.#options = options
  }

  /** To be called once at start. */
  async load(): Promise<void> {
    for (const { key, memberNames } of await rememberedRooms(this.#options.db)) this.#before.set(key, memberNames)
  }

  /** Every id known so far is void. */
  loggedOut(): void {
    for (const [key, members] of this.#seen) this.#before.set(key, [...members.values()])
    this.#seen.clear()
  }

  /** Looks at the rooms as they are now. @returns one line of the system for each who has gone since the last look */
  async look(puppet: Puppet): Promise<HeardInRoom[]> {
    const lines: HeardInRoom[] = []
    for (const key of ROOMS) {
      const roomId = this.#options.rooms.idOf(key)
      const room = roomId && (await knownRoom(puppet, roomId))
      if (!roomId || !room) continue
      const others = room.memberIds.filter((id) => id !== puppet.currentUserId)
      const texts = await this.#compare(key, others, (id) => nameInRoom(puppet, roomId, id))
      lines.push(...texts.map((text) => this.#lineOf(roomId, text)))
    }
    return lines
  }

  async #compare(key: RoomKey, ids: string[], nameOf: (id: string) => Promise<string | null>): Promise<string[]> {
    const seen = this.#seen.get(key)
    const isSame = seen?.size === ids.length && ids.every((id) => seen.has(id))
    if (ids.length === 0 || isSame) return []
    const members = new Map<string, string>()
    for (const id of ids) members.set(id, (await nameOf(id)) ?? NAMELESS)
    const gone = [...(seen ?? [])].filter(([id]) => !members.has(id)).map(([, name]) => name)
    if (seen && areTooMany(gone, seen.size)) return []
    this.#seen.set(key, members)
    return seen ? gone.map(goneText) : this.#overLogin(key, [...members.values()])
  }

  async #overLogin(key: RoomKey, now: string[]): Promise<string[]> {
    const before = this.#before.get(key) ?? (await this.#namesWhenBound(key))
    const gone = before.filter((name) => !now.includes(name))
    if (now.includes(NAMELESS) || areTooMany(gone, before.length)) return []
    const fresh = now.filter((name) => !before.includes(name))
    if (fresh.length === 0) return gone.map(goneText)
    if (gone.length === 0) return []
    return [`群里少了${quoted(gone)},多了${quoted(fresh)},也可能是改了名字`]
  }

  async #namesWhenBound(key: RoomKey): Promise<readonly string[]> {
    return (await rememberedRooms(this.#options.db)).find((room) => room.key === key)?.memberNames ?? []
  }

  #lineOf(roomId: string, text: string): HeardInRoom {
    const at = this.#options.clock.now()
    // The same id all day: what is found again after a restart is not written down again.
    const hash = createHash('sha256')
      .update(`${dayText(at)} ${text}`)
      .digest('hex')
    return {
      ...{ id: `left-${hash.slice(0, 24)}`, roomId, at, senderId: '', ...SYSTEM, kind: 'system', text },
      ...{ confidence: null, quote: null, quotedText: null, revokes: null, toBot: false },
    }
  }
}

function areTooMany(gone: readonly string[], all: number): boolean {
  return gone.length > Math.max(LEAST, all * SHARE)
}

function goneText(name: string): string {
  return `“${name}”不在群里了`
}

function quoted(names: string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `“${name}”`)
  return `${shown.join('、')}${names.length > MOST_NAMES ? `等${names.length}人` : ''}`
}
