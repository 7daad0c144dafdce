import type { Wechat4u } from '../../src/chat/wechat4u/insides.ts'
import { newWechat4u } from '../../src/chat/wechat4u/load.ts'

// node --import=…/redirected.ts: leads every request of the puppet to the stand-in at STAND_IN; all else is as it is.
const puppet = Object.getPrototypeOf(await newWechat4u()) as { monkeyPatch(wechat4u: Wechat4u): void }
const patch = puppet.monkeyPatch
puppet.monkeyPatch = function (wechat4u) {
  patch.call(this, wechat4u)
  const send = wechat4u.request
  wechat4u.request = (request) =>
    send({ ...request, url: request.url.replace(/^https:\/\/[^/]+/, process.env.STAND_IN ?? '') })
}
