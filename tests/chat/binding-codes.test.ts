import { describe, expect, it } from 'vitest'
import { BindingCodes, parseBinding } from '../../src/chat/binding-codes.ts'

function codes() {
  let next = 41
  return new BindingCodes(() => next++)
}

describe('binding codes', () => {
  it('shows the same code until it is used, and a room has its own', () => {
    const all = codes()
    expect(all.sentence('committee')).toBe('绑定支委群 000041')
    expect(all.sentence('committee')).toBe('绑定支委群 000041')
    expect(all.sentence('members')).toBe('绑定居民群 000042')
    expect(all.use('members', '000041')).toBe(false)
    expect(all.use('committee', '000041')).toBe(true)
    expect(all.use('committee', '000041')).toBe(false)
  })

  it('makes a new code after five wrong ones', () => {
    const all = codes()
    all.sentence('members')
    for (let tries = 0; tries < 5; tries++) expect(all.use('members', '999999')).toBe(false)
    expect(all.use('members', '000041')).toBe(false)
    expect(all.sentence('members')).toBe('绑定居民群 000042')
  })

  it('knows no code that was never shown', () => {
    expect(codes().use('members', '000041')).toBe(false)
  })

  it.each([
    ['绑定支委群 483920', 'committee', '483920'],
    ['绑定居民群　４８３９２０', 'members', '483920'],
    [' 绑 定居民群：483 920。', 'members', '483920'],
    ['绑定支委群12345', 'committee', '12345'],
  ])('reads %j', (text, key, code) => {
    expect(parseBinding(text)).toEqual({ key, code })
  })

  it.each(['绑定支委群', '请绑定支委群 483920', '绑定棋牌群 483920', '绑定支委群 483920 谢谢'])(
    '%j binds nothing',
    (text) => {
      expect(parseBinding(text)).toBeNull()
    },
  )
})
