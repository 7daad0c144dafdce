import type { HeardInRoom } from './from-wechaty.ts'

/** Messages of rooms that are not recognised yet after a login; in memory only. */
export class HeldMessages {
  #held: { message: HeardInRoom; since: Date }[] = []

  get size(): number {
    return this.#held.length
  }

  /** Keeps a message until its room is recognised or it is forgotten. */
  keep(message: HeardInRoom, since: Date): void {
    this.#held.push({ message, since })
  }

  /** The messages of a room in the order they came; they are no longer held. */
  take(roomId: string): HeardInRoom[] {
    const taken = this.#held.filter(({ message }) => message.roomId === roomId)
    this.#held = this.#held.filter(({ message }) => message.roomId !== roomId)
    return taken.map(({ message }) => message)
  }

  /** Forgets what has been held since `time` or longer and says how many messages that were. */
  forget(time: Date): number {
    const count = this.#held.length
    this.#held = this.#held.filter(({ since }) => since > time)
    return count - this.#held.length
  }
}
