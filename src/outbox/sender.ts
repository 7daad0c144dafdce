import type { Db } from '../../db/database.ts'
import { type Chat, RoomUnknown, SendRefused } from '../chat/chat.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { readSetting, saveSetting } from '../settings.ts'
import { doubtInterrupted, markOutbox, nextToSend, postponeRoom } from './outbox.ts'

/** How fast the bot may speak. `pause` waits the given milliseconds; tests and the terminal do not wait. */
export type Pace = { perMinute: number; pause(): Promise<void> }

/** Says what stands in the outbox, one row at a time, in order; nothing is ever said twice by itself. */
export class Sender {
  readonly #db: Db
  readonly #chat: Pick<Chat, 'say' | 'sendFile'>
  readonly #clock: Clock
  readonly #log: Log
  readonly #pace: Pace
  #restUntil = 0
  #recent: number[] = []

  constructor({
    db,
    chat,
    clock,
    log,
    pace,
  }: { db: Db; chat: Pick<Chat, 'say' | 'sendFile'>; clock: Clock; log: Log; pace: Pace }) {
    this.#db = db
    this.#chat = chat
    this.#clock = clock
    this.#log = log
    this.#pace = pace
  }

  /** To be called once at start: what was being sent when the process ended may have arrived, and a rest goes on. */
  async recover(): Promise<void> {
    this.#restUntil = Date.parse((await readSetting(this.#db, 'rest_until')) ?? '1970-01-01')
    const doubtful = await doubtInterrupted(this.#db, this.#clock.now())
    if (doubtful > 0) this.#log.warn({ doubtful }, 'messages that may or may not have arrived')
  }

  /** Sends all that is due. */
  readonly send = oneAtATime(() => this.#sendDue())

  async #sendDue(): Promise<void> {
    for (;;) {
      const now = this.#clock.now()
      this.#recent = this.#recent.filter((at) => now.getTime() - at < 60_000)
      if (now.getTime() < this.#restUntil || this.#recent.length >= this.#pace.perMinute) return
      const row = await nextToSend(this.#db, now)
      if (!row) return
      this.#recent.push(now.getTime())
      await markOutbox(this.#db, row.id, 'sending', now)
      try {
        if (row.file === null) await this.#chat.say(row.room, row.text)
        else await this.#chat.sendFile(row.room, row.file)
        await markOutbox(this.#db, row.id, 'sent', this.#clock.now())
      } catch (error) {
        if (error instanceof SendRefused) {
          await markOutbox(this.#db, row.id, 'queued', now)
          if (error instanceof RoomUnknown) {
            await postponeRoom(this.#db, row.room, new Date(now.getTime() + error.retryAfterSeconds * 1000))
            continue
          }
          this.#restUntil = now.getTime() + error.retryAfterSeconds * 1000
          await saveSetting(this.#db, 'rest_until', new Date(this.#restUntil).toISOString())
          this.#log.warn({ err: error, outbox: row.id }, 'a message was refused and waits')
          return
        }
        await markOutbox(this.#db, row.id, 'unsure', this.#clock.now())
        this.#log.error({ err: error, outbox: row.id }, 'a message may or may not have arrived')
      }
      await this.#pace.pause()
    }
  }
}
