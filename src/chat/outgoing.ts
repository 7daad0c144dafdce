import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { RoomKey } from '../../db/schema.ts'
import { RoomUnknown, SendRefused } from './chat.ts'
import type { Puppet } from './puppet.ts'
import type { RoomBindings } from './room-bindings.ts'
import { sendingError } from './send-refusal.ts'
import type { Spoken } from './spoken.ts'

type Options = {
  rooms: RoomBindings
  spoken: Spoken
  puppet(): Puppet
  /** Whether nothing can be sent now. */
  isAway(): boolean
}

/** Says and sends things in bound rooms, and remembers what it said. */
export class Outgoing {
  readonly #options: Options

  constructor(options: Options) {
    this.#options = options
  }

  /** @throws SendRefused when it certainly did not arrive; any other error means it may have arrived. */
  async say(room: RoomKey, text: string): Promise<void> {
    await this.sayIn(this.#idOf(room), text)
  }

  /** Says something in a room that need not be bound; throws as `say`. */
  async sayIn(roomId: string, text: string): Promise<void> {
    await this.#options.spoken.willSay(text)
    await this.#send((puppet) => puppet.messageSendText(roomId, text))
  }

  /** Sends a file of this machine; throws as `say`. */
  async sendFile(room: RoomKey, path: string): Promise<void> {
    const id = this.#idOf(room)
    const { FileBox } = await import('file-box')
    // The name stands in a piece of XML, where the library does not escape it.
    const file = FileBox.fromBuffer(await readFile(path), basename(path).replace(/[<>&'"]/g, '_'))
    await this.#send((puppet) => puppet.messageSendFile(id, file))
  }

  async #send(work: (puppet: Puppet) => Promise<unknown>): Promise<void> {
    try {
      await work(this.#options.puppet())
    } catch (error) {
      throw sendingError(error)
    }
  }

  #idOf(room: RoomKey): string {
    if (this.#options.isAway()) throw new SendRefused('not logged in to WeChat', 60)
    const id = this.#options.rooms.idOf(room)
    if (!id) throw new RoomUnknown(`the ${room} room is not bound`, 60)
    return id
  }
}
