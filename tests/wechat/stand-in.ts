import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../src/clock.ts'
import { realPause, until } from './fast-time.ts'
import { escapeText, People, type Person, type Room } from './people.ts'
import type { Said, Saying } from './talk.ts'

/** What goes wrong with the next call of a kind: the line is cut, before or after the server did its work. */
export type Fault = 'cut' | 'cut-after' | 'hang' | { status: number } | { ret: number } | { retcode: string }

export type Sent = { to: Room | null; text: string; type: number; file?: string }

type Options = { clock: Clock; people?: People; random?: () => number }
type Request = { path: string; query: URLSearchParams; body: Record<string, unknown>; raw: Buffer }

const HOLD = 60
const REFUSAL = '<error><ret>1203</ret><message>为了你的帐号安全，此微信号不能登录网页微信。</message></error>'

/** WeChat's web endpoints on this machine: one account, its people and rooms, and everything that can go wrong. */
export class StandIn {
  readonly people: People
  readonly clock: Clock
  readonly random: () => number
  /** Every call the server got, in order. */
  readonly calls: { path: string; at: number }[] = []
  readonly sent: Sent[] = []
  readonly uploads: Buffer[] = []
  /** Files of messages by id; any other message has a few made-up bytes. */
  readonly files = new Map<string, Buffer>()
  /** The messages whose files were asked for. */
  readonly fetched: string[] = []
  /** Nobody answers: the machine has no network. */
  isOffline = false
  /** Somebody scans every QR code at once. */
  doesScan = true
  /** WeChat refuses the account that scans. */
  isRefused = false
  /** Every QR login gets new ids for everybody. */
  rotatesAtLogin = true
  /** The next greeting of a running session gets new ids for everybody. */
  rotatesAtNextInit = false
  /** The server sends back what was said through the API. */
  echoes: 'no' | 'as-self' | 'in-room' = 'no'
  /** Milliseconds until contacts are told. */
  contactsTake = 0
  mostInABatch = 20
  doesShuffle = false
  /** How likely a message comes once more, 0 to 1. */
  repeats = 0
  readonly #log: Said[] = []
  readonly #changed: (Person | Room)[] = []
  #acked = 0
  #session: string | null = null
  #sessions = 0
  #scanned = new Set<string>()
  #uuids = 0
  #msgIds = 4_442_356_190_966_000_000n
  readonly #faults = new Map<string, Fault[]>()
  readonly #server: Server
  readonly #sockets = new Set<import('node:net').Socket>()

  constructor({ clock, people = new People(), random = Math.random }: Options) {
    this.clock = clock
    this.people = people
    this.random = random
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy())
    })
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return this
  }

  async close(): Promise<void> {
    this.cutLines()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Somebody says something; the id of the message. */
  say(room: Room, from: Person | null, text: string, saying: Saying = {}): string {
    this.#msgIds += BigInt(1 + Math.floor(this.random() * 1000))
    const {
      msgId = String(this.#msgIds),
      at = this.clock.now(),
      type = from ? 1 : 10000,
      content = escapeText(text),
      more,
    } = saying
    this.#log.push({ msgId, at, room, from, type, content, more })
    return msgId
  }

  /** Contacts and rooms are told again as they are now, with the next messages. */
  change(...things: (Person | Room)[]): void {
    this.#changed.push(...things)
  }

  /** The next calls of this kind (the last part of the path) fail like this. */
  fail(call: string, ...faults: Fault[]): void {
    this.#faults.set(call, [...(this.#faults.get(call) ?? []), ...faults])
  }

  /** No call that has not failed yet will. */
  heal(): void {
    this.#faults.clear()
  }

  /** The account is logged out on its phone. */
  kick(): void {
    this.#session = null
  }

  /** Every open connection breaks. */
  cutLines(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  callsOf(call: string): number {
    return this.calls.filter(({ path }) => path === call).length
  }

  /** Waits until the bot has told the server that everything said arrived. */
  delivered(): Promise<void> {
    return until(() => this.#acked >= this.#log.length, 'everything said was fetched', 30_000)
  }

  /** How much of what was said is known to have arrived. */
  get progress(): string {
    return `${this.#acked} of ${this.#log.length}`
  }

  get isAllDelivered(): boolean {
    return this.#acked >= this.#log.length
  }

  async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.isOffline) return void message.socket.destroy()
    const url = new URL(message.url!, this.url)
    const path = url.pathname.split('/').at(-1)!
    this.calls.push({ path, at: this.clock.now().getTime() })
    const chunks: Buffer[] = []
    for await (const chunk of message) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks)
    const isJson = (message.headers['content-type'] ?? '').includes('json')
    const body = isJson ? (JSON.parse(raw.toString()) as Record<string, unknown>) : {}
    const fault = this.#faults.get(path)?.shift()
    if (fault === 'cut') return void message.socket.destroy()
    if (fault === 'hang') return
    if (fault && typeof fault === 'object' && 'status' in fault) return void response.writeHead(fault.status).end()
    if (fault && typeof fault === 'object' && 'ret' in fault)
      return send(response, { BaseResponse: { Ret: fault.ret, ErrMsg: '' } })
    if (fault && typeof fault === 'object')
      return send(response, `window.synccheck={retcode:"${fault.retcode}",selector:"0"}`)
    const answer = await this.#play({ path, query: url.searchParams, body, raw }, response)
    if (fault === 'cut-after') return void message.socket.destroy()
    if (answer !== undefined) send(response, answer)
  }

  async #play(request: Request, response: ServerResponse): Promise<unknown> {
    const { path, body } = request
    switch (path) {
      case 'jslogin':
        return `window.QRLogin.code = 200; window.QRLogin.uuid = "code${++this.#uuids}==";`
      case 'login':
        return this.#poll(request.query.get('uuid')!)
      case 'webwxnewloginpage':
        return this.#letIn(response)
      case 'webwxinit':
        return this.#init(body)
      case 'webwxstatusnotify':
        return ok({ MsgID: '1' })
      case 'webwxgetcontact':
        await realPause(this.contactsTake)
        return ok(this.#contacts())
      case 'webwxbatchgetcontact':
        await realPause(this.contactsTake)
        return ok(this.#some(body))
      case 'synccheck':
        return this.#check(request.query)
      case 'webwxsync':
        return this.#sync(body)
      case 'webwxuploadmedia':
        this.uploads.push(request.raw)
        return ok({ MediaId: `@media${this.uploads.length}` })
      case 'webwxlogout':
        this.#session = null
        return ''
      case 'webwxgetvoice':
      case 'webwxgetmsgimg':
        return this.#file(request.query.get('msgid') ?? request.query.get('MsgID') ?? '')
      default:
        return path.startsWith('webwxsend') ? this.#hear(body) : ok({})
    }
  }

  #file(msgId: string): Buffer {
    this.fetched.push(msgId)
    return this.files.get(msgId) ?? Buffer.from(`bytes of ${msgId}`)
  }

  async #poll(uuid: string): Promise<string> {
    if (!this.doesScan) {
      await realPause(HOLD)
      return 'window.code=408;'
    }
    if (!this.#scanned.has(uuid)) {
      this.#scanned.add(uuid)
      return "window.code=201;window.userAvatar = 'data:img/jpg;base64,AA==';"
    }
    return 'window.code=200;window.redirect_uri="https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxnewloginpage?ticket=x";'
  }

  #letIn(response: ServerResponse): unknown {
    if (this.isRefused) return REFUSAL
    this.#session = `sid${++this.#sessions}`
    if (this.rotatesAtLogin && this.#sessions > 1) this.people.rotate()
    const cookies = ['wxuin=1234567;', `wxsid=${this.#session};`, 'webwx_data_ticket=ticket;']
    response.writeHead(301, { 'set-cookie': cookies.map((cookie) => `${cookie} Path=/`) })
    response.end(
      `<error><ret>0</ret><message></message><skey>@key</skey><wxsid>${this.#session}</wxsid><wxuin>1234567</wxuin><pass_ticket>pass</pass_ticket></error>`,
    )
    return undefined
  }

  #isIn(sid: unknown): boolean {
    return this.#session !== null && sid === this.#session
  }

  #init(body: Record<string, unknown>): unknown {
    if (!this.#isIn((body.BaseRequest as { Sid: string }).Sid)) return { BaseResponse: { Ret: 1101, ErrMsg: '' } }
    if (this.rotatesAtNextInit) this.people.rotate()
    this.rotatesAtNextInit = false
    const recent = this.people.rooms.slice(0, 3).map((room) => this.people.describe(room, { withMembers: false }))
    const User = { ...this.people.describe(this.people.me), Uin: 1_234_567, MemberList: undefined }
    return ok({ User, ContactList: recent, SKey: '@key', SyncKey: this.#key(this.#acked) })
  }

  #contacts() {
    const { people } = this
    const friends = people.people.filter(({ isFriend, remark }) => isFriend || remark)
    const saved = people.rooms.filter(({ isSaved }) => isSaved)
    const MemberList = [...friends, ...saved].map((thing) => people.describe(thing, { withMembers: false }))
    return { MemberCount: MemberList.length, MemberList, Seq: 0 }
  }

  #some(body: Record<string, unknown>) {
    const asked = body.List as { UserName: string }[]
    const found = asked.map(({ UserName }) => this.people.find(UserName)).filter((thing) => thing !== undefined)
    return { Count: found.length, ContactList: found.map((thing) => this.people.describe(thing)) }
  }

  async #check(query: URLSearchParams): Promise<string> {
    const isIn = () => this.#isIn(query.get('sid'))
    const position = Number(/^1_(\d+)/.exec(query.get('synckey') ?? '')?.[1] ?? 0)
    if (isIn()) this.#acknowledge(position)
    const end = performance.now() + HOLD
    while (isIn() && this.#log.length <= position && performance.now() < end) await realPause(5)
    if (!isIn()) return 'window.synccheck={retcode:"1101",selector:"0"}'
    return `window.synccheck={retcode:"0",selector:"${this.#log.length > position ? 2 : 0}"}`
  }

  #sync(body: Record<string, unknown>): unknown {
    if (!this.#isIn((body.BaseRequest as { Sid: string }).Sid)) return { BaseResponse: { Ret: 1101, ErrMsg: '' } }
    const position = (body.SyncKey as { List: { Val: number }[] }).List[0]!.Val
    this.#acknowledge(position)
    const batch = this.#log.slice(position, position + 1 + Math.floor(this.random() * this.mostInABatch))
    const again = batch.filter(() => this.random() < this.repeats)
    const all = [...batch, ...again, ...this.#log.slice(0, position).filter(() => this.random() < this.repeats / 50)]
    if (this.doesShuffle) all.sort(() => this.random() - 0.5)
    const AddMsgList = all.map((one) => this.#deliver(one))
    const key = this.#key(position + batch.length)
    const ModContactList = this.#changed.splice(0).map((thing) => this.people.describe(thing))
    const rest = {
      ModContactCount: ModContactList.length,
      ModContactList,
      DelContactCount: 0,
      DelContactList: [],
      ContinueFlag: 0,
    }
    return ok({ AddMsgCount: AddMsgList.length, AddMsgList, ...rest, SyncKey: key, SyncCheckKey: key, SKey: '' })
  }

  #deliver({ msgId, at, room, from, type, content, more }: Said) {
    const { people } = this
    const isMine = from === people.me && more?.echo !== 'in-room'
    return {
      MsgId: msgId,
      NewMsgId: Number(msgId),
      FromUserName: isMine ? people.idOf(people.me) : people.idOf(room),
      ToUserName: isMine ? people.idOf(room) : people.idOf(people.me),
      MsgType: type,
      Content:
        from === null || isMine
          ? content
          : `${people.idOf(from, (more?.generation as number) ?? people.generation)}:<br/>${content}`,
      CreateTime: Math.floor(at.getTime() / 1000),
      ...{ Status: 3, AppMsgType: 0, SubMsgType: 0, VoiceLength: 0, FileName: '', FileSize: '', MediaId: '', Url: '' },
      ...{ StatusNotifyCode: 0, StatusNotifyUserName: '', RecommendInfo: {}, OriContent: '' },
      ...more,
    }
  }

  #hear(body: Record<string, unknown>): unknown {
    const message = body.Msg as { Type: number; Content?: string; ToUserName: string; MediaId?: string }
    const to = this.people.find(message.ToUserName)
    const text = message.Content ?? message.MediaId ?? ''
    const room = to && 'topic' in to ? to : null
    this.sent.push({ to: room, text, type: message.Type })
    this.#msgIds += 7n
    const MsgID = String(this.#msgIds)
    if (room && this.echoes !== 'no') {
      const generation = this.people.generation
      this.say(room, this.people.me, text, { msgId: MsgID, more: { echo: this.echoes, generation } })
    }
    return ok({ MsgID, LocalID: '1' })
  }

  #acknowledge(position: number): void {
    this.#acked = Math.max(this.#acked, Math.min(position, this.#log.length))
  }

  #key(position: number) {
    return { Count: 1, List: [{ Key: 1, Val: position }] }
  }
}

function ok(data: object): object {
  return { BaseResponse: { Ret: 0, ErrMsg: '' }, ...data }
}

function send(response: ServerResponse, answer: unknown): void {
  if (response.headersSent) return
  const isText = typeof answer === 'string' || Buffer.isBuffer(answer)
  response.writeHead(200, { 'content-type': 'text/plain' }).end(isText ? answer : JSON.stringify(answer))
}
