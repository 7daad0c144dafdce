import { type Db, openDatabase } from '../../db/database.ts'
import { buildBot } from '../../src/chat/build-bot.ts'
import type { ChatMessage } from '../../src/chat/chat.ts'
import type { Gap } from '../../src/chat/gaps.ts'
import type { Wechat4uPuppet } from '../../src/chat/wechat4u/insides.ts'
import { newWechat4u } from '../../src/chat/wechat4u/load.ts'
import { type ChatTrouble, WechatyChat } from '../../src/chat/wechaty.ts'
import type { Clock } from '../../src/clock.ts'
import { keepMessage } from '../../src/intake/inbox.ts'
import type { Roster } from '../../src/roster/roster.ts'
import { realPause, until } from './fast-time.ts'
import type { Room } from './people.ts'
import type { StandIn } from './stand-in.ts'

/** A community nobody is known of. */
export const NOBODY = {
  members: [],
  heads: [],
  gridOfficers: [],
  buildings: [],
  groups: [],
  compounds: [],
} as unknown as Roster

type Options = {
  db?: Db
  /** The session file, without its ending. */
  session?: string
  hear?: (message: ChatMessage) => Promise<void>
  qrFile?: string
  clock?: Clock
  /** How long the disk takes for a message, in real milliseconds. */
  disk?: () => number
  /** Called for every request, whether it arrives or not. */
  onRequest?: () => void
}

/** The whole connection as it runs at night: a real Wechaty, puppet and wechat4u on the pretended WeChat. */
export async function startBot(standIn: StandIn, options: Options = {}) {
  const { clock = standIn.clock } = options
  const db = options.db ?? (await openDatabase(':memory:'))
  const [heard, told, errors]: [ChatMessage[], string[], unknown[]] = [[], [], []]
  const [exits, troubles, gaps, shown]: [number[], ChatTrouble[], Gap[], string[]] = [[], [], [], []]
  const life = { isDead: false }
  const puppet = await newWechat4u()
  redirect(puppet, standIn, life, options)
  let code = 483_920
  const bot = await buildBot(puppet, options.session)
  const chat = new WechatyChat(bot, {
    ...{ db, clock },
    tell: (text) => told.push(text),
    onError: (error) => errors.push(error),
    onTrouble: (trouble) => troubles.push(trouble),
    onGap: async (gap) => void gaps.push(gap),
    random: () => code++,
    exit: (exitCode) => exits.push(exitCode),
    output: { write: (text: string) => shown.push(text) },
    qrFile: options.qrFile,
  })
  await chat.start(async (message) => {
    if (options.disk) await realPause(options.disk())
    if (life.isDead) return new Promise(() => {})
    await (options.hear ? options.hear(message) : keepMessage(db, message, NOBODY, clock.now()))
    heard.push(message)
  })
  const sentence = (word: string) => told.findLast((text) => text.includes(`绑定${word} `))?.split('请在群里说:')[1]
  return {
    ...{ chat, db, puppet, heard, told, errors, exits, troubles, gaps, shown },
    loggedIn: () => until(() => told.some((text) => text.startsWith('微信已登录')), 'somebody logged in'),
    /** Binds a room as the operator would: the sentence shown is said in it. */
    async bind(word: '居民群' | '支委群', room: Room): Promise<void> {
      await until(() => sentence(word), `the code for ${word} was shown`)
      const before = standIn.sent.length
      standIn.say(room, room.members[1]!.person, sentence(word)!)
      await until(
        () => standIn.sent.slice(before).some(({ text }) => text.includes(`已绑定为${word}`)),
        `${word} was bound`,
      )
    },
    ended: () => until(() => exits.length > 0, 'the process ended'),
    texts: () => heard.map(({ text }) => text),
    /** As SIGKILL does it: nothing more is done, sent or received. */
    kill(): void {
      life.isDead = true
      Object.assign((bot as unknown as { memory: { storage?: object } }).memory.storage ?? {}, { save: async () => {} })
      void chat.stop()
      standIn.cutLines()
    },
    async stop(): Promise<void> {
      if (life.isDead) return
      await chat.stop()
      life.isDead = true
      if (!options.db) await db.destroy()
    },
  }
}

export type LivingBot = Awaited<ReturnType<typeof startBot>>

/** Leads every request to the stand-in: the one thing changed about the library. */
export function redirect(
  puppet: Wechat4uPuppet,
  standIn: Pick<StandIn, 'url'>,
  life = { isDead: false },
  { onRequest }: Pick<Options, 'onRequest'> = {},
): void {
  const patch = puppet.monkeyPatch.bind(puppet)
  puppet.monkeyPatch = (wechat4u) => {
    patch(wechat4u)
    const send = wechat4u.request
    wechat4u.request = async (request) => {
      if (life.isDead) return new Promise(() => {})
      onRequest?.()
      const answer = await send({ ...request, url: request.url.replace(/^https:\/\/[^/]+/, standIn.url) })
      return life.isDead ? new Promise(() => {}) : answer
    }
  }
}
