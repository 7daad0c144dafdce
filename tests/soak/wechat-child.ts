import { join } from 'node:path'
import { openDatabase } from '../../db/database.ts'
import { buildBot } from '../../src/chat/build-bot.ts'
import { newWechat4u } from '../../src/chat/wechat4u/load.ts'
import { WechatyChat } from '../../src/chat/wechaty.ts'
import { keepMessage } from '../../src/intake/inbox.ts'
import { hurry } from '../wechat/fast-time.ts'
import { NOBODY, redirect } from '../wechat/living-bot.ts'

// node tests/soak/wechat-child.ts URL FOLDER: the connection to a stand-in as a process of its own, to be killed.
const [url = '', folder = ''] = process.argv.slice(2)
const { clock } = hurry(50, new Date().toISOString())
const db = await openDatabase(join(folder, 'ledger.sqlite'))
const puppet = await newWechat4u()
redirect(puppet, { url })
let code = 483_920
const chat = new WechatyChat(await buildBot(puppet, join(folder, 'wechat')), {
  ...{ db, clock, random: () => code++, onError: () => {}, output: { write: () => {} } },
  tell: (text) => process.stdout.write(`${text}\n`),
  exit: (exitCode) => void chat.stop().finally(() => process.exit(exitCode)),
})
await chat.start(async (message) => void (await keepMessage(db, message, NOBODY, new Date())))
