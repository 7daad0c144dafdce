import { afterEach, describe, expect, it } from 'vitest'
import { type Db, openDatabase } from '../../db/database.ts'
import { NotAccepted, SendRefused } from '../../src/chat/chat.ts'
import { openWorld, Type } from './wechat-world.ts'

type World = Awaited<ReturnType<typeof openWorld>>
type Room = ReturnType<World['createRoom']>

const NAMES = ['黎翠萍', '史德芬', '丁惠芳', '萧明贵']
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function open(options: Parameters<typeof openWorld>[0] = {}): Promise<World> {
  const opened = await openWorld(options)
  closing.push(opened.close)
  return opened
}

async function keptDatabase(): Promise<Db> {
  const db = await openDatabase(':memory:')
  closing.push(() => db.destroy())
  return db
}

/** The sentence that binds a room, as last shown to the operator. */
async function sentenceFor({ told }: World, word: string): Promise<string> {
  await told.until((text) => text.includes(`绑定${word} `))
  return told.all.findLast((text) => text.includes(`绑定${word} `))!.split('请在群里说:')[1]!
}

/** A world whose committee's room is bound. */
async function bound(options: Parameters<typeof openWorld>[0] = {}) {
  const world = await open(options)
  const people = NAMES.map((name) => world.contact(name))
  const room = world.createRoom('支委会', people)
  world.logIn()
  people[0]!.say(await sentenceFor(world, '支委群')).to(room)
  await world.said.until(({ text }) => text === '好的,本群已绑定为支委群。')
  return { ...world, people, room, speaker: people[0]! }
}

/** Says something last in a bound room and waits for it: what was said before has then been dealt with. */
async function settle(world: World, room: Room, speaker: ReturnType<World['contact']>, words = '完') {
  speaker.say(words).to(room)
  await world.heard.until(({ text }) => text === words)
}

const texts = ({ heard }: World) => heard.all.map(({ text }) => text)

describe('logging in', () => {
  it('shows the QR code under a sentence, and tells of login and logout', async () => {
    const { shown, told, scan, logIn, logOut } = await open()
    scan()
    expect(await shown.until(() => true)).toMatch(/备用的实名微信号[\s\S]*█/)
    logIn()
    await told.until((text) => text === '微信已登录:支部小助手。')
    await logOut()
    await told.until((text) => text.includes('已退出登录'))
  })

  it('shows the operator a code for each room that was never bound', async () => {
    const world = await open()
    world.logIn()
    expect(await sentenceFor(world, '居民群')).toBe('绑定居民群 483920')
    expect(await sentenceFor(world, '支委群')).toBe('绑定支委群 483921')
  })
})

describe('binding a room', () => {
  it('takes the code said in it, once, and remembers its name and people', async () => {
    const { db, room, people, said, speaker, ...world } = await bound()
    expect(await db.selectFrom('room').selectAll().execute()).toEqual([
      { key: 'committee', topic: '支委会', member_names: JSON.stringify(NAMES), bound_at: '2026-05-18T00:00:00.000Z' },
    ])
    const other = world.createRoom('棋牌群', people)
    speaker.say('绑定支委群 483921').to(other)
    speaker.say('绑定支委群 483921').to(room)
    await said.until(({ text }) => text === '本群已经绑定为支委群了。')
    expect(said.all.filter(({ roomId }) => roomId === other.id)).toEqual([])
    expect(world.heard.all).toEqual([])
  })

  it('tolerates full-width digits, spaces and an @', async () => {
    const world = await open()
    const speaker = world.contact('丁惠芳')
    const room = world.createRoom('幸福家园', [speaker])
    world.logIn()
    await sentenceFor(world, '支委群')
    speaker.say('@支部小助手\u2005绑定 居民群 48３9 20').to(room)
    await world.said.until(({ text }) => text === '好的,本群已绑定为居民群。')
  })

  it('meets a wrong code with silence, tells the operator, and makes a new code after five', async () => {
    const world = await open()
    const speaker = world.contact('陌生人')
    const room = world.createRoom('棋牌群', [speaker])
    world.logIn()
    const first = await sentenceFor(world, '支委群')
    for (let tries = 1; tries <= 5; tries++) speaker.say(`绑定支委群 00000${tries}`).to(room)
    await world.told.until((text) => text.includes('棋牌群') && !text.includes(first))
    speaker.say(first).to(room)
    await world.told.until(() => world.told.all.filter((text) => text.includes('棋牌群')).length === 6)
    expect(world.said.all).toEqual([])
    expect(await world.db.selectFrom('room').selectAll().execute()).toEqual([])
  })

  it('does not make one room both', async () => {
    const world = await bound()
    world.speaker.say(await sentenceFor(world, '居民群')).to(world.room)
    await world.said.until(({ text }) => text === '本群是支委群,不能再绑定为居民群。')
    expect(await world.db.selectFrom('room').select('key').execute()).toEqual([{ key: 'committee' }])
  })
})

describe('hearing', () => {
  it('gives a message of a bound room as plain data', async () => {
    const world = await bound()
    const before = Date.now()
    world.speaker.say('5栋电梯停了').to(world.room)
    const message = await world.heard.until(() => true)
    expect(message).toEqual({
      id: expect.any(String),
      room: 'committee',
      at: expect.any(Date),
      senderId: world.speaker.id,
      sender: '黎翠萍',
      remark: null,
      kind: 'text',
      text: '5栋电梯停了',
      confidence: null,
      quote: null,
      quotedText: null,
      revokes: null,
      toBot: false,
    })
    expect(message.at.getTime()).toBeGreaterThanOrEqual(before)
  })

  it('calls people by their group card as it is now, and keeps the remark of the owner', async () => {
    const world = await bound()
    const friend = world.contact('平安是福', '丁惠芳')
    world.setCard(world.room, friend, '4组丁惠芳<span class="emoji emoji1f339"></span>')
    friend.say('早').to(world.room)
    expect(await world.heard.until(({ text }) => text === '早')).toMatchObject({
      sender: '4组丁惠芳🌹',
      remark: '丁惠芳',
    })
    world.setCard(world.room, friend, '丁惠芳 3-201')
    friend.say('好').to(world.room)
    expect(await world.heard.until(({ text }) => text === '好')).toMatchObject({ sender: '丁惠芳 3-201' })
  })

  it('knows the bot by its name in the room, its nickname and the name it goes by', async () => {
    const world = await bound()
    world.setCard(world.room, world.me, '记事本')
    for (const name of ['记事本', '支部小助手', '小助手']) {
      world.speaker.say(`@${name}\u2005查 ${name}`).to(world.room)
      expect(await world.heard.until(({ text }) => text === `查 ${name}`)).toMatchObject({ toBot: true })
    }
  })

  it('never hears its own words, another room or a direct message', async () => {
    const world = await bound()
    const other = world.createRoom('棋牌群', world.people)
    world.speaker.say('三缺一').to(other)
    world.me.say('我自己说的').to(world.room)
    world.speaker.say('私下说的').to(world.me)
    await world.chat.say('committee', '本周记下3件')
    await settle(world, world.room, world.speaker)
    expect(texts(world)).toEqual(['完'])
  })

  it('keeps the order of a burst, and hears on when hearing one fails', async () => {
    const world = await bound({
      hear: async ({ text }) => {
        if (text === '2') throw new Error('disk full')
      },
    })
    for (const [index, speaker] of world.people.entries()) speaker.say(`${index}`).to(world.room)
    await world.heard.until(({ text }) => text === '3')
    expect(texts(world)).toEqual(['0', '1', '2', '3'])
    expect(world.errors.all).toEqual([new Error('disk full')])
  })
})

describe('hearing what wechat4u keeps raw', () => {
  it('takes a text from the server, not from Wechaty', async () => {
    const world = await bound()
    const id = world.post(world.speaker, world.room, Type.Text, {
      MsgType: 1,
      content: '反映:<br/>1. 电梯<br/>2. A&amp;B',
    })
    expect(await world.heard.until(() => true)).toMatchObject({
      id,
      at: new Date(1_779_062_400_000),
      kind: 'text',
      text: '反映:\n1. 电梯\n2. A&B',
    })
  })

  it('reads quotes in both forms', async () => {
    const world = await bound()
    const plain = '「丁惠芳：灯坏了」<br/>- - - - - - -<br/>修好了'
    world.post(world.speaker, world.room, Type.Text, { MsgType: 1, content: plain })
    expect(await world.heard.until(({ text }) => text === '修好了')).toMatchObject({
      quote: null,
      quotedText: '灯坏了',
    })
    const xml = '&lt;msg&gt;&lt;refermsg&gt;&lt;svrid&gt;4442356190966618405&lt;/svrid&gt;&lt;/refermsg&gt;&lt;/msg&gt;'
    const text = '「丁惠芳：灯坏了」\n- - - - - - - - -\n又坏了'
    world.post(world.speaker, world.room, Type.Text, { MsgType: 49, content: xml, text })
    expect(await world.heard.until(({ text }) => text === '又坏了')).toMatchObject({
      quote: '4442356190966618405',
      quotedText: '灯坏了',
    })
  })

  it('names the message a recall withdraws', async () => {
    const world = await bound()
    const content =
      '&lt;sysmsg type="revokemsg"&gt;&lt;revokemsg&gt;&lt;oldmsgid&gt;1&lt;/oldmsgid&gt;&lt;msgid&gt;4442356190966618405&lt;/msgid&gt;' +
      '&lt;replacemsg&gt;&lt;![CDATA["黎翠萍" 撤回了一条消息]]&gt;&lt;/replacemsg&gt;&lt;/revokemsg&gt;&lt;/sysmsg&gt;'
    world.post(world.speaker, world.room, Type.Recalled, { MsgType: 10002, content })
    expect(await world.heard.until(() => true)).toMatchObject({
      kind: 'recall',
      revokes: '4442356190966618405',
      sender: '黎翠萍',
      text: '"黎翠萍" 撤回了一条消息',
    })
  })

  it.each([
    ['a voice message', Type.Audio, { MsgType: 34, content: '&lt;msg/&gt;' }, { kind: 'voice', text: '' }],
    ['a picture', Type.Image, { MsgType: 3, content: '&lt;msg/&gt;' }, { kind: 'image', text: '' }],
    [
      'a file',
      Type.Attachment,
      { MsgType: 49, content: '&lt;title&gt;名单.xlsx&lt;/title&gt;' },
      { kind: 'file', text: '[文件] 名单.xlsx' },
    ],
    ['a sticker', Type.Emoticon, { MsgType: 47, content: '&lt;msg/&gt;' }, { kind: 'other', text: '' }],
    [
      'a link',
      Type.Url,
      { MsgType: 49, content: '&lt;title&gt;小满将至&lt;/title&gt;' },
      { kind: 'link', text: '[链接] 小满将至' },
    ],
    [
      'a line of the system',
      Type.Unknown,
      { MsgType: 10000, content: '“甲”加入了群聊' },
      { kind: 'system', text: '“甲”加入了群聊', sender: '系统' },
    ],
    [
      'a place on the map',
      Type.Text,
      { MsgType: 1, SubMsgType: 48, content: '兰乔街8号:<br/>/cgi-bin/mmwebwx-bin/webwxgetpubliclinkimg?url=x' },
      { kind: 'text', text: '兰乔街8号' },
    ],
    [
      'what the web cannot show',
      Type.Text,
      { MsgType: 1, content: '[收到一条微信转账消息，请在手机上查看]' },
      { kind: 'other', text: '' },
    ],
  ])('knows %s', async (_, type, raw, expected) => {
    const world = await bound()
    world.post(world.speaker, world.room, type, raw)
    expect(await world.heard.until(() => true)).toMatchObject(expected)
  })

  it('skips what the account itself sent from its phone, even under a new id', async () => {
    const world = await bound()
    world.post(world.speaker, world.room, Type.Text, { MsgType: 1, content: '手机发的', isSendBySelf: true })
    await settle(world, world.room, world.speaker)
    expect(texts(world)).toEqual(['完'])
  })
})

describe('after another login', () => {
  it('recognises the room under its new id by name and people', async () => {
    const db = await keptDatabase()
    await bound({ db })
    const world = await open({ db })
    const people = NAMES.slice(0, 3).map((name) => world.contact(name))
    world.createRoom('棋牌群', people)
    const room = world.createRoom('支委会', [...people, world.contact('新来的')])
    world.logIn()
    await sentenceFor(world, '居民群')
    await settle(world, room, people[0]!, '汇总')
    expect(world.heard.all).toMatchObject([{ room: 'committee', sender: '黎翠萍', text: '汇总' }])
    await world.chat.say('committee', '本周记下3件')
    expect(world.said.all).toEqual([{ roomId: room.id, text: '本周记下3件' }])
    const [remembered] = await db.selectFrom('room').select('member_names').execute()
    expect(remembered?.member_names).toContain('新来的')
  })

  it('does not take a room of other people for it, nor one of two alike', async () => {
    const db = await keptDatabase()
    await bound({ db })
    const world = await open({ db })
    const impostors = ['甲', '乙', '丙', '丁'].map((name) => world.contact(name))
    const impostor = world.createRoom('支委会', impostors)
    world.logIn()
    impostors[0]!.say('汇总').to(impostor)
    world.puppet.emit('ready', { data: '' })
    await world.told.until((text) =>
      text.startsWith('没认出支委群:有一个同名的群,但里面的人对不上。请在群里说:绑定支委群 '),
    )
    const people = NAMES.map((name) => world.contact(name))
    const twins = [world.createRoom('支委会', people), world.createRoom('支委会', people)]
    for (const twin of twins) people[0]!.say('汇总').to(twin)
    world.puppet.emit('ready', { data: '' })
    await world.told.until((text) => text.includes('分不清是哪一个'))
    expect(world.heard.all).toEqual([])
    await expect(world.chat.say('committee', '在吗')).rejects.toThrow(SendRefused)
  })

  it('binds again by the code when the people have changed', async () => {
    const db = await keptDatabase()
    await bound({ db })
    const world = await open({ db })
    const speaker = world.contact('新书记')
    const room = world.createRoom('支委会', [speaker])
    world.logIn()
    world.puppet.emit('ready', { data: '' })
    speaker.say(await sentenceFor(world, '支委群')).to(room)
    await settle(world, room, speaker)
  })

  it('holds what is said before the people of the room are known', async () => {
    const db = await keptDatabase()
    await bound({ db })
    const world = await open({ db })
    const people = NAMES.map((name) => world.contact(name))
    const room = world.createRoom('支委会', [])
    world.logIn()
    await sentenceFor(world, '居民群')
    people[0]!.say('第一句').to(room)
    world.now.at = new Date(world.now.at.getTime() + 9 * 60_000)
    room.payload.memberIdList.push(...people.map(({ id }) => id))
    await settle(world, room, people[1]!)
    expect(texts(world)).toEqual(['第一句', '完'])
  })

  it('forgets what it held after ten minutes, and says so once', async () => {
    const db = await keptDatabase()
    await bound({ db })
    const world = await open({ db })
    const people = NAMES.map((name) => world.contact(name))
    const room = world.createRoom('支委会', [])
    world.logIn()
    await sentenceFor(world, '居民群')
    people[0]!.say('太早了').to(room)
    world.puppet.emit('ready', { data: '' })
    await world.told.until((text) => text.includes('没认出支委群'))
    world.now.at = new Date(world.now.at.getTime() + 10 * 60_000)
    world.puppet.emit('heartbeat', { data: '' })
    await world.told.until((text) => text === '有1条消息来自还没认出来的群,没有听。')
    room.payload.memberIdList.push(...people.map(({ id }) => id))
    await settle(world, room, people[0]!)
    expect(texts(world)).toEqual(['完'])
  })

  it('remembers the new name of a room', async () => {
    const { db, room, speaker, ...world } = await bound()
    room.topic('支部委员会').by(speaker)
    await settle({ ...world, db }, room, speaker)
    expect(await db.selectFrom('room').select('topic').execute()).toEqual([{ topic: '支部委员会' }])
  })
})

describe('saying', () => {
  const refusal = (seconds: number) => expect.objectContaining({ name: 'SendRefused', retryAfterSeconds: seconds })
  const answered = (Ret: number) =>
    Object.assign(new Error(`${Ret} == 0`), { code: 'ERR_ASSERTION', response: { data: { BaseResponse: { Ret } } } })

  it('arrives in the room', async () => {
    const world = await bound()
    await world.chat.say('committee', '本周记下3件\n办结1件')
    expect(world.said.all.at(-1)).toEqual({ roomId: world.room.id, text: '本周记下3件\n办结1件' })
  })

  it('is refused for a minute while logged out or not bound', async () => {
    const world = await bound()
    await expect(world.chat.say('members', '在吗')).rejects.toEqual(refusal(60))
    await world.logOut()
    await expect(world.chat.say('committee', '在吗')).rejects.toEqual(refusal(60))
  })

  it('rests as long as WeChat wants, and leaves a time-out open', async () => {
    const world = await bound()
    const say = (fault: Error) => {
      world.puppet.fault = fault
      return world.chat.say('committee', '在吗')
    }
    await expect(say(answered(1205))).rejects.toEqual(refusal(3600))
    await expect(say(answered(1101))).rejects.toEqual(refusal(60))
    await expect(say(answered(1204))).rejects.toBeInstanceOf(NotAccepted)
    await expect(say(Object.assign(new Error('no host'), { code: 'ENOTFOUND' }))).rejects.toEqual(refusal(60))
    const timeOut = Object.assign(new Error('timeout of 60000ms exceeded'), {
      code: 'ECONNABORTED',
      config: { data: 'secret' },
    })
    const error = await say(timeOut).catch((error: unknown) => error)
    expect(error).not.toBeInstanceOf(SendRefused)
    expect(error).toEqual(new Error('WeChat gave no clear answer: ECONNABORTED'))
  })
})
