import { pino } from 'pino'
import { expect, test } from 'vitest'
import { silentLog } from '../src/log.ts'
import { Operator } from '../src/operator.ts'
import { openWebhook } from './webhook.ts'

function logging(): { log: typeof silentLog; lines: () => { msg: string; code?: number }[] } {
  const written: string[] = []
  return {
    log: pino({ base: undefined }, { write: (line) => written.push(line) }),
    lines: () => written.map((line) => JSON.parse(line)),
  }
}

test('a warning is read in the terminal, and a WeCom or DingTalk robot gets it as a text message', async () => {
  const printed: string[] = []
  const webhook = await openWebhook()
  const operator = new Operator({ webhook: webhook.url, log: silentLog, print: (text) => printed.push(text) })
  operator.tell('绑定支委群 483920')
  operator.warn('微信已退出登录。')
  await operator.settled()
  expect(webhook.got).toEqual([
    { body: { msgtype: 'text', text: { content: '居民诉求小助手:微信已退出登录。' } }, type: 'application/json' },
  ])
  expect(printed).toEqual(['绑定支委群 483920', '微信已退出登录。'])
})

test('a slow robot is waited for before the process ends', async () => {
  const webhook = await openWebhook({ slowness: 100 })
  const operator = new Operator({ webhook: webhook.url, log: silentLog, print: () => {} })
  operator.alert('要扫码。')
  expect(webhook.got).toEqual([])
  await operator.settled()
  expect(webhook.contents()).toEqual(['居民诉求小助手:要扫码。'])
})

test('a robot that refuses in its own way, or cannot be reached, is logged and holds nothing up', async () => {
  const { log, lines } = logging()
  const webhook = await openWebhook({ answer: '{"errcode":93000,"errmsg":"invalid webhook url"}' })
  for (const url of [webhook.url, 'http://127.0.0.1:9/robot']) {
    const operator = new Operator({ webhook: url, log, print: () => {} })
    operator.alert('要扫码。')
    await operator.settled()
  }
  expect(lines()).toMatchObject([
    { msg: 'the alert webhook refused', code: 93000 },
    { msg: 'the alert webhook cannot be reached' },
  ])
})
