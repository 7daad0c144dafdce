import { describe, expect, it } from 'vitest'
import { withTowns } from './town.ts'

const towns = withTowns(200)

function mostInAMinute(times: number[]): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + 60_000).length))
}

describe('minutes without an answer', () => {
  it('calls at most ten times a minute while there is no network, and goes on by itself when there is', async () => {
    const { standIn, start } = await towns.open()
    const tries: number[] = []
    const bot = await start({ onRequest: () => tries.push(towns.clock.now().getTime()) })
    standIn.isOffline = true
    standIn.cutLines()
    await towns.pass(120)
    expect(mostInAMinute(tries)).toBeLessThanOrEqual(10)
    expect(tries.length).toBeGreaterThan(3)
    expect(bot.told).toEqual(['连不上微信,请看网络,会接着试。'])
    standIn.isOffline = false
    await bot.loggedIn()
    expect(bot.exits).toEqual([])
  })

  it('calls no oftener with a kept session, nor when the network goes away later', async () => {
    const { standIn, start, startBound } = await towns.open()
    await (await startBound()).stop()
    const tries: number[] = []
    standIn.isOffline = true
    const bot = await start({ onRequest: () => tries.push(towns.clock.now().getTime()) })
    await towns.pass(120)
    expect(mostInAMinute(tries)).toBeLessThanOrEqual(10)
    expect(tries.length).toBeGreaterThan(3)
    standIn.isOffline = false
    await bot.loggedIn()
    await towns.pass(30)
    standIn.isOffline = true
    standIn.cutLines()
    tries.length = 0
    await bot.ended()
    expect(mostInAMinute(tries)).toBeLessThanOrEqual(10)
    expect(bot.exits).toEqual([75])
  })

  it('ends with 75 when nothing answers for five minutes before the login', async () => {
    const { standIn, start } = await towns.open()
    standIn.isOffline = true
    const bot = await start()
    await bot.ended()
    expect(bot.exits).toEqual([75])
    expect(bot.troubles).toEqual(['silent'])
  })

  it('ends with 75 when the server has been silent for three minutes, the heartbeat beating on', async () => {
    const { standIn, startBound } = await towns.open()
    const bot = await startBound()
    standIn.fail('synccheck', ...Array.from({ length: 20 }, () => 'hang' as const))
    await bot.ended()
    expect(bot.exits).toEqual([75])
    expect(bot.troubles.at(-1)).toBe('silent')
    expect(bot.told.at(-1)).toBe('微信好几分钟没有回音,重新连接。')
    expect(bot.puppet.isLoggedIn).toBe(true)
  })
})
