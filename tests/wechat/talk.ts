import { escapeText, type Person, type Room } from './people.ts'

/** A message on its way, told without ids: they depend on the login in which it is delivered. */
export type Said = {
  msgId: string
  at: Date
  room: Room
  /** Null: the system. */
  from: Person | null
  type: number
  /** As it stands in `Content`, without the sender in front. */
  content: string
  more?: Record<string, unknown>
}

export type Saying = Partial<Pick<Said, 'msgId' | 'at' | 'type' | 'content' | 'more'>>

/** What people do in rooms, as WeChat writes it. */
export const said = {
  quote: (name: string, text: string, own: string): string =>
    `「${name}：${text}」\n- - - - - - - - - - - - - - -\n${own}`,
  /** A quote that names the message it answers. */
  reply: (msgId: string, name: string, text: string, own: string): Saying => ({
    type: 49,
    content: escapeText(
      `<msg><appmsg><title>${escapeText(own)}</title><type>57</type><refermsg><type>1</type><svrid>${msgId}</svrid><displayname>${name}</displayname><content>${escapeText(text)}</content></refermsg></appmsg></msg>`,
    ),
    more: { AppMsgType: 57 },
  }),
  recall: (msgId: string, name: string): Saying => ({
    type: 10002,
    content: escapeText(
      `<sysmsg type="revokemsg"><revokemsg><oldmsgid>1</oldmsgid><msgid>${msgId}</msgid><replacemsg><![CDATA["${name}" 撤回了一条消息]]></replacemsg></revokemsg></sysmsg>`,
    ),
  }),
  place: (address: string): Saying => ({
    content: `${address}:<br/>/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=xxx&msgid=1&pictype=location`,
    more: { SubMsgType: 48, Url: 'http://apis.map.qq.com/uri/v1/geocoder?coord=30.6,104.0' },
  }),
  voice: (): Saying => ({
    type: 34,
    content: escapeText('<msg><voicemsg length="2000" /></msg>'),
    more: { VoiceLength: 2000 },
  }),
  picture: (): Saying => ({ type: 3, content: escapeText('<?xml version="1.0"?><msg><img length="100" /></msg>') }),
  link: (title: string): Saying => ({
    type: 49,
    content: escapeText(`<msg><appmsg><title>${title}</title><type>5</type></appmsg></msg>`),
    more: { AppMsgType: 5 },
  }),
  joined: (by: string, who: string): Saying => ({ type: 10000, content: `"${by}"邀请"${who}"加入了群聊` }),
}
