import { Message as Type } from 'wechaty-puppet/types'
import { type HeardInRoom, readContent, SYSTEM } from '../from-wechaty.ts'
import { decodeText, rawText, xmlText } from '../raw-text.ts'
import type { RawMessage, Wechat4u } from './insides.ts'

/** What is asked about a message: who the account is, and what the bot is called. */
type Around = {
  wechat4u: Pick<Wechat4u, 'contacts' | 'user'>
  botName: string
  isOwn(message: { id: string; talkerId: string; name: string; text: string }): boolean
}

const APP = 49
const TYPES: Record<number, Type> = {
  1: Type.Text,
  3: Type.Image,
  34: Type.Audio,
  43: Type.Video,
  47: Type.Emoticon,
  62: Type.Video,
  10002: Type.Recalled,
}
const APP_TYPES: Record<number, Type> = {
  4: Type.Url,
  5: Type.Url,
  6: Type.Attachment,
  19: Type.ChatHistory,
  33: Type.MiniProgram,
  36: Type.MiniProgram,
  51: Type.Post,
  53: Type.GroupNote,
  57: Type.Text,
  2000: Type.Transfer,
  2001: Type.RedEnvelope,
}
const QUOTE = 57
const NOTE = 53
const TALKER = /^(@[0-9a-zA-Z]+|[\w-]+):<br\/>/

/**
 * Reads a message as the server sent it, at once and from what is known: nothing is looked up, so nobody unknown
 * can hold it up. Null for what nobody said in a room: direct, own and status messages.
 */
export function readRaw(message: RawMessage, { wechat4u, botName, isOwn }: Around): HeardInRoom | null {
  const roomId = message.FromUserName
  if (!roomId.startsWith('@@')) return null
  const web = { ...message, OriginalContent: message.Content }
  const talkerId = TALKER.exec(message.Content)?.[1] ?? ''
  const talker = findMember(wechat4u, roomId, talkerId)
  const text = rawText(web)
  if (isOwn({ id: message.MsgId, talkerId, name: talker.name, text })) return null
  const self = findMember(wechat4u, roomId, wechat4u.user.UserName)
  const names = [botName, self.card, decodeText(wechat4u.user.NickName ?? '').trim()]
  const content = readContent(
    { type: typeOf(message), text: plainForm(message, text), filename: decodeText(message.FileName ?? '') },
    web,
    names,
  )
  if (!content) return null
  const speaker =
    content.kind === 'system' ? SYSTEM : { sender: talker.card || talker.name || '某人', remark: talker.remark || null }
  return {
    id: message.MsgId,
    roomId,
    at: new Date(message.CreateTime * 1000),
    senderId: talkerId,
    confidence: null,
    ...speaker,
    ...content,
  }
}

function findMember({ contacts }: Around['wechat4u'], roomId: string, id: string) {
  const member = contacts[roomId]?.MemberList?.find(({ UserName }) => UserName === id)
  const contact = contacts[id]
  const clean = (name: string | undefined) => decodeText(name ?? '').trim()
  return {
    card: clean(member?.DisplayName),
    name: clean(member?.NickName) || clean(contact?.NickName),
    remark: clean(contact?.RemarkName),
  }
}

function typeOf({ MsgType, AppMsgType }: RawMessage): Type {
  if (MsgType === APP) return APP_TYPES[AppMsgType ?? 0] ?? Type.Unknown
  return TYPES[MsgType] ?? Type.Unknown
}

/** Quotes and notes come as XML; what they say in the plain form that the other ways of reading know. */
function plainForm({ MsgType, AppMsgType }: RawMessage, text: string): string {
  const title = MsgType === APP ? (xmlText(text, 'title') ?? '') : ''
  if (AppMsgType === NOTE) return title
  const quoted = AppMsgType === QUOTE ? xmlText(text, 'refermsg') : null
  if (quoted === null) return title || text
  const inner = /<refermsg>[\s\S]*<\/refermsg>/.exec(text)?.[0] ?? ''
  const words = xmlText(inner, 'type') === '1' ? (xmlText(inner, 'content') ?? '') : ''
  return `「${xmlText(inner, 'displayname') || '某人'}：${words}」\n- - - - - - -\n${title}`
}

/** What is left of a message that cannot be read: that it was there. */
export function bareMessage({ MsgId, FromUserName, CreateTime }: RawMessage): HeardInRoom | null {
  if (!FromUserName.startsWith('@@')) return null
  return {
    ...{ id: MsgId, roomId: FromUserName, at: new Date(CreateTime * 1000), senderId: '', sender: '某人', remark: null },
    ...{ kind: 'other', text: '', confidence: null, quote: null, quotedText: null, revokes: null, toBot: false },
  }
}
