import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { until } from './fast-time.ts'
import { stored, withTowns } from './town.ts'

const towns = withTowns()
const FILE = '.memory-card.json'

describe('logging in', () => {
  it('shows the QR code, binds a room by the code said in it and hears what is said', async () => {
    const { standIn, committee, who, folder, start } = await towns.open()
    const qrFile = join(folder, 'qr.png')
    standIn.doesScan = false
    const bot = await start({ qrFile })
    await until(() => bot.troubles.includes('qr') && existsSync(qrFile), 'the operator was told')
    expect(bot.shown.join('')).toMatch(/备用的实名微信号[\s\S]*█[\s\S]*二维码也在这个图片里/)
    expect(readFileSync(qrFile).subarray(1, 4).toString()).toBe('PNG')
    standIn.doesScan = true
    await bot.bind('支委群', committee)
    expect(existsSync(qrFile)).toBe(false)
    standIn.say(committee, who('史德芬'), '5栋电梯停了')
    await until(() => bot.heard.length > 0, 'something was heard')
    expect(bot.heard).toMatchObject([{ room: 'committee', sender: '史德芬', text: '5栋电梯停了' }])
    expect(bot.errors).toEqual([])
  })

  it('needs no QR code after it was stopped, and the session is a file only its owner reads', async () => {
    const { standIn, committee, who, folder, session, start, startBound } = await towns.open()
    const bot = await startBound()
    await bot.stop()
    expect(standIn.callsOf('webwxlogout')).toBe(0)
    expect(statSync(session + FILE).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).filter((name) => name.startsWith('wechat'))).toEqual([`wechat${FILE}`])
    expect(JSON.parse(readFileSync(session + FILE, 'utf8'))).toHaveProperty([
      '\rpuppet\nPUPPET-WECHAT4U',
      'PROP',
      'uin',
    ])
    standIn.say(committee, who('史德芬'), '小助手不在的时候说的')
    const again = await start()
    await until(() => again.texts().includes('小助手不在的时候说的'), 'what was said meanwhile was heard')
    expect(standIn.callsOf('jslogin')).toBe(1)
    expect(again.exits).toEqual([])
  })

  it('says in WeChat’s words that the account is refused, and does not ask again at once', async () => {
    const { standIn, start } = await towns.open()
    standIn.isRefused = true
    const bot = await start()
    await until(() => bot.troubles.includes('refused'), 'the refusal was told')
    expect(bot.told.at(-1)).toBe(
      '微信不让这个号登录:1203 为了你的帐号安全，此微信号不能登录网页微信。请换一个号扫码,或先在手机上解除限制。',
    )
    await towns.pass(40)
    expect(standIn.callsOf('jslogin')).toBe(1)
    standIn.isRefused = false
    await bot.loggedIn()
  })

  it('keeps the session over a start without network or with a server in trouble', async () => {
    const { standIn, committee, who, start, startBound } = await towns.open()
    await (await startBound()).stop()
    standIn.fail('webwxinit', 'cut', { status: 502 }, 'cut')
    const bot = await start()
    await bot.loggedIn()
    standIn.say(committee, who('史德芬'), '在吗')
    await until(() => bot.texts().includes('在吗'), 'it heard again')
    expect(standIn.callsOf('jslogin')).toBe(1)
  })
})

describe('staying logged in', () => {
  it('ends with 75 when it is logged out on the phone; the next start asks for a QR code and knows the rooms', async () => {
    const { standIn, committee, who, session, db, start, startBound } = await towns.open()
    const bot = await startBound()
    standIn.say(committee, who('丁惠芳'), '踢之前')
    await until(() => bot.texts().includes('踢之前'), 'it was heard')
    standIn.kick()
    await bot.ended()
    expect(bot.exits).toEqual([75])
    expect(bot.troubles).toEqual(['qr', 'logged-out'])
    expect(readFileSync(session + FILE, 'utf8')).not.toContain('uin')
    await bot.stop()
    standIn.say(committee, who('丁惠芳'), '踢之后')
    const again = await start()
    await until(() => again.texts().includes('踢之后'), 'it was heard again')
    expect(standIn.callsOf('jslogin')).toBe(2)
    expect(standIn.people.generation).toBe(2)
    expect((await stored(db)).map(({ text }) => text)).toEqual(['踢之前', '踢之后'])
    await again.chat.say('committee', '收到')
    expect(standIn.sent.at(-1)).toMatchObject({ to: { topic: '支委会' }, text: '收到' })
  })

  it('gives up a session that is greeted and thrown out again and again, instead of greeting for ever', async () => {
    const { standIn, startBound } = await towns.open()
    const bot = await startBound()
    const before = standIn.callsOf('webwxinit')
    standIn.fail('synccheck', ...Array.from({ length: 20 }, () => ({ retcode: '1102' })))
    await bot.ended()
    expect(bot.troubles.at(-1)).toBe('logged-out')
    expect(standIn.callsOf('webwxinit') - before).toBe(2)
  })

  it('believes the server’s greeting, not one answer that says it is logged out', async () => {
    const { standIn, committee, who, startBound } = await towns.open()
    const bot = await startBound()
    standIn.fail('synccheck', { retcode: '1101' })
    await until(() => standIn.callsOf('webwxinit') === 2, 'it greeted again')
    standIn.say(committee, who('史德芬'), '还在吗')
    await until(() => bot.texts().includes('还在吗'), 'it heard on')
    expect(bot.exits).toEqual([])
    expect(standIn.callsOf('jslogin')).toBe(1)
  })

  it('recovers from three failed syncs with every id new: hears on, and writes to the new rooms only', async () => {
    const { standIn, committee, members, who, startBound } = await towns.open()
    const bot = await startBound()
    standIn.rotatesAtNextInit = true
    standIn.fail('synccheck', { retcode: '1' }, { retcode: '1' }, { retcode: '1' })
    await until(() => standIn.people.generation === 2, 'the ids were new')
    standIn.say(members, who('邹姨'), '断过以后说的')
    await until(() => bot.texts().includes('断过以后说的'), 'it was heard')
    expect(bot.heard.at(-1)).toMatchObject({ room: 'members', sender: '邹姨' })
    await until(
      () =>
        bot.chat.say('committee', '收到').then(
          () => true,
          () => false,
        ),
      'it could speak',
    )
    expect(standIn.sent.at(-1)).toMatchObject({ to: { topic: '支委会' }, text: '收到' })
    expect(bot.puppet.currentUserId).toBe(standIn.people.idOf(standIn.people.me))
    standIn.say(committee, standIn.people.me, '手机上自己说的')
    standIn.say(committee, who('黎翠萍'), '完')
    await until(() => bot.texts().includes('完'), 'it heard on')
    expect(bot.texts()).not.toContain('手机上自己说的')
    expect(bot.exits).toEqual([])
  })

  it('keeps its one connection when the machine has slept and Wechaty’s watchdog bites', async () => {
    const { standIn, committee, who, startBound } = await towns.open()
    const bot = await startBound()
    const before = bot.puppet.wechat4u
    await bot.puppet.reset()
    standIn.say(committee, who('史德芬'), '还在吗')
    await until(() => bot.texts().includes('还在吗'), 'it heard on')
    expect(bot.puppet.wechat4u).toBe(before)
    expect(standIn.callsOf('webwxinit')).toBe(1)
  })

  it('is not logged out by three moons from a stranger, nor by the words of its library', async () => {
    const { standIn, committee, who, startBound } = await towns.open()
    const bot = await startBound()
    standIn.say(committee, who('老周'), '🌚 🌝🌚 🌝🌚 🌝')
    standIn.say(committee, who('史德芬'), '退出wechat4u', { more: { ToUserName: 'filehelper' } })
    standIn.say(committee, who('史德芬'), '还在吗')
    await until(() => bot.texts().includes('还在吗'), 'it heard on')
    expect(bot.texts()).toContain('🌚 🌝🌚 🌝🌚 🌝')
    expect(standIn.callsOf('webwxlogout')).toBe(0)
    expect(bot.exits).toEqual([])
  })
})
