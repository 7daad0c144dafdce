import { createRequire } from 'node:module'
import { UserError } from '../../errors.ts'
import type { Puppet } from '../puppet.ts'

/** The versions whose insides this folder touches. Nobody maintains them any more; others may look different inside. */
const PINNED = { 'wechaty-puppet-wechat4u': '1.14.14', wechat4u: '0.7.14' }

/** A message as WeChat's server sends it. */
export type RawMessage = {
  MsgId: string
  FromUserName: string
  ToUserName: string
  MsgType: number
  AppMsgType?: number
  SubMsgType?: number
  Content: string
  CreateTime: number
  FileName?: string
  StatusNotifyUserName?: string
}

export type RawMember = { UserName: string; NickName?: string; DisplayName?: string }

/** A contact or, with an id that begins with @@, a room. */
export type RawContact = RawMember & { RemarkName?: string; MemberCount?: number; MemberList?: RawMember[] }

export type WebAnswer = { status?: number; data: unknown }
export type WebRequest = { url: string; [option: string]: unknown }
export type SyncData = {
  AddMsgList?: RawMessage[]
  /** In the answer to a greeting only. */
  User?: RawMember
  ModContactCount?: number
  ModContactList?: RawContact[]
}

/** What of wechat4u is touched here. */
export type Wechat4u = {
  PROP: Record<string, unknown>
  /** The addresses of the server's calls. */
  CONF: Record<string, string>
  user: RawMember
  state: string
  contacts: Record<string, RawContact>
  syncErrorCount: number
  retryPollingId: NodeJS.Timeout | number
  checkPollingId: NodeJS.Timeout | number
  botData: unknown
  Message: { extend(message: RawMessage): RawMessage }
  request(options: WebRequest): Promise<WebAnswer>
  init(): Promise<unknown>
  _init(): Promise<void>
  _login(): Promise<void>
  _getContact(seq?: number): Promise<RawContact[]>
  start(): Promise<void>
  restart(): Promise<void>
  stop(): void
  sync(): Promise<SyncData>
  updateSyncKey(data: SyncData): void
  handleMsg(messages: RawMessage[]): void
  handleSync(data: SyncData): void
  updateContacts(contacts: RawContact[]): void
  batchGetContact(contacts: { UserName: string }[]): Promise<RawContact[]>
  emit(event: string, ...args: unknown[]): boolean
  on(event: string, listener: (...args: never[]) => void): unknown
}

/** What of the puppet is touched here; its types hide it. */
export type Wechat4uPuppet = Puppet & {
  wechat4u?: Wechat4u
  unknownContactId: unknown[]
  getContactInterval?: NodeJS.Timeout
  cacheMessageRawPayload: Map<string, unknown>
  cache: { clear(): void }
  memory: {
    set(slot: string, value: unknown): Promise<void>
    delete(slot: string): Promise<void>
    save(): Promise<void>
  }
  __currentUserId?: string
  login(userId: string): void
  getContactsInfo(): void
  reset(): Promise<void>
  monkeyPatch(wechat4u: Wechat4u): void
}

const OF_PUPPET = [
  ...['monkeyPatch', 'getContactsInfo', 'login', 'reset', 'messageSendText', 'messageSendFile', 'contactList'],
]
const OF_WECHAT4U = [
  ...['request', 'init', '_init', '_login', 'start', 'restart', 'stop', 'sync', 'handleMsg', 'handleSync'],
  ...['updateSyncKey', 'updateContacts', '_getContact', 'batchGetContact', 'sendMsg'],
]
const ADDRESSES = ['API_webwxgetvoice', 'API_webwxgetmsgimg']

/** The name under which the puppet keeps WeChat's session in its memory. */
export const SLOT = 'PUPPET-WECHAT4U'

/** @throws UserError unless both packages are the ones this folder was written for. */
export function assertVersions(puppet: string, wechat4u: string = wechat4uVersion()): void {
  const found = { 'wechaty-puppet-wechat4u': puppet, wechat4u }
  const names = ['wechaty-puppet-wechat4u', 'wechat4u'] as const
  const wrong = names.filter((name) => found[name] !== PINNED[name])
  if (wrong.length === 0) return
  const list = wrong.map((name) => `${name} 要 ${PINNED[name]},现在是 ${found[name]}`)
  throw new UserError(`连接微信的程序包版本不对:${list.join(';')}。请在本文件夹运行 npm ci。`)
}

/** @throws UserError unless the puppet has what is touched here. */
export function assertPuppet(puppet: object): asserts puppet is Wechat4uPuppet {
  assertMethods(puppet, OF_PUPPET, 'wechaty-puppet-wechat4u')
}

/** @throws UserError unless wechat4u has what is touched here. */
export function assertWechat4u(wechat4u: object): void {
  assertMethods(wechat4u, OF_WECHAT4U, 'wechat4u')
  const addresses = (wechat4u as Partial<Wechat4u>).CONF ?? {}
  assertAll(ADDRESSES, (name) => typeof addresses[name] === 'string', 'wechat4u')
}

function assertMethods(holder: object, names: string[], what: string): void {
  assertAll(names, (name) => typeof (holder as Record<string, unknown>)[name] === 'function', what)
}

function assertAll(names: string[], isThere: (name: string) => boolean, what: string): void {
  const missing = names.filter((name) => !isThere(name))
  if (missing.length > 0)
    throw new UserError(`${what} 里面和原来不一样了(没有 ${missing.join('、')})。请在本文件夹运行 npm ci。`)
}

function wechat4uVersion(): string {
  const require = createRequire(import.meta.url)
  const fromPuppet = createRequire(require.resolve('wechaty-puppet-wechat4u'))
  return (fromPuppet('wechat4u/package.json') as { version: string }).version
}
