import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Wechaty } from 'wechaty'
import { ScanStatus } from 'wechaty-puppet/types'
import type { Db } from '../../db/database.ts'
import { ROOMS, type RoomKey } from '../../db/schema.ts'
import { type Clock, DAY } from '../clock.ts'
import { readSetting, saveSetting } from '../settings.ts'
import { parseBinding } from './binding-codes.ts'
import { type Chat, type ChatMessage, RoomUnknown, SendRefused } from './chat.ts'
import { type HeardInRoom, readMessage } from './from-wechaty.ts'
import { type Gap, Gaps } from './gaps.ts'
import { HeldMessages } from './held-messages.ts'
import type { Puppet } from './puppet.ts'
import { decodeText } from './raw-text.ts'
import { RoomBindings } from './room-bindings.ts'
import { sendingError } from './send-refusal.ts'
import { removeQrCode, showQrCode } from './show-qr-code.ts'
import { Spoken } from './spoken.ts'
import { Stumbles } from './stumbles.ts'
import { attach, type Line } from './wechat4u/attach.ts'
import type { RawMessage, Wechat4uPuppet } from './wechat4u/insides.ts'
import { isWechat4u } from './wechat4u/load.ts'
import { pause } from './wechat4u/pause.ts'
import { bareMessage, readRaw } from './wechat4u/read-raw.ts'
import { guardSessionFile } from './wechat4u/session-file.ts'

/** What the operator must be told outside WeChat. */
export type ChatTrouble = 'qr' | 'logged-out' | 'refused' | 'silent' | 'storage'

const HELD_FOR = 10 * 60 * 1000
const PATIENCE_AFTER_LOGIN = 30_000
const START_AGAIN = 75

type Options = {
  db: Db
  clock: Clock
  /** Tells the operator something, in Chinese. */
  tell: (text: string) => void
  /** Gets every error of the connection and of hearing a message. */
  onError: (error: unknown) => void
  /** A random whole number from 0 to below `below`: `randomInt` of node:crypto. */
  random: (below: number) => number
  /** Ends the process; it is asked for with 75 when another one should be started. */
  exit: (code: number) => void
  /** Gets what the operator must know at once, with the sentence that was also told. */
  onTrouble?: (trouble: ChatTrouble, text: string) => void
  /** Gets the hours before this start that were not heard, once. */
  onGap?: (gap: Gap) => Promise<void>
  botName?: string
  /** Where the QR code is drawn; the standard output unless told. */
  output?: { write(text: string): unknown }
  /** Where the QR code is kept as a picture while it is good. */
  qrFile?: string
}

type Hear = (message: ChatMessage) => Promise<void>

/** The two rooms in WeChat through Wechaty; messages of any other room never leave this class. */
export class WechatyChat implements Chat {
  readonly #bot: Wechaty
  readonly #options: Options
  readonly #rooms: RoomBindings
  readonly #held = new HeldMessages()
  readonly #spoken: Spoken
  readonly #gaps: Gaps
  readonly #stumbles: Stumbles
  #line: Line | null = null
  #oldest = 0
  #watermark = 0
  #patientUntil = Number.POSITIVE_INFINITY
  #queue: Promise<void> = Promise.resolve()
  #isLookingAgain = false
  #hasToldForgotten = false
  #isStarted = false
  #isStopping = false

  /** @param bot not started yet */
  constructor(bot: Wechaty, options: Options) {
    this.#bot = bot
    this.#options = options
    this.#rooms = new RoomBindings(options)
    this.#spoken = new Spoken(options.db, options.clock)
    this.#gaps = new Gaps(options.db, options.clock)
    this.#stumbles = new Stumbles(options.db)
  }

  async start(hear: Hear): Promise<void> {
    const { tell, onError, db, qrFile } = this.#options
    await Promise.all([this.#spoken.load(), this.#gaps.load(), this.#stumbles.load()])
    this.#watermark = Date.parse((await readSetting(db, 'watermark')) ?? '1970-01-01')
    this.#oldest = this.#watermark - DAY
    this.#bot.on('error', onError)
    this.#bot.on('scan', (link, status) => {
      if (status === ScanStatus.Waiting) this.#showCode(link)
    })
    this.#bot.on('login', (user) => {
      removeQrCode(qrFile)
      tell(`微信已登录:${decodeText(user.name())}。`)
      this.#patientUntil = this.#now() + PATIENCE_AFTER_LOGIN
      this.#inOrder(() => this.#loggedIn(hear))
    })
    this.#bot.on('ready', () => this.#inOrder(async () => this.#rooms.offerAgain(await this.#recognise(hear))))
    this.#bot.on('heartbeat', () => this.#inOrder(async () => this.#forgetHeld(this.#now() - HELD_FOR)))
    await this.#bot.init()
    this.#isStarted = true
    guardSessionFile(this.#bot)
    const { puppet } = this.#bot
    if (isWechat4u(puppet)) this.#line = this.#attach(puppet, hear)
    else this.#listenTo(hear)
    await this.#bot.start()
  }

  async say(room: RoomKey, text: string): Promise<void> {
    await this.#sayIn(this.#readyRoom(room), text)
  }

  async sendFile(room: RoomKey, path: string): Promise<void> {
    const id = this.#readyRoom(room)
    const { FileBox } = await import('file-box')
    // The name stands in a piece of XML, where the library does not escape it.
    const file = FileBox.fromBuffer(await readFile(path), basename(path).replace(/[<>&'"]/g, '_'))
    try {
      await this.#puppet.messageSendFile(id, file)
    } catch (error) {
      throw sendingError(error)
    }
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    if (!this.#isStarted) return
    await this.#queue
    await this.#line?.detach()
    await this.#bot.stop()
  }

  get #puppet(): Puppet {
    return this.#bot.puppet as Puppet
  }

  #now(): number {
    return this.#options.clock.now().getTime()
  }

  #readyRoom(room: RoomKey): string {
    const id = this.#rooms.idOf(room)
    const isOut = !this.#bot.isLoggedIn || this.#isStopping || this.#line?.isEnding()
    if (isOut) throw new SendRefused('not logged in to WeChat', 60)
    if (!id) throw new RoomUnknown(`the ${room} room is not bound`, 60)
    return id
  }

  #attach(puppet: Wechat4uPuppet, hear: Hear): Line {
    const { onError, clock } = this.#options
    return attach(puppet, clock, {
      take: (batch) => this.#take(batch, hear),
      onUntaken: (error) => this.#cannotStore(error),
      onLearnt: () => this.#lookAgain(hear),
      onNewIds: () => {
        this.#patientUntil = this.#now() + PATIENCE_AFTER_LOGIN
        this.#rooms.loggedOut()
      },
      onSync: () => void this.#gaps.hears().catch(onError),
      onQuiet: () => this.#inOrder(() => this.#closeGap()),
      onSent: (id) => void this.#spoken.said(id).catch(onError),
      onRefusal: (reason) =>
        this.#report(
          'refused',
          `微信不让这个号登录:${reason.replace(/[。.]$/, '')}。请换一个号扫码,或先在手机上解除限制。`,
        ),
      onDead: () => this.#end('logged-out', '微信已退出登录(手机上退出了,或登录过期了),群里的话听不到了,要重新扫码。'),
      onStale: () => this.#end('silent', '微信好几分钟没有回音,重新连接。'),
    })
  }

  /** Other puppets: in the order of their announcements, without what only the raw connection of wechat4u allows. */
  #listenTo(hear: Hear): void {
    this.#bot.on('logout', () => this.#inOrder(async () => this.#loggedOut()))
    // Wechaty's own 'message' event comes in the order in which messages were looked up, not in which they arrived.
    this.#puppet.on('message', ({ messageId }) =>
      this.#inOrder(async () => {
        const message = await readMessage(this.#puppet, messageId, this.#botName)
        if (message) await this.#hear(message, hear)
      }),
    )
    this.#puppet.on('room-topic', ({ roomId, newTopic }) =>
      this.#inOrder(() => this.#rooms.renamed(this.#puppet, roomId, decodeText(newTopic).trim())),
    )
  }

  get #botName(): string {
    return this.#options.botName ?? '小助手'
  }

  /** Everything that depends on what came before it runs one after the other; a failure stops nothing after it. */
  #inOrder(work: () => Promise<void>): void {
    if (this.#isStopping) return
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      if (error instanceof NotStored) this.#cannotStore(error.cause)
      else this.#options.onError(error)
    })
  }

  /** @returns when all of the batch is stored, rooms just being recognised included; fails when one cannot be. */
  async #take(batch: RawMessage[], hear: Hear): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#inOrder(async () => {
      try {
        for (const raw of batch) await this.#takeOne(raw, hear)
        resolve()
      } catch (error) {
        reject(error)
      }
    })
    await promise
    while (this.#held.size > 0 && this.#now() < this.#patientUntil && !this.#isStopping) await pause(500)
    const newest = Math.max(0, ...batch.map(({ CreateTime }) => CreateTime * 1000))
    if (newest <= this.#watermark) return
    this.#watermark = newest
    await saveSetting(this.#options.db, 'watermark', new Date(newest).toISOString())
  }

  async #takeOne(raw: RawMessage, hear: Hear): Promise<void> {
    if (raw.CreateTime * 1000 < this.#oldest) return
    const message = this.#read(raw)
    if (message) await this.#hear(message, hear)
  }

  #read(raw: RawMessage): HeardInRoom | null {
    const wechat4u = this.#line?.wechat4u()
    if (!wechat4u) return null
    const self = decodeText(wechat4u.user.NickName ?? '').trim()
    try {
      return readRaw(raw, {
        wechat4u,
        botName: this.#botName,
        isOwn: ({ id, talkerId, name, text }) =>
          (talkerId !== '' && this.#line!.isOwn(talkerId)) ||
          this.#spoken.isSaid(id) ||
          // An id of an earlier login belongs to nobody any more; the words are still ours.
          ((name === '' || name === self) && this.#spoken.isRepeated(text)),
      })
    } catch (error) {
      this.#options.onError(error)
      return bareMessage(raw)
    }
  }

  async #hear(message: HeardInRoom, hear: Hear): Promise<void> {
    const binding = message.kind === 'text' && parseBinding(message.text)
    if (binding) return this.#bind(message.roomId, binding, hear)
    if (this.#rooms.keyOf(message.roomId)) return this.#handOver(message, hear)
    if (!(await this.#rooms.mayBeOurs(this.#puppet, message.roomId))) return
    this.#held.keep(message, this.#options.clock.now())
    await this.#recognise(hear)
  }

  async #handOver({ roomId, ...message }: HeardInRoom, hear: Hear): Promise<void> {
    const room = this.#rooms.keyOf(roomId)
    if (!room) return
    this.#gaps.recovered(message.at)
    const skipped = { kind: 'other', text: '', quotedText: null, quote: null, isSkipped: true } as const
    try {
      await hear({ ...message, room, ...(this.#stumbles.isHopeless(message.id) ? skipped : {}) })
    } catch (cause) {
      await this.#stumbles.count(message.id, cause).catch(this.#options.onError)
      throw new NotStored(cause)
    }
  }

  async #bind(roomId: string, { key, code }: { key: RoomKey; code: string }, hear: Hear): Promise<void> {
    const answer = await this.#rooms.bind(this.#puppet, roomId, key, code)
    if (answer) await this.#sayIn(roomId, answer).catch(this.#options.onError)
    await this.#handOverHeld(hear)
  }

  async #loggedIn(hear: Hear): Promise<void> {
    this.#hasToldForgotten = false
    await this.#recognise(hear)
    await this.#rooms.offerNew()
  }

  #loggedOut(): void {
    this.#report('logged-out', '微信已退出登录,群里的消息听不到了,请重新扫码。')
    this.#rooms.loggedOut()
    this.#forgetHeld(this.#now())
  }

  /** More is known about rooms and people; several such news in a row are looked at once. */
  #lookAgain(hear: Hear): void {
    if (this.#isLookingAgain) return
    this.#isLookingAgain = true
    this.#inOrder(async () => {
      this.#isLookingAgain = false
      await this.#recognise(hear)
      if (this.#puppet.isLoggedIn) await this.#rooms.noticeChanges(this.#puppet)
    })
  }

  async #recognise(hear: Hear) {
    const problems = this.#puppet.isLoggedIn ? await this.#rooms.recognise(this.#puppet) : new Map()
    await this.#handOverHeld(hear)
    return problems
  }

  async #handOverHeld(hear: Hear): Promise<void> {
    for (const key of ROOMS) {
      const roomId = this.#rooms.idOf(key)
      for (const message of roomId ? this.#held.take(roomId) : []) await this.#handOver(message, hear)
    }
  }

  #forgetHeld(time: number): void {
    const count = this.#held.forget(new Date(time))
    if (count === 0 || this.#hasToldForgotten) return
    this.#hasToldForgotten = true
    this.#options.tell(`有${count}条消息来自还没认出来的群,没有听。`)
  }

  /** The server has given all it had: what it did not give of the time before this start was not heard. */
  async #closeGap(): Promise<void> {
    if (!this.#rooms.idOf('committee')) return
    const gap = await this.#gaps.close()
    if (gap) await this.#options.onGap?.(gap)
  }

  async #sayIn(roomId: string, text: string): Promise<void> {
    await this.#spoken.willSay(text)
    try {
      await this.#puppet.messageSendText(roomId, text)
    } catch (error) {
      throw sendingError(error)
    }
  }

  #showCode(link: string): void {
    const { output = process.stdout, onError, qrFile, onTrouble } = this.#options
    showQrCode(link, output, qrFile).then(
      () => onTrouble?.('qr', `要用备用微信号扫码登录${qrFile ? `,二维码在这个图片里:${qrFile}` : ''}。`),
      onError,
    )
  }

  #cannotStore(error: unknown): void {
    this.#options.onError(error)
    this.#end('storage', '听到的话写不进硬盘(满了或坏了),先停下来;腾出地方后会接着听。')
  }

  #report(trouble: ChatTrouble, text: string): void {
    this.#options.tell(text)
    this.#options.onTrouble?.(trouble, text)
  }

  #end(trouble: ChatTrouble, text: string): void {
    this.#report(trouble, text)
    this.#options.exit(START_AGAIN)
  }
}

/** What was heard could not be written down. */
class NotStored extends Error {
  override readonly name = 'NotStored'

  constructor(cause: unknown) {
    super('a message could not be stored', { cause })
  }
}
