import { describe, expect, test } from 'vitest'
import { purgeOldTalk } from '../../src/casework/purge.ts'
import { readPasted } from '../../src/chat/pasted.ts'
import { DAY } from '../../src/clock.ts'
import { leaveOutKnown } from '../../src/intake/already-heard.ts'
import { openTown, type Town } from '../town.ts'

/** What of a pasted chat would be read. */
async function fresh({ db }: Town, pasted: string): Promise<string[]> {
  return (await leaveOutKnown(db, readPasted(pasted), '小助手')).map(({ sender, text }) => `${sender}:${text}`)
}

const AT = '2026/5/18 08:00'

describe('a copied chat', () => {
  test('does not double what was heard in the same minute, whatever name and spaces the copy shows', async () => {
    await using town = await openTown()
    await town.say('平安是福', '我们栋电梯又停了,\n麻烦喊人')
    await town.say('邹姨', '收到')
    const copy = `平安是福 ${AT}:31\n我们栋电梯又停了，\n麻烦喊人\n\n邹姐(3栋) ${AT}\n收到\n\n老周 ${AT}\n收到\n`
    expect(await fresh(town, copy)).toEqual(['老周:收到'])
    expect(await fresh(town, '邹姨 2026/5/18 08:01\n收到')).toEqual(['邹姨:收到'])
  })

  test('knows an order to the bot with and without the @, and the bot’s own words', async () => {
    await using town = await openTown()
    await town.say('邹姨', '汇总', { toBot: true })
    const [answer] = town.heard('members')
    const copy = `邹姨 ${AT}\n@支部小助手\u2005汇总\n\n支部小助手 ${AT}\n${answer}\n\n小助手 ${AT}\n好\n`
    expect(await fresh(town, copy)).toEqual([])
  })

  test('knows a picture and a voice message by name, kind and minute, and counts those it did not hear', async () => {
    await using town = await openTown()
    await town.say('邹姨', '', { kind: 'image' })
    const copy = `邹姨 ${AT}\n[图片]\n\n老周 ${AT}\n[语音]\n`
    expect((await leaveOutKnown(town.db, readPasted(copy), '小助手')).map(({ kind, text }) => [kind, text])).toEqual([
      ['voice', ''],
    ])
  })
})

describe('what was removed on purpose is not brought back', () => {
  test('withdrawn words (撤回)', async () => {
    await using town = await openTown()
    const id = await town.say('平安是福', '我家水表被人砸了')
    await town.say('平安是福', '', { kind: 'recall', revokes: id })
    expect(await fresh(town, `平安是福 ${AT}\n我家水表被人砸了`)).toEqual([])
    expect(await fresh(town, `惠芳 ${AT}\n我家水表被人砸了`)).toEqual([])
    expect(await fresh(town, '平安是福 2026/5/19 08:00\n我家水表被人砸了')).toHaveLength(1)
  })

  test('a withdrawn list (接龙), of which only the new line was kept', async () => {
    await using town = await openTown()
    const list = '#接龙\n报修登记\n1. 老周 3栋灯不亮\n2. 平安是福 5栋漏水'
    await town.say('老周', '#接龙\n报修登记\n1. 老周 3栋灯不亮', { isChain: true })
    const id = await town.say('平安是福', list, { isChain: true })
    await town.say('平安是福', '', { kind: 'recall', revokes: id })
    expect(await fresh(town, `平安是福 ${AT}\n${list}`)).toEqual([])
    expect(await fresh(town, `平安是福 2026/5/18 08:05\n${list}`)).toHaveLength(1)
  })

  test('purged talk', async () => {
    await using town = await openTown()
    await town.say('平安是福', '今天的红烧肉真香')
    await town.pass(130)
    const later = new Date(town.clock.now().getTime() + 31 * DAY)
    expect(await purgeOldTalk(town.db, later, { isDry: false })).toBe(1)
    expect(await fresh(town, `平安是福 ${AT}\n今天的红烧肉真香`)).toEqual([])
    const kept = JSON.stringify(await town.db.selectFrom('forgotten').selectAll().execute())
    expect(kept).not.toContain('红烧肉')
  })

  test('words of somebody who is not to be recorded (别记我)', async () => {
    await using town = await openTown()
    await town.say('平安是福', '别记我')
    await town.say('平安是福', '我家下水道堵了')
    expect(await fresh(town, `平安是福 ${AT}\n我家下水道堵了`)).toEqual([])
  })

  test('deleted personal data (删除我的资料)', async () => {
    await using town = await openTown()
    await town.say('平安是福', '我家下水道堵了')
    await town.say('平安是福', '删除我的资料')
    await town.order('黎翠萍', '同意删除 1')
    expect(await fresh(town, `平安是福 ${AT}\n我家下水道堵了`)).toEqual([])
  })
})
