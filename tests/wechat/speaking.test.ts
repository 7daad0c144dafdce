import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { state } from '../../src/commands/state.ts'
import { silentLog } from '../../src/log.ts'
import { enqueue, enqueueFile } from '../../src/outbox/outbox.ts'
import { Sender } from '../../src/outbox/sender.ts'
import { MovableClock } from '../../src/replay.ts'
import { realPause, until } from './fast-time.ts'
import type { LivingBot } from './living-bot.ts'
import { withTowns } from './town.ts'

const towns = withTowns()

function senderFor(bot: LivingBot): Sender {
  const pace = { perMinute: Number.POSITIVE_INFINITY, pause: async () => {} }
  return new Sender({ db: bot.db, chat: bot.chat, clock: towns.clock, log: silentLog, pace })
}

const states = (bot: LivingBot) => bot.db.selectFrom('outbox').select(['text', 'state']).orderBy('id').execute()

describe('speaking', () => {
  it('keeps the order, splits long texts at paragraphs, and sends pictures and files', async () => {
    const { standIn, committee, folder, startBound } = await towns.open()
    const bot = await startBound()
    const sender = senderFor(bot)
    const before = standIn.sent.length
    const [picture, sheet] = [join(folder, 'week.png'), join(folder, '台账 <5月> & 6月.xlsx')]
    writeFileSync(picture, Buffer.alloc(1000, 1))
    writeFileSync(sheet, Buffer.alloc(1_300_000, 2))
    const now = towns.clock.now()
    const long = `${'甲'.repeat(1500)}\n\n${'乙'.repeat(1500)}`
    await enqueue(bot.db, { room: 'committee', kind: 'red', text: '第一' }, now)
    await enqueue(bot.db, { room: 'committee', kind: 'red', text: long }, now)
    await enqueueFile(bot.db, { room: 'committee', kind: 'reply', text: '图' }, picture, now)
    await enqueueFile(bot.db, { room: 'committee', kind: 'reply', text: '表' }, sheet, now)
    await enqueue(bot.db, { room: 'committee', kind: 'red', text: '最后 <&>' }, now)
    await sender.send()
    const sent = standIn.sent.slice(before)
    expect(sent.map(({ text, type }) => [type, text.slice(0, 2)])).toEqual([
      [1, '第一'],
      [1, '甲甲'],
      [1, '乙乙'],
      [3, '@m'],
      [6, '<a'],
      [1, '最后'],
    ])
    expect(new Set(sent.map(({ to }) => to))).toEqual(new Set([committee]))
    expect(sent[4]!.text).toContain('<title>台账 _5月_ _ 6月.xlsx</title>')
    expect(sent[5]!.text).toBe('最后 <&>')
    expect(standIn.uploads).toHaveLength(4)
    expect((await states(bot)).every(({ state }) => state === 'sent')).toBe(true)
  })

  it('rests an hour when WeChat finds it too much, over a restart too, and then sends what waits', async () => {
    const { standIn, startBound } = await towns.open()
    const bot = await startBound()
    const before = standIn.sent.length
    standIn.fail('webwxsendmsg', { ret: 1205 })
    const now = towns.clock.now()
    await enqueue(bot.db, { room: 'committee', kind: 'red', text: '一' }, now)
    await enqueue(bot.db, { room: 'committee', kind: 'red', text: '二' }, now)
    await senderFor(bot).send()
    expect(await states(bot)).toEqual([
      { text: '一', state: 'queued' },
      { text: '二', state: 'queued' },
    ])
    const [rest] = await bot.db.selectFrom('setting').select('value').where('key', '=', 'rest_until').execute()
    expect((Date.parse(rest!.value) - now.getTime()) / 60_000).toBeCloseTo(60, 0)
    const restarted = senderFor(bot)
    await restarted.recover()
    await restarted.send()
    expect(standIn.sent).toHaveLength(before)
    const pace = { perMinute: 100, pause: async () => {} }
    const clock = { now: () => new Date(Date.parse(rest!.value) + 1) }
    const later = new Sender({ db: bot.db, chat: bot.chat, clock, log: silentLog, pace })
    await later.recover()
    await later.send()
    expect(standIn.sent.slice(before).map(({ text }) => text)).toEqual(['一', '二'])
  })

  it('never repeats by itself what may have arrived', async () => {
    const { standIn, startBound } = await towns.open()
    const bot = await startBound()
    const before = standIn.sent.length
    standIn.fail('webwxsendmsg', 'hang', 'cut-after')
    for (const text of ['一', '二', '三'])
      await enqueue(bot.db, { room: 'committee', kind: 'red', text }, towns.clock.now())
    await senderFor(bot).send()
    expect(await states(bot)).toEqual([
      { text: '一', state: 'unsure' },
      { text: '二', state: 'unsure' },
      { text: '三', state: 'sent' },
    ])
    expect(standIn.sent.slice(before).map(({ text }) => text)).toEqual(['二', '三'])
    const asked = {
      ...{ db: bot.db, now: towns.clock.now(), readerName: 'rules', audience: 'committee' },
      message: { seq: 0 },
    }
    expect(await state.run(asked as unknown as Parameters<typeof state.run>[0], {})).toContain('可能没发出去的:2条')
  })

  it('pauses after each message and says at most ten in a minute', async () => {
    const { standIn, startBound } = await towns.open()
    const bot = await startBound()
    const before = standIn.sent.length
    let pauses = 0
    const pace = { perMinute: 10, pause: async () => void pauses++ }
    const clock = new MovableClock(towns.clock.now())
    const sender = new Sender({ db: bot.db, chat: bot.chat, clock, log: silentLog, pace })
    for (let number = 1; number <= 25; number++)
      await enqueue(bot.db, { room: 'committee', kind: 'red', text: `${number}` }, clock.now())
    const sent: number[] = []
    for (let minute = 1; minute <= 3; minute++) {
      await sender.send()
      await sender.send()
      sent.push(standIn.sent.length - before)
      clock.advance(new Date(clock.now().getTime() + 60_000))
    }
    expect(sent).toEqual([10, 20, 25])
    expect(pauses).toBe(25)
    expect(standIn.sent.slice(before).map(({ text }) => Number(text))).toEqual(
      Array.from({ length: 25 }, (_, index) => index + 1),
    )
  })

  it('speaks on in one room while the other is not known', async () => {
    const { standIn, committee, start } = await towns.open()
    const bot = await start()
    await bot.bind('支委群', committee)
    await enqueue(bot.db, { room: 'members', kind: 'red', text: '居民群里说的' }, towns.clock.now())
    await enqueue(bot.db, { room: 'committee', kind: 'red', text: '支委群里说的' }, towns.clock.now())
    await senderFor(bot).send()
    expect(standIn.sent.at(-1)).toMatchObject({ to: { topic: '支委会' }, text: '支委群里说的' })
    expect((await states(bot))[0]).toEqual({ text: '居民群里说的', state: 'queued' })
  })

  it('gives up what WeChat refuses three times, and meanwhile speaks on in the other room', async () => {
    const { standIn, startBound } = await towns.open()
    const bot = await startBound()
    const before = standIn.sent.length
    standIn.fail('webwxsendmsg', { ret: 1204 })
    const say = (room: 'members' | 'committee', text: string) =>
      enqueue(bot.db, { room, kind: 'red', text }, towns.clock.now())
    await say('members', '不让说的')
    await say('members', '等着的')
    await say('committee', '支委群里说的')
    const sender = senderFor(bot)
    await sender.send()
    expect(standIn.sent.slice(before).map(({ text }) => text)).toEqual(['支委群里说的'])
    for (let time = 2; time <= 3; time++) {
      standIn.fail('webwxsendmsg', { ret: 1204 })
      towns.jump(11)
      await sender.send()
    }
    expect(standIn.sent.slice(before).map(({ text }) => text)).toEqual(['支委群里说的', '等着的'])
    expect((await states(bot))[0]).toEqual({ text: '不让说的', state: 'unsure' })
  })

  it.each(['as-self', 'in-room'] as const)(
    'does not take its own words for a member’s when the server sends them back (%s)',
    async (echoes) => {
      const { standIn, committee, who, start, startBound } = await towns.open()
      standIn.echoes = echoes
      const bot = await startBound()
      await bot.chat.say('committee', '本周记下3件')
      standIn.say(committee, standIn.people.me, '手机上说的', { more: { echo: echoes } })
      standIn.say(committee, who('黎翠萍'), '好')
      await until(() => bot.texts().includes('好'), 'it heard on')
      expect(bot.texts()).toEqual(['好'])
      // Said by a process that was killed before it knew whether it arrived; it comes back under an id nobody has any more.
      standIn.fail('webwxsendmsg', 'cut-after')
      await bot.chat.say('committee', '1号请看一下').catch(() => {})
      bot.kill()
      standIn.kick()
      const again = await start()
      standIn.say(committee, who('黎翠萍'), '完')
      await until(() => again.texts().includes('完') || again.exits.length > 0, 'it heard or ended')
      if (again.exits.length > 0) {
        await again.stop()
        const third = await start()
        await until(() => third.texts().includes('完'), 'it heard on')
        expect(third.texts()).toEqual(['完'])
      } else expect(again.texts()).toEqual(['完'])
      await realPause(50)
    },
  )
})
