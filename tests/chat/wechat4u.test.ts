import { expect, it } from 'vitest'
import { buildBot } from '../../src/chat/build-bot.ts'
import { keepSession, WECHAT4U } from '../../src/chat/wechat4u.ts'

it('takes off the listener that would survive any error, and only that one', async () => {
  const own = () => {}
  process.on('uncaughtException', own)
  const before = process.listeners('uncaughtException')
  const bot = await buildBot(WECHAT4U)
  await bot.init()
  expect(process.listeners('uncaughtException')).toEqual(before)
  expect(bot.puppet.name()).toContain(WECHAT4U)
  process.off('uncaughtException', own)
})

it('keeps the session of wechat4u when it is stopped', async () => {
  const calls: unknown[] = []
  const wechat4u = {
    botData: { PROP: { uin: '1' } },
    logout: async () => void calls.push('logged out of WeChat'),
    removeAllListeners: (event: string) => calls.push(`deaf to ${event}`),
  }
  const memory = {
    set: async (slot: string, data: unknown) => void calls.push([slot, data]),
    save: async () => void calls.push('saved'),
  }
  await keepSession({ isLoggedIn: true, memory, wechat4u } as never)
  await wechat4u.logout()
  expect(calls).toEqual(['deaf to logout', ['PUPPET-WECHAT4U', { PROP: { uin: '1' } }], 'saved'])
})
