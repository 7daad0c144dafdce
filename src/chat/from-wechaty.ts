import { Message as Type } from 'wechaty-puppet/types'
import type { MessageKind } from '../../db/schema.ts'
import type { ChatMessage } from './chat.ts'
import { readForwarded } from './forwarded.ts'
import { knownContact, nameInRoom, type Puppet } from './puppet.ts'
import { type RawContent, rawText, xmlText } from './raw-text.ts'
import { isChainText, readWords } from './words.ts'

/** A message of a room that may or may not be bound. */
export type HeardInRoom = Omit<ChatMessage, 'room'> & { roomId: string }

/** What wechat4u keeps of a message; no other puppet has it. */
type WebMessage = RawContent & { MsgType: number; SubMsgType?: number; isSendBySelf?: boolean }
type Payload = { type: Type; text?: string; filename?: string }
type Content = Pick<ChatMessage, 'kind' | 'text' | 'quote' | 'quotedText' | 'revokes' | 'toBot' | 'isChain'>

const WEB = { text: 1, status: 51, system: 10000 }
const WEB_LOCATION = 48
const UNREADABLE = /^\[(?:收到一条|Received).*(?:手机上查看|on (?:your )?(?:phone|mobile)).*\]$/s
const SHARED: Partial<Record<Type, string>> = {
  [Type.Url]: '[链接]',
  [Type.MiniProgram]: '[链接]',
  [Type.Post]: '[视频]',
}
const MEDIA: Partial<Record<Type, MessageKind>> = {
  [Type.Audio]: 'voice',
  [Type.Image]: 'image',
}

/** Reads a message the puppet has announced; null for what nobody said in a room: direct, own and status messages. */
export async function readMessage(puppet: Puppet, id: string, botName: string): Promise<HeardInRoom | null> {
  const payload = await puppet.messagePayload(id)
  const web = asWebMessage(await puppet.messageRawPayload(id))
  const { roomId, talkerId = '' } = payload
  if (!roomId || isOwn(puppet, talkerId, web)) return null
  const content = readContent(payload, web, await botNames(puppet, roomId, botName))
  if (!content) return null
  const speaker = content.kind === 'system' ? SYSTEM : await readSpeaker(puppet, roomId, talkerId)
  return { id, roomId, at: toDate(payload.timestamp), senderId: talkerId, confidence: null, ...speaker, ...content }
}

/** Who speaks where WeChat itself does. */
export const SYSTEM = { sender: '系统', remark: null }

function asWebMessage(raw: unknown): WebMessage | null {
  const message = raw as Partial<WebMessage>
  return typeof message.OriginalContent === 'string' ? (message as WebMessage) : null
}

function isOwn(puppet: Puppet, talkerId: string, web: WebMessage | null): boolean {
  if (web?.isSendBySelf) return true
  return puppet.isLoggedIn && [talkerId, web?.FromUserName].includes(puppet.currentUserId)
}

async function botNames(puppet: Puppet, roomId: string, botName: string): Promise<string[]> {
  if (!puppet.isLoggedIn) return [botName]
  const id = puppet.currentUserId
  const [card, self] = await Promise.all([nameInRoom(puppet, roomId, id), knownContact(puppet, id)])
  return [botName, card ?? '', self?.name ?? '']
}

async function readSpeaker(puppet: Puppet, roomId: string, talkerId: string) {
  const [name, contact] = await Promise.all([nameInRoom(puppet, roomId, talkerId), knownContact(puppet, talkerId)])
  return { sender: name ?? (contact?.name.trim() || '某人'), remark: contact?.alias?.trim() || null }
}

/** What a message says, apart from who said it and where; null for what nobody said. */
export function readContent(payload: Payload, web: WebMessage | null, names: string[]): Content | null {
  const raw = web ? rawText(web) : (payload.text ?? '')
  const shared = SHARED[payload.type]
  if (shared) return content('link', `${shared} ${xmlText(raw, 'title') ?? ''}`.trim())
  const media = MEDIA[payload.type]
  if (media) return content(media)
  switch (payload.type) {
    case Type.Text:
      return readText(web?.MsgType === WEB.text ? raw : (payload.text ?? ''), web, raw, names)
    case Type.GroupNote:
      return { ...content('text'), ...readWords(asChain(payload.text ?? ''), ...names), isChain: true }
    case Type.ChatHistory:
      return content('link', readForwarded(raw))
    case Type.Attachment:
      return content('file', `[文件] ${payload.filename || xmlText(raw, 'title') || ''}`.trim())
    case Type.Recalled:
      if (web && !raw.includes('<revokemsg>')) return content('system')
      return { ...content('recall', xmlText(raw, 'replacemsg') ?? ''), revokes: xmlText(raw, 'msgid') }
    case Type.Unknown:
      if (web?.MsgType === WEB.status) return null
      return web?.MsgType === WEB.system ? content('system', raw) : content('other')
    default:
      return content('other')
  }
}

function readText(said: string, web: WebMessage | null, raw: string, names: string[]): Content {
  if (web && UNREADABLE.test(said)) return content('other')
  // A place on the map comes as its address, a colon and the path of a picture.
  const words = web?.SubMsgType === WEB_LOCATION ? said.split(':\n/cgi-bin')[0]! : said
  // A quote sent as XML names the message it answers; its plain form only repeats the words.
  const quote = web && web.MsgType !== WEB.text ? xmlText(raw, 'svrid') : null
  return { ...content('text'), ...readWords(words, ...names), quote, ...(isChainText(words) ? { isChain: true } : {}) }
}

/** Sent as XML, the list need not say what it is. */
function asChain(said: string): string {
  return isChainText(said) ? said : `#接龙\n${said}`
}

function content(kind: MessageKind, text = ''): Content {
  return { kind, text, quote: null, quotedText: null, revokes: null, toBot: false }
}

/** Puppets count either seconds or milliseconds. */
function toDate(timestamp: number): Date {
  return new Date(timestamp < 1e11 ? timestamp * 1000 : timestamp)
}
