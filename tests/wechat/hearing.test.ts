import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { realPause, until } from './fast-time.ts'
import { said } from './talk.ts'
import { stored, withTowns } from './town.ts'

const towns = withTowns()

describe('hearing', () => {
  it('takes every text whole: lines, signs, emoji, spaces in names, quotes, places', async () => {
    const { standIn, members, who, people, startBound } = await towns.open()
    const bot = await startBound()
    const first = standIn.say(members, who('邹姨'), '反映:\n1. 电梯\n2. 漏水')
    standIn.say(members, who('老周'), 'A&B <5号> "好" &lt;br&gt; it\'s')
    standIn.say(members, who('老周'), '', { content: '早<span class="emoji emoji1f339"></span>&nbsp;&#39;好&#39;' })
    standIn.say(members, who('老周'), '@二楼 小吴 3-201\u2005你看看 @支部小助手\u2005')
    standIn.say(members, who('老周'), said.quote('邹姨', '反映:\n1. 电梯\n2. 漏水', '修好了'))
    standIn.say(members, who('老周'), '', said.reply(first, '邹姨', '反映:\n1. 电梯\n2. 漏水', '又坏了:\n真的'))
    standIn.say(members, who('老周'), '', said.place('兰乔街8号'))
    standIn.say(members, who('老周'), '[收到一条微信转账消息，请在手机上查看]')
    standIn.say(members, who('老周'), '完')
    await until(() => bot.texts().includes('完'), 'all was heard')
    expect(bot.heard).toMatchObject([
      { id: first, text: '反映:\n1. 电梯\n2. 漏水', kind: 'text', sender: '邹姨' },
      { text: 'A&B <5号> "好" &lt;br&gt; it\'s' },
      { text: "早🌹 '好'" },
      { text: '@二楼 小吴 3-201\u2005你看看', toBot: true },
      { text: '修好了', quotedText: '反映:\n1. 电梯\n2. 漏水', quote: null },
      { text: '又坏了:\n真的', quotedText: '反映:\n1. 电梯\n2. 漏水', quote: first },
      { text: '兰乔街8号', kind: 'text' },
      { text: '', kind: 'other' },
      { text: '完' },
    ])
    const rows = await bot.db
      .selectFrom('message')
      .select(['text', 'quote_id'])
      .where('quote_id', 'is not', null)
      .execute()
    expect(rows).toEqual([
      { text: '修好了', quote_id: first },
      { text: '又坏了:\n真的', quote_id: first },
    ])
    expect(people.generation).toBe(1)
  })

  it('knows what is no text: voices, pictures, links, joins and withdrawals', async () => {
    const { standIn, members, who, startBound } = await towns.open()
    const bot = await startBound()
    const taken = standIn.say(members, who('邹姨'), '说错了')
    standIn.say(members, who('邹姨'), '', said.recall(taken, '邹姨'))
    const voice = standIn.say(members, who('老周'), '', said.voice())
    standIn.say(members, who('老周'), '', said.picture())
    standIn.say(members, who('老周'), '', said.link('小满将至'))
    standIn.say(members, null, '', said.joined('黎翠萍', '新来的'))
    standIn.say(members, who('老周'), '完')
    await until(() => bot.texts().includes('完'), 'all was heard')
    expect(bot.heard.map(({ kind, sender, text, revokes }) => [kind, sender, text, revokes])).toEqual([
      ['text', '邹姨', '说错了', null],
      ['recall', '邹姨', '"邹姨" 撤回了一条消息', taken],
      ['voice', '老周', '', null],
      ['image', '老周', '', null],
      ['link', '老周', '[链接] 小满将至', null],
      ['system', '系统', '"黎翠萍"邀请"新来的"加入了群聊', null],
      ['text', '老周', '完', null],
    ])
    const file = await bot.puppet.messageFile(voice)
    expect((await file.toBuffer()).toString()).toBe(`bytes of ${voice}`)
  })

  it('waits for nobody: people and cards it cannot know are heard at once, in order', async () => {
    const { standIn, people, members, who, startBound } = await towns.open()
    const bot = await startBound()
    const stranger = people.person('昨天才进群的')
    standIn.say(members, stranger, '新人说的')
    standIn.say(members, who('邹姨'), '老人说的')
    const began = performance.now()
    await until(() => bot.heard.length === 2, 'both were heard')
    expect(performance.now() - began).toBeLessThan(1000)
    expect(bot.heard).toMatchObject([
      { sender: '某人', text: '新人说的' },
      { sender: '邹姨', text: '老人说的' },
    ])
  })

  it('calls people by their card and remark as they are now', async () => {
    const { standIn, members, who, startBound } = await towns.open()
    const ding = who('丁惠芳')
    ding.remark = '丁姨'
    const bot = await startBound()
    standIn.say(members, ding, '一')
    await until(() => bot.texts().includes('一'), 'it was heard')
    members.members.find(({ person }) => person === ding)!.card = '3-201 丁惠芳 & 家人'
    ding.remark = ''
    standIn.change(members, ding)
    standIn.say(members, ding, '二')
    standIn.say(members, ding, '三')
    await until(() => bot.texts().includes('三'), 'it was heard')
    expect(bot.heard[0]).toMatchObject({ sender: '丁惠芳', remark: '丁姨' })
    expect(bot.heard[2]).toMatchObject({ sender: '3-201 丁惠芳 & 家人', remark: null })
  })

  it('keeps the order of arrival, and hears twice nothing that comes twice', async () => {
    const { standIn, db, members, who, startBound } = await towns.open()
    const bot = await startBound()
    standIn.repeats = 0.5
    const ids = Array.from({ length: 60 }, (_, number) => standIn.say(members, who('老周'), `第${number}句`))
    await standIn.delivered()
    standIn.say(members, who('老周'), '完')
    await until(() => bot.texts().includes('完'), 'all was heard')
    const rows = (await stored(db)).map(({ msg_id }) => msg_id)
    expect(rows.slice(0, -1)).toEqual(ids)
  })

  it('does not bring back what was heard long ago and forgotten, and takes what was said the day before', async () => {
    const { standIn, db, members, who, start, startBound } = await towns.open()
    const bot = await startBound()
    standIn.say(members, who('老周'), '今天的')
    await until(() => bot.texts().includes('今天的'), 'it heard')
    await bot.stop()
    await db.deleteFrom('message').execute()
    const hoursAgo = (hours: number) => ({ at: new Date(towns.clock.now().getTime() - hours * 3_600_000) })
    standIn.say(members, who('老周'), '前几天的', hoursAgo(50))
    standIn.say(members, who('老周'), '昨晚的', hoursAgo(12))
    standIn.say(members, who('老周'), '完')
    const again = await start()
    await until(() => again.texts().includes('完'), 'it heard on')
    expect(again.texts()).toEqual(['昨晚的', '完'])
  })

  it('writes down nothing of rooms that are not bound, nor what is said to it alone', async () => {
    const { standIn, people, db, who, members, startBound } = await towns.open()
    const bot = await startBound()
    const cards = people.room('棋牌群', [who('老周'), who('邹姨')])
    const unsaved = people.room('买菜群', [who('老周')], { isSaved: false })
    standIn.say(cards, who('老周'), '三缺一')
    standIn.say(unsaved, who('老周'), '白菜一块二')
    standIn.say(members, who('老周'), '完')
    await until(() => bot.texts().includes('完'), 'all was heard')
    expect(bot.texts()).toEqual(['完'])
    const everything = JSON.stringify([
      await db.selectFrom('message').selectAll().execute(),
      await db.selectFrom('setting').selectAll().execute(),
      await db.selectFrom('room').selectAll().execute(),
    ])
    expect(everything).not.toMatch(/三缺一|白菜|棋牌/)
  })

  it('learns a room of 500 with few calls, and hears all along', async () => {
    const { standIn, people, who, startBound } = await towns.open()
    const many = Array.from({ length: 498 }, (_, number) => people.person(`居民${number}`))
    const big = people.room('同心社区大群', [who('老周'), ...many])
    const bot = await startBound()
    await realPause(800)
    expect(standIn.callsOf('webwxbatchgetcontact')).toBeLessThanOrEqual(4)
    standIn.say(big, many[400]!, '有人吗')
    standIn.say(people.rooms[1]!, who('老周'), '完')
    await until(() => bot.texts().includes('完'), 'it was heard')
  })
})

describe('when something breaks', () => {
  it('ends with 75 when a message cannot be stored, and the next process hears it', async () => {
    const { standIn, db, members, who, start, startBound } = await towns.open()
    await (await startBound()).stop()
    const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
    const bot = await start({
      hear: async ({ text }) => {
        if (text === '二') throw full
      },
    })
    for (const text of ['一', '二', '三']) standIn.say(members, who('老周'), text)
    await bot.ended()
    expect(bot.exits).toEqual([75])
    expect(bot.troubles).toEqual(['storage'])
    expect(bot.texts()).toEqual(['一'])
    expect(await db.selectFrom('setting').select('value').where('key', '=', 'stumbled').execute()).toEqual([])
    await bot.stop()
    const again = await start()
    await until(() => again.texts().includes('三'), 'all was heard')
    expect([...new Set([...bot.texts(), ...again.texts()])]).toEqual(['一', '二', '三'])
  })

  it('loses nothing to a disk that is full, however often it starts meanwhile', async () => {
    const { standIn, db, members, who, start, startBound } = await towns.open()
    await (await startBound()).stop()
    const pages = async () => (await sql<{ page_count: number }>`pragma page_count`.execute(db)).rows[0]!.page_count
    await sql.raw(`pragma max_page_count = ${await pages()}`).execute(db)
    const ids = Array.from({ length: 40 }, (_, number) =>
      standIn.say(members, who('老周'), `第${number}句${'。'.repeat(500)}`),
    )
    for (let time = 1; time <= 3; time++) {
      const bot = await start()
      await bot.ended()
      expect(bot.exits).toEqual([75])
      await bot.stop().catch(() => {})
    }
    await sql.raw('pragma max_page_count = 1000000').execute(db)
    const bot = await start()
    await until(async () => (await stored(db)).length === 40, 'all was heard')
    expect((await stored(db)).map(({ msg_id }) => msg_id)).toEqual(ids)
    expect((await stored(db)).every(({ text }) => text.startsWith('第'))).toBe(true)
    expect(bot.exits).toEqual([])
  })

  it('leaves out the words of a message that has ended the process twice, and goes on', async () => {
    const { standIn, db, members, who, start, startBound } = await towns.open()
    await (await startBound()).stop()
    standIn.say(members, who('老周'), '毒')
    standIn.say(members, who('老周'), '后面的')
    for (let time = 1; time <= 2; time++) {
      const bot = await start({
        hear: async ({ text }) => {
          if (text === '毒') throw new Error('cannot be')
        },
      })
      await bot.ended()
      await bot.stop()
    }
    const bot = await start()
    await until(() => bot.texts().includes('后面的'), 'what came after was heard')
    expect(await db.selectFrom('message').select(['text', 'kind', 'state']).orderBy('seq').execute()).toEqual([
      { text: '', kind: 'other', state: 'skipped' },
      { text: '后面的', kind: 'text', state: 'new' },
    ])
  })

  it('does not let a new greeting tell the server of what is still being stored', async () => {
    const { standIn, db, members, who, start, startBound } = await towns.open()
    await (await startBound()).stop()
    let isStoring = false
    const bot = await start({
      hear: async () => {
        isStoring = true
        return new Promise(() => {})
      },
    })
    await bot.loggedIn()
    const id = standIn.say(members, who('老周'), '写得慢')
    await until(() => isStoring, 'it was being stored')
    const greeted = standIn.callsOf('webwxinit')
    await bot.puppet.wechat4u!.restart()
    const looked = standIn.callsOf('synccheck')
    await until(() => standIn.callsOf('webwxinit') > greeted, 'it was greeted again')
    await until(() => standIn.callsOf('synccheck') > looked, 'it looked for news again')
    await towns.pass(20)
    expect(standIn.isAllDelivered).toBe(false)
    bot.kill()
    const again = await start()
    await until(() => again.texts().includes('写得慢'), 'the next process heard it')
    expect((await stored(db)).map(({ msg_id }) => msg_id)).toEqual([id])
  })

  it('takes an answer of the server again that was cut off on its way', async () => {
    const { standIn, db, members, who, startBound } = await towns.open()
    const bot = await startBound()
    standIn.fail('webwxsync', 'cut-after', 'cut', { status: 500 })
    const ids = Array.from({ length: 30 }, (_, number) => standIn.say(members, who('老周'), `第${number}句`))
    await until(() => bot.texts().includes('第29句'), 'all was heard')
    expect((await stored(db)).map(({ msg_id }) => msg_id)).toEqual(ids)
    expect(bot.exits).toEqual([])
  })
})
