import { describe, expect, it } from 'vitest'
import { gapText } from '../../src/chat/gaps.ts'
import { until } from './fast-time.ts'
import { withTowns } from './town.ts'

const towns = withTowns()

describe('after a gap', () => {
  it('says once which hours were not heard', async () => {
    const { standIn, db, committee, who, start, startBound } = await towns.open()
    const bot = await startBound()
    towns.jump(2)
    await towns.pass(10)
    await bot.stop()
    const stopped = towns.clock.now()
    towns.jump(20)
    const again = await start()
    await until(() => again.gaps.length > 0, 'the gap was told')
    const [gap] = again.gaps
    expect(Math.abs(gap!.from.getTime() - stopped.getTime())).toBeLessThan(90_000)
    expect((gap!.to.getTime() - gap!.from.getTime()) / 60_000).toBeGreaterThan(19)
    const written = db.selectFrom('gap').select(['from_at', 'to_at'])
    expect(await written.execute()).toEqual([{ from_at: gap!.from.toISOString(), to_at: gap!.to.toISOString() }])
    await again.stop()
    const third = await start()
    standIn.say(committee, who('黎翠萍'), '完')
    await until(() => third.texts().includes('完'), 'it heard on')
    expect(third.gaps).toEqual([])
    expect(await written.execute()).toHaveLength(1)
  })

  it('says nothing of the time from which the server still gave everything', async () => {
    const { standIn, members, who, start, startBound } = await towns.open()
    const bot = await startBound()
    towns.jump(2)
    await towns.pass(10)
    await bot.stop()
    standIn.say(members, who('邹姨'), '刚停就说的')
    towns.jump(20)
    const again = await start()
    standIn.say(members, who('邹姨'), '完')
    await until(() => again.texts().includes('完'), 'it heard on')
    await towns.pass(60)
    expect(again.texts()).toEqual(['刚停就说的', '完'])
    expect(again.gaps).toEqual([])
  })

  it('names the day where it helps', () => {
    const at = (text: string) => new Date(`2026-${text}:00+08:00`)
    expect(gapText({ from: at('06-03T14:10'), to: at('06-03T16:30') })).toBe(
      '6月3日 14:10—16:30 没听到群里的话,请大家看看有没有漏的。',
    )
    expect(gapText({ from: at('06-03T22:10'), to: at('06-04T07:30') })).toBe(
      '6月3日 22:10—6月4日 07:30 没听到群里的话,请大家看看有没有漏的。',
    )
  })
})
