import type { Db } from '../../db/database.ts'
import { type Chat, NotAccepted, RoomUnknown, SendRefused } from '../chat/chat.ts'
import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { readSetting, saveSetting } from '../settings.ts'
import { doubtInterrupted, markOutbox, nextToSend, type OutboxRow, postponeRoom } from './outbox.ts'

/** How fast the bot may speak. `pause` waits the given milliseconds; tests and the terminal do not wait. */
export type Pace = { perMinute: number; pause(): Promise<void> }

const TRIES = 3

/** Says what stands in the outbox, one row at a time, in order; nothing is ever said twice by itself. */
export class Sender {
  readonly #db: Db
  readonly #chat: Pick<Chat, 'say' | 'sendFile'>
  readonly #clock: Clock
  readonly #log: Log
  readonly #pace: Pace
  #restUntil = 0
  #recent: number[] = []
  readonly #refusals = new Map<number, number>()

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
          if (await this.#wait(row, error, now)) continue
          return
        }
        await markOutbox(this.#db, row.id, 'unsure', this.#clock.now())
        this.#log.error({ err: error, outbox: row.id }, 'a message may or may not have arrived')
      }
      await this.#pace.pause()
    }
  }

  /** A refused message waits for its turn. @returns whether others can be sent meanwhile. */
  async #wait(row: OutboxRow, refusal: SendRefused, now: Date): Promise<boolean> {
    const until = new Date(now.getTime() + refusal.retryAfterSeconds * 1000)
    const isGivenUp = refusal instanceof NotAccepted && this.#refuseOnceMore(row.id) >= TRIES
    await markOutbox(this.#db, row.id, isGivenUp ? 'unsure' : 'queued', now)
    this.#log.warn({ err: refusal, outbox: row.id, isGivenUp }, 'a message was refused')
    if (isGivenUp) return true
    if (refusal instanceof RoomUnknown || refusal instanceof NotAccepted) {
      await postponeRoom(this.#db, row.room, until)
      return true
    }
    this.#restUntil = until.getTime()
    await saveSetting(this.#db, 'rest_until', until.toISOString())
    return false
  }

  /** What never passes must not hold up its room for ever. @returns how often it was refused. */
  #refuseOnceMore(id: number): number {
    const count = (this.#refusals.get(id) ?? 0) + 1
    this.#refusals.set(id, count)
    return count
  }
}
