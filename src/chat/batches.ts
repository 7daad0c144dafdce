import type { Clock } from '../clock.ts'
import type { HeardInRoom } from './from-wechaty.ts'
import type { Incoming } from './incoming.ts'
import { lastingId } from './lasting-id.ts'
import { decodeText } from './raw-text.ts'
import type { Spoken } from './spoken.ts'
import type { Watermark } from './watermark.ts'
import type { Line } from './wechat4u/attach.ts'
import type { RawMessage } from './wechat4u/insides.ts'
import { pause } from './wechat4u/pause.ts'
import { bareMessage, readRaw } from './wechat4u/read-raw.ts'

/** How long after a login the server is not told that something arrived whose room is not recognised yet. */
const PATIENCE = { least: 30_000, most: 120_000 }

type Options = {
  incoming: Incoming
  spoken: Spoken
  watermark: Watermark
  clock: Clock
  botName: string
  line(): Line | null
  /** Runs it after whatever came before it; not at all once the chat is stopping. */
  inOrder(work: () => Promise<void>): void
  isStopping(): boolean
  onError(error: unknown): void
}

/** Reads the batches that WeChat's server gives, and answers for each when it is safe. */
export class Batches {
  readonly #options: Options
  #loggedInAt = Number.POSITIVE_INFINITY

  constructor(options: Options) {
    this.#options = options
  }

  /** Everybody and every room must be learnt anew. */
  loggedIn(): void {
    this.#loggedInAt = this.#options.clock.now().getTime()
  }

  /** @returns when all of the batch is stored, rooms just being recognised included; fails when one cannot be. */
  async take(batch: RawMessage[]): Promise<void> {
    const { incoming, line, isStopping, watermark } = this.#options
    // Whom the account's owner knows by which remark comes just after a login, and what was said meanwhile with it.
    while (line()?.knowsPeople() === false && this.#isPatient()) await pause(200)
    await this.#store(batch)
    while (incoming.isWaiting && this.#isPatient()) await pause(500)
    // Whatever was held goes with the process: the server must not hear that it arrived.
    if (incoming.isWaiting && isStopping()) return new Promise(() => {})
    await watermark.rise(batch.map(({ CreateTime }) => new Date(CreateTime * 1000)))
  }

  #store(batch: RawMessage[]): Promise<void> {
    const { incoming, inOrder } = this.#options
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    inOrder(async () => {
      try {
        for (const raw of batch) {
          const message = this.#read(raw)
          if (message) await incoming.take(message)
        }
        resolve()
      } catch (error) {
        reject(error)
      }
    })
    return promise
  }

  #isPatient(): boolean {
    const { clock, isStopping, line } = this.#options
    const age = clock.now().getTime() - this.#loggedInAt
    if (isStopping()) return false
    return age < PATIENCE.least || (age < PATIENCE.most && line()?.isSettled() === false)
  }

  #read(raw: RawMessage): HeardInRoom | null {
    const { spoken, botName, onError } = this.#options
    const line = this.#options.line()
    const wechat4u = line?.wechat4u()
    if (!line || !wechat4u) return null
    const self = decodeText(wechat4u.user.NickName ?? '').trim()
    try {
      const message = readRaw(raw, {
        ...{ wechat4u, botName },
        isOwn: ({ id, talkerId, name, text }) =>
          (talkerId !== '' && line.isOwn(talkerId)) ||
          spoken.isSaid(id) ||
          // An id of an earlier login belongs to nobody any more; the words are still ours.
          ((name === '' || name === self) && spoken.isRepeated(text)),
      })
      return message && { ...message, senderId: lastingId(message.senderId, message.remark, wechat4u.contacts) }
    } catch (error) {
      onError(error)
      return bareMessage(raw)
    }
  }
}
