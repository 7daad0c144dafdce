import { describe, expect, it } from 'vitest'
import { realPause, until } from './fast-time.ts'
import type { LivingBot } from './living-bot.ts'
import { withTowns } from './town.ts'

const towns = withTowns()
type Town = Awaited<ReturnType<typeof towns.open>>

/** The phone ends the session; whatever comes after needs a new login with new ids. */
async function loseLogin({ standIn }: Town, bot: LivingBot): Promise<void> {
  standIn.kick()
  await bot.ended()
  await bot.stop()
}

describe('after a login with every id new', () => {
  it('holds what is said while the people of the rooms come slowly, and loses none of it', async () => {
    const town = await towns.open()
    const { standIn, people, members, who, db, start } = town
    await loseLogin(town, await town.startBound())
    people.areMembersShown = false
    standIn.contactsTake = 100
    for (let number = 1; number <= 5; number++) standIn.say(members, who('邹姨'), `等着的第${number}句`)
    const bot = await start()
    await bot.loggedIn()
    await realPause(200)
    expect(bot.heard).toEqual([])
    // The server has not been told yet that they arrived: whoever is killed now gets them again.
    expect(standIn.isAllDelivered).toBe(false)
    bot.kill()
    const again = await start()
    await again.loggedIn()
    await realPause(100)
    expect(again.heard).toEqual([])
    people.areMembersShown = true
    await until(() => again.heard.length === 5, 'all of it was heard')
    expect(again.texts()).toEqual(Array.from({ length: 5 }, (_, index) => `等着的第${index + 1}句`))
    expect(await db.selectFrom('message').select('msg_id').execute()).toHaveLength(5)
  })

  it('takes no other room for a bound one, writes into none, and tells the operator why', async () => {
    const town = await towns.open()
    const { standIn, people, committee, start } = town
    await loseLogin(town, await town.startBound())
    people.rooms.splice(people.rooms.indexOf(committee), 1)
    const strangers = ['甲', '乙', '丙', '丁'].map((name) => people.person(name))
    const impostor = people.room('支委会', strangers)
    standIn.say(impostor, strangers[0]!, '汇总')
    const before = standIn.sent.length
    const bot = await start()
    await until(
      () => bot.told.some((text) => text.includes('没认出支委群:有一个同名的群,但里面的人对不上')),
      'it was told',
    )
    await expect(bot.chat.say('committee', '12号的事')).rejects.toThrow('the committee room is not bound')
    expect(standIn.sent).toHaveLength(before)
    expect(bot.heard).toEqual([])
  })

  it('takes none of two rooms alike', async () => {
    const town = await towns.open()
    const { standIn, people, committee, start } = town
    await loseLogin(town, await town.startBound())
    people.room(
      '支委会',
      committee.members.slice(1).map(({ person }) => person),
    )
    const bot = await start()
    await until(() => bot.told.some((text) => text.includes('分不清是哪一个')), 'it was told')
    standIn.say(committee, committee.members[1]!.person, '汇总')
    await realPause(200)
    expect(bot.heard).toEqual([])
    await expect(bot.chat.say('committee', '12号的事')).rejects.toThrow('not bound')
  })

  it('forgets after ten minutes what it held for a room it never knew, and says so once', async () => {
    const town = await towns.open()
    const { standIn, people, committee, who, start } = town
    await loseLogin(town, await town.startBound())
    people.rooms.splice(people.rooms.indexOf(committee), 1)
    const strangers = ['甲', '乙', '丙', '丁'].map((name) => people.person(name))
    const impostor = people.room('支委会', strangers)
    standIn.say(impostor, strangers[0]!, '我是支书')
    const bot = await start()
    await bot.loggedIn()
    for (let minute = 0; minute < 12; minute += 2) {
      await towns.pass(10)
      towns.jump(2)
    }
    await until(() => bot.told.includes('有1条消息来自还没认出来的群,没有听。'), 'it was told')
    people.rooms.push(committee)
    standIn.say(committee, who('黎翠萍'), '我才是')
    await until(() => bot.texts().includes('我才是'), 'the real room was known')
    expect(bot.texts()).toEqual(['我才是'])
    expect(bot.exits).toEqual([])
  })

  it('remembers who has joined, and a new name of the room', async () => {
    const town = await towns.open()
    const { standIn, people, committee, who, db, startBound } = town
    const bot = await startBound()
    committee.members.push({ person: people.person('新支委'), card: '' })
    committee.topic = '支部委员会'
    standIn.change(committee)
    standIn.say(committee, who('黎翠萍'), '改名了')
    await until(
      async () =>
        (await db.selectFrom('room').select('topic').where('key', '=', 'committee').execute())[0]?.topic ===
        '支部委员会',
      'the name was remembered',
    )
    await loseLogin(town, bot)
    standIn.say(committee, who('黎翠萍'), '还认得吗')
    const again = await town.start()
    await until(() => again.texts().includes('还认得吗'), 'the room was known')
    const [row] = await db.selectFrom('room').select('member_names').where('key', '=', 'committee').execute()
    expect(row?.member_names).toContain('新支委')
  })

  it('knows a bound room again that the server does not list, once somebody speaks in it', async () => {
    const { standIn, people, who, members, committee, startBound, start } = await towns.open()
    const bot = await startBound()
    committee.isSaved = false
    members.isSaved = false
    for (const topic of ['棋牌群', '买菜群', '广场舞']) people.rooms.unshift(people.room(topic, [who('老周')]))
    await bot.stop()
    const ids = ['一', '二'].map((text) => standIn.say(committee, who('黎翠萍'), text))
    const again = await start()
    await until(() => again.heard.length === 2, 'the room was known')
    expect(again.heard.map(({ id, room }) => [id, room])).toEqual(ids.map((id) => [id, 'committee']))
  })

  it('lets a binding code of an earlier process, still on its way, bind nothing', async () => {
    const { standIn, committee, who, db, start } = await towns.open()
    const first = await start()
    await first.loggedIn()
    await until(() => first.told.some((text) => text.includes('绑定居民群 ')), 'the codes were shown')
    const sentence = /绑定居民群 \d+/.exec(first.told.join())![0]
    await first.bind('支委群', committee)
    standIn.say(committee, who('黎翠萍'), '早')
    await until(() => first.texts().includes('早'), 'it heard')
    await first.stop()
    const other = standIn.people.room('棋牌群', [who('老周')])
    // The same code is shown again here; only its time tells that it is the old one.
    standIn.say(other, who('老周'), sentence, { at: new Date(towns.clock.now().getTime() - 3_600_000) })
    standIn.say(committee, who('黎翠萍'), '完')
    const again = await start()
    await until(() => again.texts().includes('完'), 'it heard on')
    expect(await db.selectFrom('room').select('key').execute()).toEqual([{ key: 'committee' }])
  })
})
