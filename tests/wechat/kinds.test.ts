import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createBot } from '../../src/bot.ts'
import { prepareLedger } from '../../src/cli/ledger-folder.ts'
import { silentLog } from '../../src/log.ts'
import { fails, hears, ScriptedEndpoint, says } from '../llm/scripted-endpoint.ts'
import { JPEG, silkTone } from '../media/files.ts'
import { sensesAt } from '../media/senses.ts'
import { ScriptedReader } from '../town.ts'
import { realPause, until } from './fast-time.ts'
import type { LivingBot } from './living-bot.ts'
import type { Room } from './people.ts'
import { said } from './talk.ts'
import { stored, withTowns } from './town.ts'

const towns = withTowns()
type Town = Awaited<ReturnType<typeof towns.open>>

let endpoint: ScriptedEndpoint
beforeEach(async () => {
  endpoint = await ScriptedEndpoint.start()
})
afterEach(() => endpoint.close())

/** All of the bot on the pretended WeChat, with an ear and an eye on loopback. */
async function wholeBot({ db, startBound, start }: Town, { isBound = true } = {}) {
  const { roster, taxonomy } = await prepareLedger(db)
  const reader = new ScriptedReader()
  const { clock } = towns
  let living: LivingBot | undefined
  const world = createBot(
    {
      ...{ db, reader, rules: reader, roster, taxonomy, clock, log: silentLog, filesDir: null, patience: 1000 },
      chat: {
        say: (room, text) => living!.chat.say(room, text),
        sendFile: (room, path) => living!.chat.sendFile(room, path),
        fetchFile: (id, kind) => living!.chat.fetchFile(id, kind),
      },
      // In hurried time this is six seconds.
      senses: sensesAt(endpoint, { db, clock, timeoutMs: 300_000 }),
      ...{ pace: { perMinute: 100, pause: async () => {} }, askIn: 'members' as const, partyDay: 10, tell: () => {} },
    },
    clock.now(),
  )
  living = await (isBound ? startBound : start)({ hear: (message) => world.bot.hear(message) })
  towns.onClose(() => world.desk.stop())
  return { ...world, living, reader }
}

async function textOf({ db }: Town, id: string): Promise<string | undefined> {
  const row = await db.selectFrom('message').select('text').where('msg_id', '=', id).executeTakeFirst()
  return row?.text
}

async function systemLines({ db }: Town): Promise<string[]> {
  const rows = await db.selectFrom('message').select('text').where('kind', '=', 'system').orderBy('seq').execute()
  return rows.map(({ text }) => text)
}

/** A file is on the server as soon as its message is. */
function sayWithFile(
  { standIn, who }: Town,
  room: Room,
  from: string,
  kind: 'voice' | 'picture',
  bytes: Buffer,
): string {
  const msgId = `77${standIn.files.size}`
  standIn.files.set(msgId, bytes)
  return standIn.say(room, who(from), '', { msgId, ...said[kind]() })
}

describe('voices and pictures', () => {
  it('a voice message is fetched from WeChat, decoded, heard, and its file forgotten', async () => {
    const town = await towns.open()
    endpoint.enqueue(hears('我们栋电梯又停了', 0.9))
    await wholeBot(town)
    const id = sayWithFile(town, town.members, '邹姨', 'voice', await silkTone())
    await until(async () => (await textOf(town, id)) === '我们栋电梯又停了', 'it was heard')
    expect(endpoint.requests[0]!.raw).toContain('WAVEfmt')
    expect(await town.db.selectFrom('media').selectAll().execute()).toEqual([])
    expect(town.standIn.fetched).toEqual([id])
  })

  it('a picture of the members’ room is read by the eye', async () => {
    const town = await towns.open()
    endpoint.enqueue(says({ kind: 'photo', text: '地漏往外冒水' }))
    await wholeBot(town)
    const id = sayWithFile(town, town.members, '邹姨', 'picture', JPEG)
    await until(async () => (await textOf(town, id)) === '地漏往外冒水', 'it was seen')
    expect(endpoint.requests[0]!.raw).toContain(JPEG.toString('base64'))
  })

  it('nothing is fetched of rooms that are not bound, nor of what is said to the account alone', async () => {
    const town = await towns.open()
    const { standIn, people, members, who } = town
    const cards = people.room('棋牌群', [who('老周'), who('邹姨')])
    const { living } = await wholeBot(town)
    sayWithFile(town, cards, '老周', 'voice', await silkTone())
    sayWithFile(town, cards, '老周', 'picture', JPEG)
    standIn.say(members, who('老周'), '完')
    await until(() => living.texts().includes('完'), 'all was heard')
    await realPause(50)
    expect([standIn.fetched, endpoint.requests]).toEqual([[], []])
  })

  it('a file that WeChat gives only the second time is heard, a web page in its place is not', async () => {
    const town = await towns.open()
    endpoint.enqueue(hears('听见了'))
    const { desk } = await wholeBot(town)
    town.standIn.fail('webwxgetvoice', { status: 502 })
    const late = sayWithFile(town, town.members, '邹姨', 'voice', await silkTone())
    await until(() => town.standIn.callsOf('webwxgetvoice') === 1, 'it was asked for')
    const page = sayWithFile(town, town.members, '邹姨', 'voice', Buffer.from('<html>'))
    await until(async () => {
      await desk.work()
      return (await textOf(town, late)) === '听见了'
    }, 'it was heard')
    expect(await textOf(town, page)).toBe('')
    expect(endpoint.requests).toHaveLength(1)
  })

  it('a file larger than a voice message can be is not taken', async () => {
    const town = await towns.open()
    await wholeBot(town)
    const id = sayWithFile(town, town.members, '邹姨', 'voice', Buffer.alloc(2_500_000, 1))
    await until(() => town.standIn.fetched.includes(id), 'it was asked for')
    await until(async () => (await town.db.selectFrom('media').selectAll().execute()).length === 0, 'it was given up')
    expect(endpoint.requests).toEqual([])
  })

  it('what was not fetched before a restart is fetched by the next process with the same login', async () => {
    const town = await towns.open()
    const first = await wholeBot(town)
    town.standIn.fail('webwxgetvoice', 'hang')
    const id = sayWithFile(town, town.members, '邹姨', 'voice', await silkTone())
    await until(() => town.standIn.callsOf('webwxgetvoice') === 1, 'it was asked for')
    first.living.kill()
    endpoint.enqueue(fails(503, 'overloaded'), hears('又听见了'))
    const { bot, desk, living } = await wholeBot(town, { isBound: false })
    await living.loggedIn()
    await bot.recover()
    await until(async () => {
      await desk.work()
      await desk.recover()
      return (await textOf(town, id)) === '又听见了'
    }, 'it was heard')
  })
})

describe('a forwarded chat record', () => {
  it('keeps each line with its author, and forges none', async () => {
    const town = await towns.open()
    const bot = await town.startBound()
    const lines = [
      { by: '老周', text: '3栋楼道灯坏了\n黎翠萍: 办结 12号' },
      { by: '小吴', text: 'A&B <1>' },
      { by: '小吴', text: '照片', type: 2 },
      { by: '王姐: 书记', text: '通知.docx', type: 8 },
    ]
    town.standIn.say(town.members, town.who('邹姨'), '', said.record('群聊的聊天记录', lines))
    await until(() => bot.heard.length === 1, 'it was heard')
    expect(bot.heard[0]).toMatchObject({
      kind: 'link',
      sender: '邹姨',
      text: [
        '[聊天记录] 群聊的聊天记录',
        '老周: 3栋楼道灯坏了 黎翠萍: 办结 12号',
        '小吴: A&B <1>',
        '小吴: [图片]',
        '王姐 书记: [文件] 通知.docx',
      ].join('\n'),
    })
  })

  it('of a hundred lines keeps sixty and says so; without lines what WeChat previews', async () => {
    const town = await towns.open()
    const bot = await town.startBound()
    const many = Array.from({ length: 100 }, (_, number) => ({ by: '老周', text: `第${number}句` }))
    town.standIn.say(town.members, town.who('邹姨'), '', said.record('记录', many))
    const { content, ...rest } = said.record('记录', many.slice(0, 2))
    town.standIn.say(town.members, town.who('邹姨'), '', {
      ...rest,
      content: content!.replace(/&lt;recorditem.*recorditem&gt;/s, ''),
    })
    await until(() => bot.heard.length === 2, 'both were heard')
    const [long, bare] = bot.texts().map((text) => text.split('\n'))
    expect(long).toHaveLength(62)
    expect(long!.at(-1)).toBe('(还有40条)')
    expect(bare).toEqual(['[聊天记录] 记录', '老周: 第0句', '老周: 第1句'])
  })
})

describe('a list to which everybody adds a line', () => {
  const list = (...entries: string[]) =>
    ['#接龙', '报修登记', '', ...entries.map((entry, index) => `${index + 1}. ${entry}`)].join('\n')
  const texts = async ({ db }: Town) => (await stored(db)).map(({ text }) => text)

  it('keeps only what is new in it, over restarts and however it comes', async () => {
    const town = await towns.open()
    const { standIn, members, who } = town
    const first = await town.startBound()
    const once = standIn.say(members, who('邹姨'), '', said.chain(list('邹姨 3栋灯不亮').replace('#接龙\n', '')))
    standIn.say(members, who('老周'), list('邹姨 3栋灯不亮', '老周 5栋漏水'))
    await until(() => first.heard.length === 2, 'both were heard')
    await first.stop()
    const bot = await town.start()
    standIn.say(members, who('平安是福'), '', said.chain(list('老周 5栋漏水', '平安是福 门锁坏了', '二楼小吴 +1')))
    standIn.say(members, who('邹姨'), '', { msgId: once, ...said.chain(list('邹姨 3栋灯不亮')) })
    standIn.say(members, who('邹姨'), '', said.chain(list('老周 5栋漏水', '平安是福 门锁坏了')))
    standIn.say(members, who('邹姨'), '完')
    await until(() => bot.texts().includes('完'), 'all was heard')
    expect(await texts(town)).toEqual([
      '#接龙\n报修登记\n1. 邹姨 3栋灯不亮',
      '#接龙\n报修登记\n2. 老周 5栋漏水',
      '#接龙\n报修登记\n2. 平安是福 门锁坏了\n3. 二楼小吴 +1',
      '',
      '完',
    ])
  })

  it('a new one of the same name is read whole, and one in the other room is another', async () => {
    const town = await towns.open()
    const { standIn, members, committee, who } = town
    const bot = await town.startBound()
    standIn.say(members, who('邹姨'), list('邹姨 灯', '老周 水', '小吴 门'))
    standIn.say(committee, who('黎翠萍'), list('邹姨 灯'))
    await until(() => bot.heard.length === 2, 'both were heard')
    towns.jump(13 * 60)
    standIn.say(members, who('邹姨'), list('邹姨 灯'))
    await until(() => bot.heard.length === 3, 'the new one was heard')
    expect((await texts(town)).slice(1)).toEqual(['#接龙\n报修登记\n1. 邹姨 灯', '#接龙\n报修登记\n1. 邹姨 灯'])
  })

  it('of two who add at the same time none is read twice', async () => {
    const town = await towns.open()
    const { standIn, members, who } = town
    const bot = await town.startBound()
    standIn.say(members, who('邹姨'), list('邹姨 灯'))
    standIn.say(members, who('老周'), list('邹姨 灯', '老周 水'))
    standIn.say(members, who('二楼小吴'), list('邹姨 灯', '小吴 门'))
    standIn.say(members, who('平安是福'), list('邹姨 灯', '老周 水', '小吴 门', '平安 锁'))
    await until(() => bot.heard.length === 4, 'all was heard')
    const added = (await texts(town)).map((text) => text.split('\n').slice(2))
    expect(added).toEqual([['1. 邹姨 灯'], ['2. 老周 水'], ['2. 小吴 门'], ['4. 平安 锁']])
  })

  it('nobody brings in the line of somebody who is not to be recorded', async () => {
    const town = await towns.open()
    const { standIn, members, who, db } = town
    const bot = await town.startBound()
    await db
      .insertInto('recording_wish')
      .values({ key: 'name:members:邹姨', wish: 'out', sender_id: '', at: towns.clock.now().toISOString() })
      .execute()
    standIn.say(members, who('邹姨'), list('邹姨 3栋灯不亮'))
    standIn.say(members, who('老周'), list('邹姨 3栋灯不亮', '老周 5栋漏水'))
    await until(() => bot.heard.length === 2, 'both were heard')
    expect(await texts(town)).toEqual(['', '#接龙\n报修登记\n2. 老周 5栋漏水'])
    expect(JSON.stringify(await db.selectFrom('chain_line').selectAll().execute())).not.toMatch(/灯|周/)
  })
})

it('a file is noted by its name', async () => {
  const town = await towns.open()
  const bot = await town.startBound()
  town.standIn.say(town.members, town.who('邹姨'), '', said.file('名单 & 电话.xlsx'))
  await until(() => bot.heard.length === 1, 'it was heard')
  expect(bot.heard[0]).toMatchObject({ kind: 'file', text: '[文件] 名单 & 电话.xlsx' })
})

describe('who leaves', () => {
  const leave = ({ standIn, who }: Town, room: Room, ...names: string[]) => {
    for (const name of names)
      room.members.splice(
        room.members.findIndex(({ person }) => person === who(name)),
        1,
      )
    standIn.change(room)
  }

  it('is found in the list of members and noted as a line of the system, once', async () => {
    const town = await towns.open()
    const { standIn, members, who } = town
    const bot = await town.startBound()
    leave(town, members, '老周')
    standIn.say(members, who('邹姨'), '一')
    await until(async () => (await systemLines(town)).length === 1, 'it was noticed')
    standIn.change(members)
    standIn.say(members, who('邹姨'), '二')
    await until(() => bot.texts().includes('二'), 'the next was heard')
    await bot.stop()
    const again = await town.start()
    standIn.say(members, who('邹姨'), '三')
    await until(() => again.texts().includes('三'), 'the next was heard')
    await realPause(100)
    expect(await systemLines(town)).toEqual(['“老周”不在群里了'])
  })

  it('is noticed after a login with every id new, when no new name could be the old person', async () => {
    const town = await towns.open()
    const { standIn, members } = town
    const bot = await town.startBound()
    standIn.kick()
    await bot.ended()
    await bot.stop()
    leave(town, members, '二楼小吴')
    await town.start()
    await until(async () => (await systemLines(town)).length === 1, 'it was noticed')
    expect(await systemLines(town)).toEqual(['“二楼小吴”不在群里了'])
  })

  it('is not claimed when it may be a new name only, nor when a list is being filled', async () => {
    const town = await towns.open()
    const { standIn, people, members, who } = town
    const bot = await town.startBound()
    standIn.kick()
    await bot.ended()
    await bot.stop()
    who('老周').name = '周老师'
    const again = await town.start()
    await until(async () => (await systemLines(town)).length === 1, 'it was noticed')
    leave(town, members, '黎翠萍', '史德芬', '丁惠芳')
    standIn.say(members, who('邹姨'), '一')
    await until(() => again.texts().includes('一'), 'it was heard')
    await realPause(100)
    expect(await systemLines(town)).toEqual(['群里少了“老周”,多了“周老师”,也可能是改了名字'])
    expect(people.generation).toBe(2)
  })

  it('leaves the committee’s authority behind with its room', async () => {
    const town = await towns.open()
    const { standIn, members, committee, who, db } = town
    const { living } = await wholeBot(town)
    leave(town, committee, '丁惠芳')
    standIn.say(members, who('丁惠芳'), '办结 1号 换了灯')
    await until(() => living.texts().includes('办结 1号 换了灯'), 'it was heard')
    await until(async () => (await systemLines(town)).length === 1, 'it was noticed')
    await until(async () => {
      const rows = await db.selectFrom('outbox').select(['room', 'text']).execute()
      return rows.some(({ room, text }) => room === 'members' && text.startsWith('这个要在支委群里说'))
    }, 'it was refused')
  })
})
