import type { Db } from '../../db/database.ts'
import { ROOMS, type RoomKey } from '../../db/schema.ts'
import type { Clock } from '../clock.ts'
import { BindingCodes } from './binding-codes.ts'
import { ROOM_WORDS } from './chat.ts'
import { type Match, matchRoom, type RememberedRoom, type SeenRoom } from './match-room.ts'
import { knownRoom, memberNames, type Puppet } from './puppet.ts'
import { bindRoom, refreshRoom, rememberedRooms } from './rooms.ts'

type Problem = Extract<Match, { problem: string }>['problem']

const PROBLEMS: Record<Problem, string> = {
  absent: '没找到这个群,请在微信里把它“保存到通讯录”',
  strangers: '有一个同名的群,但里面的人对不上',
  several: '有不止一个群像它,分不清是哪一个',
}

const STILL_THE_SAME = 0.8

type Options = {
  db: Db
  clock: Clock
  /** Tells the operator something, in Chinese. */
  tell: (text: string) => void
  /** A random whole number from 0 to below `below`. */
  random: (below: number) => number
}

/** Which room is which in this login: by a code said in it the first time, by its name and people afterwards. */
export class RoomBindings {
  readonly #db: Db
  readonly #clock: Clock
  readonly #tell: (text: string) => void
  readonly #codes: BindingCodes
  readonly #ids = new Map<RoomKey, string>()
  readonly #seenLast = new Map<RoomKey, string>()

  constructor({ db, clock, tell, random }: Options) {
    this.#db = db
    this.#clock = clock
    this.#tell = tell
    this.#codes = new BindingCodes(random)
  }

  /** The id of a bound room in this login, if it has been recognised. */
  idOf(key: RoomKey): string | undefined {
    return this.#ids.get(key)
  }

  /** The bound room with this id, if it is one. */
  keyOf(roomId: string): RoomKey | undefined {
    return ROOMS.find((key) => this.#ids.get(key) === roomId)
  }

  /** Whether this room, not bound now, may turn out to be a remembered one once more is known about it. */
  async mayBeOurs(puppet: Puppet, roomId: string): Promise<boolean> {
    const missing = await this.#missing()
    if (missing.length === 0) return false
    const room = await knownRoom(puppet, roomId)
    return !room || missing.some(({ topic }) => topic === room.topic)
  }

  /** Looks for the remembered rooms that are still missing and says what stands in the way of each. */
  async recognise(puppet: Puppet): Promise<Map<RoomKey, Problem>> {
    const missing = await this.#missing()
    const seen = missing.length > 0 ? await this.#seen(puppet, new Set(missing.map(({ topic }) => topic))) : []
    const found = missing.map((room) => ({ room, match: matchRoom(room, seen) }))
    const problems = new Map<RoomKey, Problem>()
    for (const { room, match } of found) {
      if ('problem' in match) problems.set(room.key, match.problem)
      else if (found.some((other) => other.room !== room && 'id' in other.match && other.match.id === match.id))
        problems.set(room.key, 'several')
      else await this.#recognised(room, seen.find(({ id }) => id === match.id)!)
    }
    return problems
  }

  /** Shows the operator how to bind each room that never was. */
  async offerNew(): Promise<void> {
    const remembered = (await rememberedRooms(this.#db)).map(({ key }) => key)
    for (const key of ROOMS)
      if (!remembered.includes(key)) this.#tell(`还没有绑定${ROOM_WORDS[key]}。${this.#how(key)}`)
  }

  /** Shows the operator which remembered rooms were not recognised, why, and how to bind each again. */
  offerAgain(problems: ReadonlyMap<RoomKey, Problem>): void {
    for (const [key, problem] of problems)
      this.#tell(`没认出${ROOM_WORDS[key]}:${PROBLEMS[problem]}。${this.#how(key)}`)
  }

  /** Answers the binding sentence said in a room; null where it is best met with silence. */
  async bind(puppet: Puppet, roomId: string, key: RoomKey, code: string): Promise<string | null> {
    const word = ROOM_WORDS[key]
    const current = this.keyOf(roomId)
    if (current === key) return `本群已经绑定为${word}了。`
    if (current) return `本群是${ROOM_WORDS[current]},不能再绑定为${word}。`
    if (this.#ids.has(key)) return null
    const room = await knownRoom(puppet, roomId)
    if (!room) return null
    if (!this.#codes.use(key, code)) {
      this.#tell(`有人在“${room.topic}”里想绑定${word},绑定码不对。${this.#how(key)}`)
      return null
    }
    const names = await memberNames(puppet, roomId, room.memberIds)
    await bindRoom(this.#db, { key, topic: room.topic, memberNames: names }, this.#clock.now())
    this.#ids.set(key, roomId)
    return `好的,本群已绑定为${word}。`
  }

  /** Remembers the new name of a bound room; any other room is ignored. */
  async renamed(puppet: Puppet, roomId: string, topic: string): Promise<void> {
    const key = this.keyOf(roomId)
    const room = key && (await knownRoom(puppet, roomId))
    if (!room) return
    await refreshRoom(this.#db, { key, topic, memberNames: await memberNames(puppet, roomId, room.memberIds) })
  }

  /** Remembers what has changed about the bound rooms: their names, and who is in them. */
  async noticeChanges(puppet: Puppet): Promise<void> {
    for (const [key, id] of this.#ids) {
      const room = await knownRoom(puppet, id)
      if (!room) continue
      const seen = `${room.topic} ${room.memberIds.length}`
      if (this.#seenLast.get(key) === seen) continue
      this.#seenLast.set(key, seen)
      const before = (await rememberedRooms(this.#db)).find((remembered) => remembered.key === key)
      const names = await memberNames(puppet, id, room.memberIds)
      // A list much shorter than before is one still being filled.
      if (!before || names.length < before.memberNames.length * STILL_THE_SAME) continue
      await refreshRoom(this.#db, { key, topic: room.topic || before.topic, memberNames: names })
    }
  }

  /** Forgets this login's ids; the next login has others. */
  loggedOut(): void {
    this.#ids.clear()
    this.#seenLast.clear()
  }

  async #missing(): Promise<RememberedRoom[]> {
    return (await rememberedRooms(this.#db)).filter(({ key }) => !this.#ids.has(key))
  }

  async #seen(puppet: Puppet, topics: ReadonlySet<string>): Promise<SeenRoom[]> {
    const seen: SeenRoom[] = []
    for (const id of await puppet.roomList()) {
      const room = this.keyOf(id) ? null : await knownRoom(puppet, id)
      if (!room || !topics.has(room.topic)) continue
      seen.push({ id, topic: room.topic, memberNames: await memberNames(puppet, id, room.memberIds) })
    }
    return seen
  }

  async #recognised({ key, topic, memberNames: before }: RememberedRoom, now: SeenRoom): Promise<void> {
    this.#ids.set(key, now.id)
    // Just after a login a room may show only part of its people; a shorter list would make the next match weaker.
    if (now.memberNames.length >= before.length) {
      await refreshRoom(this.#db, { key, topic, memberNames: now.memberNames })
    }
  }

  #how(key: RoomKey): string {
    return `请在群里说:${this.#codes.sentence(key)}`
  }
}
