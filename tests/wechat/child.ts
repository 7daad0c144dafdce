import { join } from 'node:path'
import { openDatabase } from '../../db/database.ts'
import { buildBot } from '../../src/chat/build-bot.ts'
import { newWechat4u } from '../../src/chat/wechat4u/load.ts'
import { pause } from '../../src/chat/wechat4u/pause.ts'
import { WechatyChat } from '../../src/chat/wechaty.ts'
import { keepMessage } from '../../src/intake/inbox.ts'
import { silentLog } from '../../src/log.ts'
import { enqueue } from '../../src/outbox/outbox.ts'
import { Sender } from '../../src/outbox/sender.ts'
import { hurriedSince, hurry, SPEED } from './fast-time.ts'
import { NOBODY, redirect } from './living-bot.ts'

// node tests/wechat/child.ts URL FOLDER BEGAN [POISON]: the connection to a stand-in as a process of its own, to be killed.
// It answers every fiftieth message, and dies of POISON as of a fault in native code.
const [url = '', folder = '', began = '', poison] = process.argv.slice(2)
// One clock over all starts: a rest of an hour ends an hour later, whatever happens meanwhile.
const { clock } = hurry(SPEED, hurriedSince(Number(began)).now().toISOString())
const db = await openDatabase(join(folder, 'ledger.sqlite'))
const puppet = await newWechat4u()
redirect(puppet, { url })
let code = 483_920
const chat = new WechatyChat(await buildBot(puppet, join(folder, 'wechat')), {
  ...{ db, clock, random: () => code++, onError: () => {}, output: { write: () => {} } },
  tell: (text) => process.stdout.write(`${text}\n`),
  markFile: join(folder, 'being-stored'),
  exit: (exitCode) => void chat.stop().finally(() => process.exit(exitCode)),
})
process.on('SIGTERM', () => void chat.stop().finally(() => process.exit(0)))
const pace = { perMinute: 10, pause: () => pause(2500) }
const sender = new Sender({ db, chat, clock, log: silentLog, pace })
await sender.recover()
setInterval(() => void sender.send(), 1000)
const ANSWERED = /^第\d*[27]5句/
await chat.start(async (message) => {
  if (message.text === poison) process.kill(process.pid, 'SIGSEGV')
  const row = await keepMessage(db, message, NOBODY, clock.now())
  const answer = row && ANSWERED.exec(message.text)?.[0]
  if (!answer) return
  await enqueue(db, { room: message.room, kind: 'red', text: `听到${answer}`, once: message.id }, clock.now())
})
