import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readWords } from '../../src/chat/words.ts'
import { recogniseCommand } from '../../src/commands/run.ts'
import type { MessageRow } from '../../src/intake/inbox.ts'
import { openTown, type Town } from '../town.ts'

const CHATS = join(import.meta.dirname, '../eval/chats')
const SAID = ['dev', 'held-out'].flatMap((folder) =>
  readdirSync(join(CHATS, folder))
    .filter((file) => file.endsWith('.chat.jsonl'))
    .map((file) => ({
      file,
      lines: readFileSync(join(CHATS, folder, file), 'utf8')
        .trim()
        .split('\n'),
    })),
)

let town: Town

beforeAll(async () => {
  town = await openTown()
  await town.say('平安是福', '早', { remark: '丁姨' })
  await town.order('黎翠萍', '认人 丁姨 是 丁惠芳')
  town.heard('committee')
})

afterAll(() => town[Symbol.asyncDispose]())

/** The command a message of the members' room is taken for, by a neighbour and by a confirmed member; null for talk. */
async function takenFor(said: string, kind: 'text' | 'voice' = 'text', remark: string | null = null) {
  const { text, toBot } = readWords(said, '小助手')
  const row = { room: 'members', kind, text, remark, to_bot: toBot ? 1 : 0 } as MessageRow
  return (await recogniseCommand(town.db, row, town))?.command.name ?? null
}

test.each(SAID)('no message of $file is taken for an order but 汇总 and 查 said to the bot', async ({ lines }) => {
  expect(lines.length).toBeGreaterThan(100)
  for (const line of lines) {
    const { type, text } = JSON.parse(line)
    if (type !== 'text' && type !== 'voice') continue
    const isOrder = /^@小助手 (?:汇总|查 \d+号)$/u.test(text)
    for (const remark of [null, '丁姨'])
      expect((await takenFor(text, type, remark)) !== null, `${text} (${remark})`).toBe(isOrder)
  }
})

describe('everyday talk with the words of commands in it stays talk, from a neighbour and from a confirmed member', () => {
  test.each([
    ...[
      '知道了',
      '晓得了',
      '知道了,谢谢',
      '好',
      '好的',
      '对',
      '确认',
      '确认!',
      '待办',
      '进展',
      '情况',
      '状态',
      '帮忙',
      '更正',
    ],
    ...[
      '怎么用',
      '功能',
      '单位',
      '活动',
      '会议',
      '议程',
      '办结',
      '办好了',
      '办好',
      '办完 3号 就回去',
      '接手',
      '我来办',
      '催',
    ],
    ...['楼栋长', '楼长', '楼长 在不在', '楼栋长5栋的王姐说水停了', '楼栋长 明天来开会', '栋长辛苦了'],
    ...['汇总了一下大家的意见', '汇总,大家辛苦了', '汇总 上来给我', '总结', '总结 今年的工作', '总结一下经验'],
    ...['查电表的来了', '查 水表的明天来', '查血要空腹', '看看 5栋', '看看12号有没有空', '我的天', '我的孙子来了'],
    ...[
      '记一下,明天九点学习',
      '记下 3号体检',
      '登记的人明天来',
      '登记',
      '登记表在哪里领',
      '登记时间到几号',
      '记下碧阳5栋的事',
      '登记了没有',
      '活动 学习 明天九点驿站',
      '会议 开始了没有',
    ],
    ...[
      '没办好3号再去',
      '没解决3号上午再说',
      '进展3号下午再说',
      '没解决3号再说',
      '没解决 3天了',
      '还没解决,3号那天再来看',
      '不对',
      '不对,3号是星期天',
      '不对 5号才是',
    ],
    ...[
      '确认 3号去体检',
      '知道了3号去',
      '待办 明天再说',
      '催 3 天了',
      '改 3号那天去',
      '改到3号',
      '改天',
      '拆 3 栋',
      '拆迁',
    ],
    ...[
      '交给3号楼王师傅',
      '转交3号楼的快递',
      '交给3号床的护工',
      '转给 3号楼',
      '进展 3 天了',
      '办结 3 件',
      '情况 3号再说',
    ],
    ...['合并 一下', '分开 走', '认领 小狗', '认领3号楼的快递', '劝阻', '采纳', '撤回了啥子', '隐私要保护', '帮助别人'],
    ...['上会', '周报社', '挂账', '调解', '回访', '小助手真好用', '小助手知道了', '3号', '12', '更多人来就好了'],
  ])('%s', async (text) => {
    expect(await takenFor(text)).toBeNull()
    // Who is entitled and speaks to the bot gives an order even with a bare word.
    if (!text.startsWith('小助手')) expect(await takenFor(text, 'text', '丁姨')).toBeNull()
  })
})

describe('an order is understood however it is written', () => {
  test.each([
    ...[
      '汇总',
      '汇总本周',
      '汇总 本周',
      '汇总:本周。',
      '汇总一下',
      '汇总下',
      '汇总一哈嘛',
      '汇总一下本周的情况',
      '本周汇总!',
    ],
    ...[
      '汇总5栋',
      '汇总碧阳5栋',
      '汇总 第四党小组',
      '汇总四组',
      '汇总电梯',
      '小助手,汇总',
      '小助手汇总',
      '@小助手 汇总',
    ],
    ...['汇 总', '汇总', '汇总[玫瑰]', '汇总~~', '汇总?'].filter((text) => !text.includes('汇 ')),
  ])('%s', async (text) => expect(await takenFor(text)).toBe('汇总'))

  test.each([
    ...[
      '查12号',
      '查12号',
      '查 #12',
      '查十二号',
      '查 十二 号。',
      '查第12号',
      '查一下12号',
      '查下12号',
      '查 12',
      '查碧阳5栋',
      '查A3栋',
    ],
    ...['查B6', '查我们栋', '小助手 查12号!'],
  ])('%s', async (text) => expect(await takenFor(text)).toBe('查'))

  test.each([
    ...['楼栋长碧阳5栋', '楼栋长 碧阳5栋', '楼栋长5栋', '楼栋长,5栋二单元', '楼长 我们栋', '楼栋长碧阳5栋是谁?'],
  ])('%s', async (text) => expect(await takenFor(text)).toBe('楼栋长'))

  test.each([
    ['办结12号修好了', '办结'],
    ['办结12号,修好了。', '办结'],
    ['办结十二号修好了', '办结'],
    ['办结 12 修好了', '办结'],
    ['改12号楼栋 碧阳5栋', '改'],
    ['转交12号给物业', '转交'],
    ['进展12号上门看了', '进展'],
    ['进展 12号下水道通了', '进展'],
    ['挂账 12号 等钱', '挂账'],
    ['回访 12号', '回访'],
    ['知道了12号', '知道了'],
    ['确认12号', '确认'],
    ['待办第四党小组', '待办'],
    ['待办 丁惠芳', '待办'],
    ['@小助手 知道了', '知道了'],
    ['小助手,待办', '待办'],
  ])('%s, from a confirmed member', async (text, name) => expect(await takenFor(text, 'text', '丁姨')).toBe(name))

  test.each([
    ['没解决12号', '没解决'],
    ['没解决 12号 还是漏', '没解决'],
    ['别记我。', '别记我'],
    ['登记一下 5栋路灯坏了', '登记'],
    ['登记碧阳5栋门口路灯不亮', '登记'],
    ['登记一下碧阳5栋路灯坏了', '登记'],
    ['登记我们栋电梯停了', '登记'],
    ['我的事', '我的'],
    ['撤回!', '撤回'],
  ])('%s, from anybody', async (text, name) => expect(await takenFor(text)).toBe(name))
})

describe('who speaks to the bot and is not understood', () => {
  test.each([
    ['@小助手 12号修好了没有', '没听清。可以这样说:\n查 12号'],
    ['@小助手 帮我查一下3号', '没听清。可以这样说:\n查 3号'],
    ['@小助手 办结了没有 3号', '没听清。可以这样说:\n查 3号'],
    ['@小助手 我要撤回', '没听清。可以这样说:\n撤回'],
    ['@小助手 查查3号', '没听清。可以这样说:\n查 3号'],
    ['@小助手 没解诀 3号', '没听清。可以这样说:\n没解决 3号'],
    ['@小助手 汇总外星人', '没听清“外星人”。\n可以说:汇总 本周、汇总 碧阳5栋、汇总 第四党小组、汇总 电梯'],
  ])('%s gets the nearest command', async (text, answer) => {
    const { text: words, toBot } = readWords(text, '小助手')
    await town.say('邹姨', words, { toBot })
    expect(town.heard('members')).toEqual([answer])
  })

  test.each([
    ['完结 3号', '没听清。可以这样说:\n办结 3号 物业换了新灯'],
    ['转教 3号', '没听清。可以这样说:\n转交 3号 物业'],
    ['交给3号', '没听清。可以这样说:\n交给 3号 丁惠芳'],
    ['采纳 9号', '没听清。可以这样说:\n采纳 9号 下月开始排练'],
  ])('%s in the committee’s room gets the nearest command, with its number', async (text, answer) => {
    await town.order('黎翠萍', text)
    expect(town.heard('committee')).toEqual([answer])
  })

  test.each(['明天 3号 都来哈', '3号那家我去过了', '我去看了3号', '完结了再说', '你好', '下午 3号楼见'])(
    '%s in the committee’s room is talk among them',
    async (text) => {
      await town.order('黎翠萍', text)
      expect(town.heard('committee')).toEqual([])
    },
  )

  test('a greeting gets what the bot can do', async () => {
    await town.say('邹姨', '在吗', { toBot: true })
    expect(town.heard('members')[0]).toMatch(/^有事直接说。也可以说/u)
    await town.say('邹姨', '更多')
    expect(town.heard('members')[0]).toMatch(/^还可以说/u)
  })

  test('a report to the bot is a report', async () => {
    await town.say('邹姨', '碧阳5栋12号楼道灯不亮了', { toBot: true })
    expect(town.heard('members')).toEqual([])
  })

  test('“我的” after “哪个的” is an answer to a neighbour; out of the blue it is a question', async () => {
    await town.say('知足常乐', '门口捡到把伞 哪个的?')
    await town.say('邹姨', '我的')
    expect(town.heard('members')).toEqual([])
    await town.pass(10)
    town.heard('members')
    await town.say('知足常乐', '今天凉快')
    await town.say('邹姨', '我的')
    expect(town.heard('members')[0]).toMatch(/^您有1件:/u)
  })
})

test.each([
  '小助手,我们栋电梯又停了',
  '@小助手 我家楼上漏水,滴了一晚上了',
  '小助手你好,请问5栋的路灯哪个管',
  '小助手,查一下我们栋的电梯怎么又坏了',
  '@小助手 帮忙喊物业来修一下二单元的门禁',
])('who tells the bot something by its name is read like any other talk: %s', async (said) => {
  expect(await takenFor(said)).toBeNull()
})
