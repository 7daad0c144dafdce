import { WechatyBuilder } from 'wechaty'
import type { payloads } from 'wechaty-puppet'
import { Message as Type } from 'wechaty-puppet/types'
import { mock, PuppetMock } from 'wechaty-puppet-mock'
import { type Db, openDatabase } from '../../db/database.ts'
import type { ChatMessage } from '../../src/chat/chat.ts'
import { WechatyChat } from '../../src/chat/wechaty.ts'

type Contact = ReturnType<mock.Mocker['createContact']>
type Room = ReturnType<mock.Mocker['createRoom']>

/** What is waited for as it comes, without sleeping. */
class Arrivals<T> {
  readonly all: T[] = []
  #waiting: (() => void)[] = []

  push(item: T): void {
    this.all.push(item)
    for (const look of this.#waiting.splice(0)) look()
  }

  async until(isIt: (item: T) => boolean): Promise<T> {
    for (;;) {
      const found = this.all.find(isIt)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }
}

/** The mock puppet with what it lacks: group cards, and a line that can break. */
class Puppet extends PuppetMock {
  readonly cards = new Map<string, string>()
  readonly said = new Arrivals<{ roomId: string; text: string }>()
  fault: Error | null = null

  override async messageSendText(roomId: string, text: string): Promise<void> {
    if (this.fault) throw this.fault
    await super.messageSendText(roomId, text)
    this.said.push({ roomId, text })
  }

  override async roomMemberRawPayload(roomId: string, contactId: string): Promise<payloads.RoomMember> {
    const member = await super.roomMemberRawPayload(roomId, contactId)
    return { ...member, roomAlias: this.cards.get(`${roomId} ${contactId}`) }
  }
}

/** A real Wechaty on a pretended WeChat, with a chat that hears it. */
export async function openWorld({ db, hear }: { db?: Db; hear?: (message: ChatMessage) => Promise<void> } = {}) {
  const mocker = new mock.Mocker()
  const puppet = new Puppet({ mocker })
  const [heard, told, shown] = [new Arrivals<ChatMessage>(), new Arrivals<string>(), new Arrivals<string>()]
  const errors = new Arrivals<unknown>()
  const exits: number[] = []
  const now = { at: new Date('2026-05-18T00:00:00Z') }
  const ledger = db ?? (await openDatabase(':memory:'))
  let code = 483920
  const chat = new WechatyChat(WechatyBuilder.build({ puppet }), {
    db: ledger,
    clock: { now: () => now.at },
    tell: (text) => told.push(text),
    onError: (error) => errors.push(error),
    random: () => code++,
    exit: (exitCode) => exits.push(exitCode),
    output: { write: (text: string) => shown.push(text) },
  })
  await chat.start(async (message) => {
    try {
      await hear?.(message)
    } finally {
      heard.push(message)
    }
  })

  let count = 0
  const contact = (name: string, alias = '') => mocker.createContact({ id: `contact${count++}`, name, alias })
  const me = contact('支部小助手')
  const createRoom = (topic: string, people: readonly Contact[]) =>
    mocker.createRoom({ topic, memberIdList: [me, ...people].map(({ id }) => id) })
  /** A message as wechat4u keeps it, its raw form included. */
  const post = (
    from: Contact,
    to: Room,
    type: Type,
    raw: { MsgType: number; content: string; [key: string]: unknown },
  ) => {
    const payload = {
      id: `raw${count++}`,
      talkerId: from.id,
      roomId: to.id,
      timestamp: 1_779_062_400,
      type,
      text: 'cut',
    }
    const { content, ...rest } = raw
    const web = { OriginalContent: `@${from.id}:<br/>${content}`, FromUserName: '@@room', ...rest }
    mocker.MessageMock.create({ ...payload, ...web } as unknown as payloads.Message)
    puppet.emit('message', { messageId: payload.id })
    return payload.id
  }
  return {
    ...{ chat, puppet, db: ledger, heard, told, shown, errors, exits, now, me, contact, createRoom, post },
    said: puppet.said,
    setCard: (of: Room, who: Contact, card: string) => puppet.cards.set(`${of.id} ${who.id}`, card),
    scan: () => mocker.scan('https://login.weixin.qq.com/l/abc'),
    logIn: () => mocker.login(me),
    logOut: () => puppet.logout(),
    close: async () => {
      await chat.stop()
      if (!db) await ledger.destroy()
    },
  }
}

export { Type }
