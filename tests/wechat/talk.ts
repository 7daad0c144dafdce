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
  /** A list sent whole again with every addition. */
  chain: (text: string): Saying => ({
    type: 49,
    content: escapeText(`<msg><appmsg><title>${escapeText(text)}</title><type>53</type></appmsg></msg>`),
    more: { AppMsgType: 53 },
  }),
  file: (name: string): Saying => ({
    type: 49,
    content: escapeText(`<msg><appmsg><title>${escapeText(name)}</title><type>6</type></appmsg></msg>`),
    more: { AppMsgType: 6, FileName: escapeText(name), FileSize: '1000', MediaId: '@media' },
  }),
  /** A forwarded chat record: who said what, by the record; another type than 1 is no text. */
  record: (title: string, lines: { by: string; text: string; type?: number }[]): Saying => {
    const items = lines.map(({ by, text, type = 1 }, id) => {
      const words =
        type === 1 ? `<datadesc>${escapeText(text)}</datadesc>` : `<datatitle>${escapeText(text)}</datatitle>`
      return `<dataitem datatype="${type}" dataid="${id}">${words}<sourcename>${escapeText(by)}</sourcename><sourcetime>2026-6-3 13:0${id % 10}</sourcetime></dataitem>`
    })
    const info = `<recordinfo><title>${title}</title><datalist count="${lines.length}">${items.join('')}</datalist></recordinfo>`
    const des = lines
      .slice(0, 4)
      .map(({ by, text }) => `${by}: ${text}`)
      .join('\n')
    return {
      type: 49,
      content: escapeText(
        `<msg><appmsg><title>${title}</title><des>${escapeText(des)}</des><type>19</type><recorditem><![CDATA[${info}]]></recorditem></appmsg></msg>`,
      ),
      more: { AppMsgType: 19 },
    }
  },
  joined: (by: string, who: string): Saying => ({ type: 10000, content: `"${by}"邀请"${who}"加入了群聊` }),
}
