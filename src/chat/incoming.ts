import { ROOMS } from '../../db/schema.ts'
import type { Clock } from '../clock.ts'
import { parseBinding } from './binding-codes.ts'
import type { ChatMessage } from './chat.ts'
import type { HeardInRoom } from './from-wechaty.ts'
import type { Gaps } from './gaps.ts'
import { HeldMessages } from './held-messages.ts'
import type { Puppet } from './puppet.ts'
import type { RoomBindings } from './room-bindings.ts'
import type { Stumbles } from './stumbles.ts'
import type { Watermark } from './watermark.ts'

type Options = {
  rooms: RoomBindings
  gaps: Gaps
  stumbles: Stumbles
  watermark: Watermark
  clock: Clock
  puppet(): Puppet
  tell(text: string): void
  onError(error: unknown): void
  sayIn(roomId: string, text: string): Promise<void>
  hear(message: ChatMessage): Promise<void>
}

const HELD_FOR = 10 * 60 * 1000

/** What was heard could not be written down. */
export class NotStored extends Error {
  override readonly name = 'NotStored'

  constructor(cause: unknown) {
    super('a message could not be stored', { cause })
  }
}

/** Hands over what is said in bound rooms, holds what may yet turn out to be, and forgets the rest. */
export class Incoming {
  readonly #options: Options
  readonly #held = new HeldMessages()
  #hasToldForgotten = false

  constructor(options: Options) {
    this.#options = options
  }

  /** Whether something waits for its room to be recognised. */
  get isWaiting(): boolean {
    return this.#held.size > 0
  }

  /** @throws NotStored when the message cannot be written down; the binding sentence is answered and goes no further. */
  async take(message: HeardInRoom): Promise<void> {
    const { rooms, watermark, clock, puppet } = this.#options
    if (watermark.isLongHeard(message.at)) return
    const binding = message.kind === 'text' && parseBinding(message.text)
    if (binding) {
      // Its code was good in the process that showed it only.
      if (watermark.isFromBefore(message.at)) return
      const answer = await rooms.bind(puppet(), message.roomId, binding.key, binding.code)
      if (answer) await this.#options.sayIn(message.roomId, answer).catch(this.#options.onError)
      return this.#handOverHeld()
    }
    if (rooms.keyOf(message.roomId)) return this.#handOver(message)
    if (!(await rooms.mayBeOurs(puppet(), message.roomId))) return
    this.#held.keep(message, clock.now())
    await this.recognise()
  }

  /** Looks for the rooms that are still missing, hands over what was held for them and says what stands in the way. */
  async recognise(): Promise<Awaited<ReturnType<RoomBindings['recognise']>>> {
    const puppet = this.#options.puppet()
    const problems = puppet.isLoggedIn ? await this.#options.rooms.recognise(puppet) : new Map()
    await this.#handOverHeld()
    return problems
  }

  /** Somebody has logged in. */
  async loggedIn(): Promise<void> {
    this.#hasToldForgotten = false
    await this.recognise()
    await this.#options.rooms.offerNew()
  }

  /** Forgets what was held for ten minutes, or all of it, and says so once a login. */
  forgetHeld({ all = false } = {}): void {
    const now = this.#options.clock.now().getTime()
    const count = this.#held.forget(new Date(all ? now : now - HELD_FOR))
    if (count === 0 || this.#hasToldForgotten) return
    this.#hasToldForgotten = true
    this.#options.tell(`有${count}条消息来自还没认出来的群,没有听。`)
  }

  async #handOver({ roomId, ...message }: HeardInRoom): Promise<void> {
    const { rooms, gaps, stumbles, hear, onError } = this.#options
    const room = rooms.keyOf(roomId)
    if (!room) return
    gaps.recovered(message.at)
    const skipped = { kind: 'other', text: '', quotedText: null, quote: null, isSkipped: true } as const
    stumbles.begins(message.id)
    try {
      await hear({ ...message, room, ...(stumbles.isHopeless(message.id) ? skipped : {}) })
    } catch (cause) {
      await stumbles.count(message.id, cause).catch(onError)
      throw new NotStored(cause)
    } finally {
      stumbles.ends()
    }
  }

  async #handOverHeld(): Promise<void> {
    for (const key of ROOMS) {
      const roomId = this.#options.rooms.idOf(key)
      for (const message of roomId ? this.#held.take(roomId) : []) await this.#handOver(message)
    }
  }
}
