import { randomInt, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Db } from '../../db/database.ts'
import { createBot, type World } from '../bot.ts'
import { buildBot } from '../chat/build-bot.ts'
import type { Chat } from '../chat/chat.ts'
import { gapText } from '../chat/gaps.ts'
import { TerminalChat } from '../chat/terminal.ts'
import { WechatyChat } from '../chat/wechaty.ts'
import { type Clock, systemClock, timeText } from '../clock.ts'
import type { Config } from '../config.ts'
import { weekOf } from '../digest/period.ts'
import { Operator } from '../operator.ts'
import { enqueue } from '../outbox/outbox.ts'
import { endSilence } from '../outbox/silence.ts'
import { startSchedule } from '../schedule/schedule.ts'
import { watchJob } from '../schedule/watch.ts'
import { readSetting, saveSetting } from '../settings.ts'
import { StorageAlarm, storageTrouble } from '../storage-trouble.ts'
import { openLog } from './data-folder.ts'
import { INVENTED_ROSTER, isInvented, refuseSample } from './invented.ts'
import { openLedgerFolder } from './ledger-folder.ts'
import { leavingLines, readersFor, sensesFor } from './readers.ts'
import { replaySample, sampleClock } from './sample.ts'
import { digestText, ledgerText, standingText } from './show.ts'

const LONGEST_END = 15_000

type Running = { chat: Chat; ended: Promise<void> }

/** Runs the bot until its chat ends or the process is told to stop. `isEmpty` starts without the sample. */
export async function start(config: Config, options: { isEmpty: boolean }): Promise<void> {
  const plainLog = openLog(config)
  const operator = new Operator({ webhook: config.alertWebhook, log: plainLog, print: say })
  const alarm = new StorageAlarm(join(config.dataDir, 'storage-alerted'), systemClock, (text) => operator.alert(text))
  try {
    await run(config, options, { log: alarm.watching(plainLog), operator, alarm })
  } catch (error) {
    const trouble = storageTrouble(error)
    if (trouble !== null) alarm.raise(`起不来:${trouble}`)
    throw error
  } finally {
    await operator.settled()
  }
}

async function run(
  config: Config,
  { isEmpty }: { isEmpty: boolean },
  { log, operator, alarm }: { log: World['log']; operator: Operator; alarm: StorageAlarm },
): Promise<void> {
  const { db, taxonomy, roster, close } = await openLedgerFolder(config.dataDir)
  if (isEmpty || config.chat === 'wechat') {
    await refuseSample(db, config.dataDir).catch(async (error: unknown) => {
      await close()
      throw error
    })
  }
  if (config.chat === 'wechat' && isInvented(roster)) say(`注意:${INVENTED_ROSTER}。`)
  const { reader, rules, probe } = await readersFor(config, { db, roster, taxonomy })
  const senses = await sensesFor(config, db)
  const quiet = { perMinute: Number.POSITIVE_INFINITY, pause: async () => {} }
  const silent = { say: async () => {}, sendFile: async () => {} }
  const base: Omit<World, 'chat' | 'clock' | 'pace'> = {
    db,
    reader,
    rules,
    senses,
    roster,
    taxonomy,
    log,
    tell: (text) => operator.tell(text),
    patience: 20_000,
    askIn: config.askIn,
    partyDay: config.partyDay,
    filesDir: join(config.dataDir, 'files'),
  }

  for (const line of leavingLines(senses)) say(line)
  await probe().catch((error: unknown) => {
    log.error({ err: error }, 'the model does not answer')
    say('大模型现在没有答复:听到的先记下,连上了再读。运行 npm run doctor 看看原因。')
  })
  if (config.chat === 'terminal' && !isEmpty && (await wantsSample(db))) {
    say('第一次运行:先放一遍示例的一周(人和事都是编的)。')
    const end = await replaySample({ ...base, chat: silent, pace: quiet })
    say(await ledgerText(db, { roster, taxonomy }))
    say(await digestText(db, weekOf(end), end, { roster, taxonomy, readerName: reader.name }))
  } else if (config.chat === 'terminal') say(await standingText(db))
  const clock = await clockOf(db)
  const since = await sinceOf(db, clock)
  // Nobody can talk to a bot without a terminal.
  if (config.chat === 'terminal' && !process.stdin.isTTY) return close()
  const stop = new AbortController()
  // Whoever presses Ctrl+C under npm and keep sends it several times; the first is enough.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort())
  process.on('disconnect', () => stop.abort())
  stop.signal.addEventListener('abort', () => endSoon(0), { once: true })

  let sendSoon = () => {}
  const { chat, ended } =
    config.chat === 'terminal'
      ? terminal(config, clock, log)
      : await wechat(config, db, { log, operator, alarm, onOutgoing: () => sendSoon() })
  const pace = config.chat === 'terminal' ? quiet : { perMinute: 10, pause: () => wait(2000 + randomInt(1000)) }
  const { bot, intake, sender, desk, jobs } = createBot({ ...base, chat, clock, pace }, since)
  if (config.chat === 'terminal') greet(clock, await readSetting(db, 'sample_offset'), reader.name)
  sendSoon = () => void sender.send().catch((error: unknown) => log.error({ err: error }, 'sending failed'))
  await endSilence(db)
  await sender.recover()
  await bot.recover()
  const alert = (text: string) => operator.warn(text)
  const stopSchedule = startSchedule([...jobs, watchJob({ db, clock, alert })], log)
  await chat.start((message) => bot.hear(message))
  if (config.chat === 'wechat') say('小助手已启动;微信登录好了会说“微信已登录”。按 Ctrl+C 停止。')
  await Promise.race([ended, aborted(stop.signal)])
  await bot.idle()
  await sender.send()
  stopSchedule()
  await desk.stop()
  await intake.stop()
  await chat.stop()
  await close()
}

function terminal(config: Config, clock: Clock, log: World['log']): Running {
  const onError = (error: unknown) => {
    log.error({ err: error }, 'a line could not be heard')
    say('出了点问题,这一句没有听进去。')
  }
  const chat = new TerminalChat({ clock, ids: randomUUID, onError, botName: config.botName })
  return { chat, ended: chat.ended }
}

type Around = { log: World['log']; operator: Operator; alarm: StorageAlarm; onOutgoing: () => void }

async function wechat(config: Config, db: Db, { log, operator, alarm, onOutgoing }: Around): Promise<Running> {
  say('正在连接微信…')
  const wechaty = await buildBot(config.puppet, join(config.dataDir, 'wechat'))
  const ended = Promise.withResolvers<void>()
  const chat = new WechatyChat(wechaty, {
    db,
    clock: systemClock,
    tell: (text) => operator.tell(text),
    // A silent server is no reason to call anybody: the next process asks again.
    onTrouble: (trouble, text) => {
      if (trouble === 'storage') alarm.raise(text)
      else if (trouble !== 'silent') operator.alert(text)
    },
    onError: (error) => log.error({ err: error }, 'WeChat'),
    random: (below) => randomInt(below),
    botName: config.botName,
    markFile: join(config.dataDir, 'being-stored'),
    qrFile: join(config.dataDir, 'wechat-login.png'),
    onGap: async (gap) => {
      const once = `gap/${gap.from.toISOString()}`
      await enqueue(db, { room: 'committee', kind: 'notice', text: gapText(gap), once }, systemClock.now())
      onOutgoing()
    },
    exit: (code) => {
      process.exitCode = code
      endSoon(code)
      ended.resolve()
    },
  })
  return { chat, ended: ended.promise }
}

function greet(clock: Clock, offset: string | null, readerName: string): void {
  const time = offset === null ? '' : `(示例时间 ${timeText(clock.now())})`
  say(
    [
      `\n现在您就在群里了${time}。${readerName === 'rules' ? '没有接大模型,由关键词规则来读,记下的都先待确认。' : ''}`,
      '  丁惠芳: 我们栋电梯又停了      在居民群说一句',
      '  支委群> 汇总                  在支委群问一句',
      '  退出                          离开',
    ].join('\n'),
  )
}

async function wantsSample(db: Db): Promise<boolean> {
  if ((await readSetting(db, 'sample_running')) === 'yes') return true
  const heard = await db.selectFrom('message').select('seq').limit(1).executeTakeFirst()
  return heard === undefined && (await readSetting(db, 'since')) === null
}

async function clockOf(db: Db): Promise<Clock> {
  const offset = await readSetting(db, 'sample_offset')
  return offset === null ? systemClock : sampleClock(Number(offset))
}

async function sinceOf(db: Db, clock: Clock): Promise<Date> {
  const known = await readSetting(db, 'since')
  if (known !== null) return new Date(known)
  await saveSetting(db, 'since', clock.now().toISOString())
  return clock.now()
}

/** Whatever hangs must not keep the process from ending, nor the next one from starting. */
function endSoon(code: number): void {
  setTimeout(() => process.exit(code), LONGEST_END).unref()
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  if (signal.aborted) resolve()
  signal.addEventListener('abort', () => resolve(), { once: true })
  return promise
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
