import { spawnSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { buildBot } from '../../src/chat/build-bot.ts'
import { assertPuppet, assertVersions, assertWechat4u } from '../../src/chat/wechat4u/insides.ts'
import { WECHAT4U } from '../../src/chat/wechat4u/load.ts'

it('takes off the listener that would survive any error, and only that one', async () => {
  const own = () => {}
  process.on('uncaughtException', own)
  const before = process.listeners('uncaughtException')
  const bot = await buildBot(WECHAT4U)
  await bot.init()
  expect(process.listeners('uncaughtException')).toEqual(before)
  expect(bot.puppet.name()).toContain(WECHAT4U)
  process.off('uncaughtException', own)
})

it('a crash is a crash: what nobody catches ends the process', () => {
  const load = resolve(import.meta.dirname, '../../src/chat/wechat4u/load.ts')
  for (const crash of ["setTimeout(() => { throw new Error('crash') })", "Promise.reject(new Error('crash'))"]) {
    const code = `const { newWechat4u } = await import(${JSON.stringify(load)}); await newWechat4u(); ${crash}; setInterval(() => {}, 1000)`
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' })
    expect(stderr).toContain('Error: crash')
    expect(status).toBe(1)
  }
})

it('says clearly that other versions are installed than those it was written for', () => {
  expect(() => assertVersions('1.14.14')).not.toThrow()
  expect(() => assertVersions('1.15.0')).toThrow(
    '连接微信的程序包版本不对:wechaty-puppet-wechat4u 要 1.14.14,现在是 1.15.0。请在本文件夹运行 npm ci。',
  )
  expect(() => assertVersions('1.14.14', '0.8.0')).toThrow('wechat4u 要 0.7.14,现在是 0.8.0')
  expect(() => assertPuppet({ monkeyPatch: () => {} })).toThrow('里面和原来不一样了(没有 getContactsInfo、')
  expect(() => assertWechat4u({})).toThrow('请在本文件夹运行 npm ci')
  const withoutVoices = new Proxy({ CONF: { API_webwxgetmsgimg: 'https://wx' } }, { get: readOrMethod })
  expect(() => assertWechat4u(withoutVoices)).toThrow('没有 API_webwxgetvoice)')
})

function readOrMethod(target: object, name: string): unknown {
  return Reflect.get(target, name) ?? (() => {})
}
