import type { Wechaty } from 'wechaty'
import { ScanStatus } from 'wechaty-puppet/types'
import type { Db } from '../../db/database.ts'
import type { MediaKind, RoomKey } from '../../db/schema.ts'
import type { Clock } from '../clock.ts'
import { Batches } from './batches.ts'
import type { Chat, ChatMessage } from './chat.ts'
import { readMessage } from './from-wechaty.ts'
import { type Gap, Gaps } from './gaps.ts'
import { Incoming, NotStored } from './incoming.ts'
import { Leavers } from './leavers.ts'
import { Outgoing } from './outgoing.ts'
import type { Puppet } from './puppet.ts'
import { decodeText } from './raw-text.ts'
import { RoomBindings } from './room-bindings.ts'
import { removeQrCode, showQrCode } from './show-qr-code.ts'
import { Spoken } from './spoken.ts'
import { Stumbles } from './stumbles.ts'
import { Watermark } from './watermark.ts'
import { attach, type Line } from './wechat4u/attach.ts'
import { fetchFile } from './wechat4u/fetch-file.ts'
import type { Wechat4uPuppet } from './wechat4u/insides.ts'
import { isWechat4u } from './wechat4u/load.ts'
import { pause } from './wechat4u/pause.ts'
import { guardSessionFile } from './wechat4u/session-file.ts'

/** What the operator must be told outside WeChat. */
export type ChatTrouble = 'qr' | 'logged-out' | 'refused' | 'silent' | 'storage'

const START_AGAIN = 75
const UNREACHABLE = /\b(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT)\b/u

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
  /** Gets what the operator must know at once, as one sentence. */
  onTrouble?: (trouble: ChatTrouble, text: string) => void
  /** Gets the hours before this start that were not heard, once. */
  onGap?: (gap: Gap) => Promise<void>
  botName?: string
  /** Where the QR code is drawn; the standard output unless told. */
  output?: { write(text: string): unknown }
  /** Where the QR code is kept as a picture while it is good. */
  qrFile?: string
  /** Where the message being stored is named, so that one that kills the process is recognised. */
  markFile?: string
}

/** The two rooms in WeChat through Wechaty; messages of any other room never leave this class. */
export class WechatyChat implements Chat {
  readonly #bot: Wechaty
  readonly #options: Options
  readonly #rooms: RoomBindings
  readonly #spoken: Spoken
  readonly #gaps: Gaps
  readonly #stumbles: Stumbles
  readonly #watermark: Watermark
  readonly #outgoing: Outgoing
  readonly #leavers: Leavers
  #line: Line | null = null
  #queue: Promise<void> = Promise.resolve()
  #isLookingAgain = false
  #hasAskedToScan = false
  #hasSaidUnreachable = false
  #isStarted = false
  #isStopping = false

  /** @param bot not started yet */
  constructor(bot: Wechaty, options: Options) {
    const { db, clock } = options
    this.#bot = bot
    this.#options = options
    this.#rooms = new RoomBindings(options)
    this.#spoken = new Spoken(db, clock)
    this.#gaps = new Gaps(db, clock)
    this.#stumbles = new Stumbles(db, options.markFile)
    this.#watermark = new Watermark(db)
    this.#leavers = new Leavers({ db, clock, rooms: this.#rooms })
    this.#outgoing = new Outgoing({
      ...{ rooms: this.#rooms, spoken: this.#spoken, puppet: () => this.#puppet },
      isAway: () => !this.#isStarted || !bot.isLoggedIn || this.#isStopping || this.#line?.isEnding() === true,
    })
  }

  async start(hear: (message: ChatMessage) => Promise<void>): Promise<void> {
    const remembering = [this.#spoken, this.#gaps, this.#stumbles, this.#watermark, this.#leavers]
    await Promise.all(remembering.map((memory) => memory.load()))
    const incoming = new Incoming({
      ...{ rooms: this.#rooms, gaps: this.#gaps, stumbles: this.#stumbles },
      ...{ watermark: this.#watermark, hear },
      ...this.#options,
      puppet: () => this.#puppet,
      sayIn: (roomId, text) => this.#outgoing.sayIn(roomId, text),
    })
    const batches = new Batches({
      ...{ incoming, spoken: this.#spoken, watermark: this.#watermark, botName: this.#botName },
      ...{ clock: this.#options.clock, onError: this.#options.onError, line: () => this.#line },
      inOrder: (work) => this.#inOrder(work),
      isStopping: () => this.#isStopping,
    })
    this.#listenToLogin(incoming, batches)
    await this.#bot.init()
    this.#isStarted = true
    guardSessionFile(this.#bot)
    const { puppet } = this.#bot
    if (isWechat4u(puppet)) this.#line = this.#attach(puppet, incoming, batches)
    else this.#listenTo(incoming)
    await this.#bot.start()
  }

  say(room: RoomKey, text: string): Promise<void> {
    return this.#outgoing.say(room, text)
  }

  sendFile(room: RoomKey, path: string): Promise<void> {
    return this.#outgoing.sendFile(room, path)
  }

  async fetchFile(id: string, kind: MediaKind): Promise<Buffer> {
    if (!this.#bot.isLoggedIn) throw new Error('not logged in to WeChat')
    const wechat4u = this.#line?.wechat4u()
    if (wechat4u) return fetchFile(wechat4u, id, kind)
    return (await this.#puppet.messageFile(id)).toBuffer()
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    if (!this.#isStarted) return
    await this.#queue
    await this.#line?.detach()
    await this.#bot.stop()
    this.#stumbles.close()
  }

  get #puppet(): Puppet {
    return this.#bot.puppet as Puppet
  }

  get #botName(): string {
    return this.#options.botName ?? '小助手'
  }

  #listenToLogin(incoming: Incoming, batches: Batches): void {
    const { tell, onError, qrFile } = this.#options
    this.#bot.on('error', (error) => {
      onError(error)
      this.#sayUnreachable(error)
    })
    this.#bot.on('scan', (link, status) => {
      if (status === ScanStatus.Waiting) this.#showCode(link)
    })
    this.#bot.on('login', (user) => {
      removeQrCode(qrFile)
      this.#hasAskedToScan = false
      tell(`微信已登录:${decodeText(user.name())}。`)
      batches.loggedIn()
      this.#inOrder(() => incoming.loggedIn())
    })
    this.#bot.on('ready', () => void this.#sayWhatIsMissing(incoming))
    this.#bot.on('heartbeat', () => this.#inOrder(async () => incoming.forgetHeld()))
  }

  #attach(puppet: Wechat4uPuppet, incoming: Incoming, batches: Batches): Line {
    const { onError, onGap, clock } = this.#options
    return attach(puppet, clock, {
      take: (batch) => batches.take(batch),
      onUntaken: (error) => this.#cannotStore(error instanceof NotStored ? error.cause : error),
      onLearnt: () => this.#lookAgain(incoming),
      onNewIds: () => {
        batches.loggedIn()
        this.#rooms.loggedOut()
        this.#leavers.loggedOut()
      },
      onSync: () => void this.#gaps.hears().catch(onError),
      // What the server has not given until now of the time before this start was not heard.
      onQuiet: () => this.#inOrder(() => this.#gaps.close(async (gap) => onGap?.(gap))),
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
  #listenTo(incoming: Incoming): void {
    this.#bot.on('logout', () =>
      this.#inOrder(async () => {
        this.#report('logged-out', '微信已退出登录,群里的消息听不到了,请重新扫码。')
        this.#rooms.loggedOut()
        incoming.forgetHeld({ all: true })
      }),
    )
    // Wechaty's own 'message' event comes in the order in which messages were looked up, not in which they arrived.
    this.#puppet.on('message', ({ messageId }) =>
      this.#inOrder(async () => {
        const message = await readMessage(this.#puppet, messageId, this.#botName)
        if (message) await incoming.take(message)
      }),
    )
    this.#puppet.on('room-topic', ({ roomId, newTopic }) =>
      this.#inOrder(() => this.#rooms.renamed(this.#puppet, roomId, decodeText(newTopic).trim())),
    )
  }

  /** Everything that depends on what came before it runs one after the other; a failure stops nothing after it. */
  #inOrder(work: () => Promise<void>): void {
    if (this.#isStopping) return
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      if (error instanceof NotStored) this.#cannotStore(error.cause)
      else this.#options.onError(error)
    })
  }

  /** Once the rooms are known as well as they ever will be. */
  async #sayWhatIsMissing(incoming: Incoming): Promise<void> {
    while (this.#line?.isSettled() === false && !this.#isStopping) await pause(500)
    this.#inOrder(async () => this.#rooms.offerAgain(await incoming.recognise()))
  }

  /** More is known about rooms and people; several such news in a row are looked at once. */
  #lookAgain(incoming: Incoming): void {
    if (this.#isLookingAgain) return
    this.#isLookingAgain = true
    this.#inOrder(async () => {
      this.#isLookingAgain = false
      await incoming.recognise()
      if (!this.#puppet.isLoggedIn) return
      for (const line of await this.#leavers.look(this.#puppet)) await incoming.take(line)
      await this.#rooms.noticeChanges(this.#puppet)
    })
  }

  #showCode(link: string): void {
    const { output = process.stdout, onError, qrFile, onTrouble } = this.#options
    const where = qrFile ? `,二维码在这个图片里:${qrFile}` : ''
    showQrCode(link, output, qrFile).catch(onError)
    if (this.#hasAskedToScan) return
    this.#hasAskedToScan = true
    onTrouble?.('qr', `要用备用微信号扫码登录${where}。`)
  }

  /** Whoever waits for a QR code should know why none comes. */
  #sayUnreachable(error: Error): void {
    if (this.#bot.isLoggedIn || this.#hasSaidUnreachable || !UNREACHABLE.test(error.message)) return
    this.#hasSaidUnreachable = true
    this.#options.tell('连不上微信,请看网络,会接着试。')
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
