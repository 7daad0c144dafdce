import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { expect, it, onTestFinished, vi } from 'vitest'
import { MINUTE, systemClock } from '../../src/clock.ts'
import { openWebhook } from '../webhook.ts'
import { until } from './fast-time.ts'
import { People } from './people.ts'
import { RealProcess } from './real-process.ts'
import { StandIn } from './stand-in.ts'

vi.setConfig({ testTimeout: 60_000 })

async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'real-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const people = new People()
  const committee = people.room(
    '支委会',
    ['黎翠萍', '史德芬', '丁惠芳'].map((name) => people.person(name)),
  )
  const standIn = await new StandIn({ clock: systemClock, people }).open()
  onTestFinished(() => standIn.close())
  const webhook = await openWebhook()
  const start = (command: 'start' | 'keep' = 'start') => {
    const bot = new RealProcess(standIn.url, folder, { env: { ALERT_WEBHOOK_URL: webhook.url }, command })
    onTestFinished(() => void bot.end('SIGKILL'))
    return bot
  }
  return { folder, committee, standIn, webhook, start }
}

/** What is or was to be said in the committee's room. */
function outboxOf(folder: string): string[] {
  const database = new SqliteDatabase(join(folder, 'ledger.sqlite'), { readonly: true })
  try {
    return database.prepare("select text from outbox where room = 'committee'").pluck().all() as string[]
  } finally {
    database.close()
  }
}

it('npm run keep, a whole life: scanning, binding, SIGKILL, a gap, the phone’s logout, Ctrl+C', async () => {
  const { folder, committee, standIn, webhook, start } = await open()
  const speaker = committee.members[1]!.person
  const said = (words: string) => standIn.sent.filter(({ text }) => text.includes(words)).length
  standIn.doesScan = false
  const keeper = start('keep')
  await until(() => webhook.got.length > 0, 'the operator was called', 20_000)
  expect(webhook.contents()).toEqual([
    `居民诉求小助手:要用备用微信号扫码登录,二维码在这个图片里:${join(folder, 'wechat-login.png')}。`,
  ])
  expect(readdirSync(folder)).toContain('wechat-login.png')
  standIn.doesScan = true
  standIn.say(committee, speaker, await keeper.sentence('支委群'))
  await until(() => said('已绑定为支委群') === 1, 'the room was bound', 20_000)

  process.kill(Number(execFileSync('pgrep', ['-P', String(keeper.child.pid)], { encoding: 'utf8' })), 'SIGKILL')
  await keeper.says('小助手停了(SIGKILL),3秒后再启动。')
  // The machine was off for some time.
  const database = new SqliteDatabase(join(folder, 'ledger.sqlite'))
  const long = new Date(Date.now() - 40 * MINUTE).toISOString()
  database.prepare("insert or replace into setting values ('last_sync', ?)").run(long)
  database.close()
  // Said at once by day and in the morning by night: what counts here is that it stands in the outbox, once.
  const gaps = () => outboxOf(folder).filter((text) => text.includes('没听到群里的话,请大家看看有没有漏的'))
  await until(() => gaps().length === 1, 'the gap was to be told', 40_000)
  standIn.say(committee, speaker, '状态')
  await until(() => said('核对:听到') === 1, 'it answered', 20_000)
  expect(standIn.callsOf('jslogin')).toBe(1)
  expect(webhook.got).toHaveLength(1)

  standIn.kick()
  await keeper.says('小助手停了(75),6秒后再启动。')
  standIn.say(committee, speaker, '状态')
  await until(() => said('核对:听到') === 2, 'it answered in the new login', 40_000)
  expect(standIn.callsOf('jslogin')).toBe(2)
  expect(webhook.contents()[1]).toBe(
    '居民诉求小助手:微信已退出登录(手机上退出了,或登录过期了),群里的话听不到了,要重新扫码。',
  )
  expect(await keeper.end('SIGINT')).toEqual([0, null])
  expect(standIn.callsOf('webwxlogout')).toBe(0)
  expect(gaps()).toHaveLength(1)
  expect(standIn.sent.every(({ to }) => to === committee)).toBe(true)
})

it('a refused account is told in WeChat’s own words', async () => {
  const { standIn, webhook, start } = await open()
  standIn.isRefused = true
  const bot = start()
  await until(() => webhook.got.length === 2, 'the operator was called', 20_000)
  expect(webhook.contents()[1]).toContain('微信不让这个号登录:1203 为了你的帐号安全，此微信号不能登录网页微信')
  expect(await bot.end('SIGTERM')).toEqual([0, null])
})

it('a ledger that cannot be opened is told too', async () => {
  const { folder, webhook, start } = await open()
  writeFileSync(join(folder, 'ledger.sqlite'), 'this is no database, and was never one'.repeat(200))
  const bot = start()
  expect((await bot.ended)[0]).toBe(1)
  expect(bot.shown).toContain('数据库文件坏了')
  expect(webhook.contents()).toEqual([
    '居民诉求小助手:起不来:数据库或硬盘出了问题(SQLITE_NOTADB)。请运行 npm run doctor 看看,必要时用备份恢复。',
  ])
})
