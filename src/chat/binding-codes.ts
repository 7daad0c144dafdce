import type { RoomKey } from '../../db/schema.ts'
import { ROOM_WORDS } from './chat.ts'

const TRIES = 5

/** The one-time codes by which a room is bound: shown to the operator, said in the room, good for one room each. */
export class BindingCodes {
  readonly #draw: (below: number) => number
  readonly #open = new Map<RoomKey, { code: string; triesLeft: number }>()

  /** @param draw a random whole number from 0 to below `below` */
  constructor(draw: (below: number) => number) {
    this.#draw = draw
  }

  /** The sentence that binds this room; the same until its code is used or guessed at too often. */
  sentence(key: RoomKey): string {
    return `绑定${ROOM_WORDS[key]} ${this.#codeOf(key)}`
  }

  /** Whether the code is right. It then works no more; the fifth wrong one makes a new code. */
  use(key: RoomKey, code: string): boolean {
    const open = this.#open.get(key)
    if (!open) return false
    const isRight = open.code === code
    if (isRight || --open.triesLeft === 0) this.#open.delete(key)
    return isRight
  }

  #codeOf(key: RoomKey): string {
    const open = this.#open.get(key)
    if (open) return open.code
    const code = String(this.#draw(1_000_000)).padStart(6, '0')
    this.#open.set(key, { code, triesLeft: TRIES })
    return code
  }
}

/**
 * Reads the sentence that binds a room.
 * @example '绑定支委群 483920', '绑定居民群:271845' → its room and code; '绑定支委群' or '请绑定支委群 483920' → null
 */
export function parseBinding(text: string): { key: RoomKey; code: string } | null {
  const found = /^绑定(居民|支委)群:?(\d{4,8})[。.!]?$/.exec(text.normalize('NFKC').replace(/\s/g, ''))
  if (!found) return null
  return { key: found[1] === '支委' ? 'committee' : 'members', code: found[2]! }
}
