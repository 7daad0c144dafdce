import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a robot got: the parsed JSON and its content type. */
export type Got = { body: { msgtype: string; text: { content: string } }; type: string | undefined }

/** A group robot on this machine, for one test; it answers as WeCom and DingTalk do, after `slowness` milliseconds. */
export async function openWebhook({ slowness = 0, answer = '{"errcode":0,"errmsg":"ok"}' } = {}) {
  const got: Got[] = []
  const server = createServer(async (request, response) => {
    let raw = ''
    for await (const chunk of request) raw += chunk
    await new Promise((later) => setTimeout(later, slowness))
    got.push({ body: JSON.parse(raw), type: request.headers['content-type'] })
    response.end(answer)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    got,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/robot/send?key=1`,
    contents: () => got.map(({ body }) => body.text.content),
  }
}
