import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { silentLog } from '../src/log.ts'
import { createTell } from '../src/operator.ts'

test('the operator reads it in the terminal, and a group robot gets the same as a text message', async () => {
  const printed: string[] = []
  const { promise: heard, resolve } = Promise.withResolvers<unknown>()
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    response.end('{"errcode":0}')
    resolve(JSON.parse(body))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  try {
    const webhook = `http://127.0.0.1:${(server.address() as AddressInfo).port}/robot`
    createTell({ webhook, log: silentLog, print: (text) => printed.push(text) })('微信已退出登录。')
    expect(await heard).toEqual({ msgtype: 'text', text: { content: '居民诉求小助手:微信已退出登录。' } })
    expect(printed).toEqual(['微信已退出登录。'])
  } finally {
    server.closeAllConnections()
    server.close()
  }
})
