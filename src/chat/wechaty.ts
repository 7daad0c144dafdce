import type { Wechaty } from 'wechaty'
import { ScanStatus } from 'wechaty-puppet/types'
import type { Db } from '../../db/database.ts'
import { ROOMS, type RoomKey } from '../../db/schema.ts'
import type { Clock } from '../clock.ts'
import { parseBinding } from './binding-codes.ts'
import { type Chat, type ChatMessage, SendRefused } from './chat.ts'
import { type HeardInRoom, readMessage } from './from-wechaty.ts'
import { HeldMessages } from './held-messages.ts'
import type { Puppet } from './puppet.ts'
import { decodeText } from './raw-text.ts'
import { RoomBindings } from './room-bindings.ts'
import { sendingError } from './send-refusal.ts'
import { showQrCode } from './show-qr-code.ts'
import { keepSession } from './wechat4u.ts'

const HELD_FOR = 10 * 60 * 1000

type Options = {
  db: Db
  clock: Clock
  /** Tells the operator something, in Chinese. */
  tell: (text: string) => void
  /** Gets every error of the connection and of hearing a message; the next message is heard all the same. */
  onError: (error: unknown) => void
  /** A random whole number from 0 to below `below`: `randomInt` of node:crypto. */
  random: (below: number) => number
  botName?: string
  /** Where the QR code is drawn; the standard output unless told. */
  output?: { write(text: string): unknown }
}

type Hear = (message: ChatMessage) => Promise<void>

/** The two rooms in WeChat through Wechaty; messages of any other room never leave this class. */
export class WechatyChat implements Chat {
  readonly #bot: Wechaty
  readonly #options: Options
  readonly #rooms: RoomBindings
  readonly #held = new HeldMessages()
  #queue: Promise<void> = Promise.resolve()
  #hasToldForgotten = false
  #isStarted = false
  #isStopping = false

  /** @param bot not started yet */
  constructor(bot: Wechaty, options: Options) {
    this.#bot = bot
    this.#options = options
    this.#rooms = new RoomBindings(options)
  }

  async start(hear: Hear): Promise<void> {
    const { tell, onError, output = process.stdout } = this.#options
    this.#bot.on('error', onError)
    this.#bot.on('scan', (link, status) => {
      if (status === ScanStatus.Waiting) void showQrCode(link, output).catch(onError)
    })
    this.#bot.on('login', (user) => {
      tell(`微信已登录:${user.name()}。`)
      this.#inOrder(() => this.#loggedIn(hear))
    })
    this.#bot.on('ready', () => this.#inOrder(async () => this.#rooms.offerAgain(await this.#recognise(hear))))
    this.#bot.on('logout', () => this.#inOrder(async () => this.#loggedOut()))
    this.#bot.on('heartbeat', () =>
      this.#inOrder(async () => this.#forgetHeld(this.#options.clock.now().getTime() - HELD_FOR)),
    )
    await this.#bot.init()
    this.#isStarted = true
    // Wechaty's own 'message' event comes in the order in which messages were looked up, not in which they arrived.
    this.#puppet.on('message', ({ messageId }) => this.#inOrder(() => this.#hearMessage(messageId, hear)))
    this.#puppet.on('room-topic', ({ roomId, newTopic }) =>
      this.#inOrder(() => this.#rooms.renamed(this.#puppet, roomId, decodeText(newTopic).trim())),
    )
    await this.#bot.start()
  }

  async say(room: RoomKey, text: string): Promise<void> {
    await this.#sayIn(this.#readyRoom(room), text)
  }

  async sendFile(room: RoomKey, path: string): Promise<void> {
    const id = this.#readyRoom(room)
    const { FileBox } = await import('file-box')
    try {
      await this.#puppet.messageSendFile(id, FileBox.fromFile(path))
    } catch (error) {
      throw sendingError(error)
    }
  }

  #readyRoom(room: RoomKey): string {
    const id = this.#rooms.idOf(room)
    if (!this.#bot.isLoggedIn || this.#isStopping) throw new SendRefused('not logged in to WeChat', 60)
    if (!id) throw new SendRefused(`the ${room} room is not bound`, 60)
    return id
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    if (!this.#isStarted) return
    await this.#queue
    await keepSession(this.#bot.puppet)
    await this.#bot.stop()
  }

  get #puppet(): Puppet {
    return this.#bot.puppet as Puppet
  }

  /** Everything that depends on what came before it runs one after the other; a failure stops nothing after it. */
  #inOrder(work: () => Promise<void>): void {
    if (this.#isStopping) return
    this.#queue = this.#queue.then(work).catch(this.#options.onError)
  }

  async #hearMessage(id: string, hear: Hear): Promise<void> {
    const message = await readMessage(this.#puppet, id, this.#options.botName ?? '小助手')
    if (!message) return
    const binding = message.kind === 'text' && parseBinding(message.text)
    if (binding) return this.#bind(message.roomId, binding, hear)
    if (!this.#rooms.keyOf(message.roomId)) {
      if (!(await this.#rooms.mayBeOurs(this.#puppet, message.roomId))) return
      this.#held.keep(message, this.#options.clock.now())
      await this.#recognise(hear)
      return
    }
    await this.#handOver(message, hear)
  }

  async #handOver({ roomId, ...message }: HeardInRoom, hear: Hear): Promise<void> {
    const room = this.#rooms.keyOf(roomId)
    if (room) await hear({ ...message, room })
  }

  async #bind(roomId: string, { key, code }: { key: RoomKey; code: string }, hear: Hear): Promise<void> {
    const answer = await this.#rooms.bind(this.#puppet, roomId, key, code)
    if (answer) await this.#sayIn(roomId, answer)
    await this.#handOverHeld(hear)
  }

  async #loggedIn(hear: Hear): Promise<void> {
    this.#hasToldForgotten = false
    await this.#recognise(hear)
    await this.#rooms.offerNew()
  }

  #loggedOut(): void {
    this.#options.tell('微信已退出登录,群里的消息听不到了,请重新扫码。')
    this.#rooms.loggedOut()
    this.#forgetHeld(this.#options.clock.now().getTime())
  }

  async #recognise(hear: Hear) {
    const problems = await this.#rooms.recognise(this.#puppet)
    await this.#handOverHeld(hear)
    return problems
  }

  async #handOverHeld(hear: Hear): Promise<void> {
    for (const key of ROOMS) {
      const roomId = this.#rooms.idOf(key)
      for (const message of roomId ? this.#held.take(roomId) : []) {
        await this.#handOver(message, hear).catch(this.#options.onError)
      }
    }
  }

  #forgetHeld(time: number): void {
    const count = this.#held.forget(new Date(time))
    if (count === 0 || this.#hasToldForgotten) return
    this.#hasToldForgotten = true
    this.#options.tell(`有${count}条消息来自还没认出来的群,没有听。`)
  }

  async #sayIn(roomId: string, text: string): Promise<void> {
    try {
      await this.#puppet.messageSendText(roomId, text)
    } catch (error) {
      throw sendingError(error)
    }
  }
}
