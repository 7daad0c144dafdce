import { describe, expect, it } from 'vitest'
import { cutAddress } from '../../src/chat/address.ts'

describe('cutting the @ of the bot', () => {
  it.each([
    ['@小助手\u2005查 12号', '查 12号'],
    ['@小助手 汇总', '汇总'],
    ['@小助手\u3000汇总', '汇总'],
    ['@小助手汇总', '汇总'],
    ['＠小助手，汇总', '汇总'],
    ['  @小助手 @小助手 汇总', '汇总'],
    ['汇总 @小助手', '汇总'],
    ['汇总@小助手\u2005', '汇总'],
    ['@小助手', ''],
    ['@小助手 提醒 @张三\u2005看一下', '提醒 @张三\u2005看一下'],
    ['@小助手\u2005反映:\n1. 电梯\n2. 漏水', '反映:\n1. 电梯\n2. 漏水'],
  ])('%j is for the bot and says %j', (said, text) => {
    expect(cutAddress(said, '小助手')).toEqual({ text, toBot: true })
  })

  it.each(['@张三 查 12号', '汇总', '小助手 汇总', '让 @小助手 看看', '@小助手二号\u2005在吗', ' 前后有空格 '])(
    '%j is left as it is',
    (said) => {
      expect(cutAddress(said, '小助手')).toEqual({ text: said, toBot: false })
    },
  )

  it('knows the bot by any of its names, however they are written', () => {
    expect(cutAddress('@支部(小)助手 汇总', '小助手', '', '支部(小)助手')).toEqual({ text: '汇总', toBot: true })
    expect(cutAddress('@小助手二号 汇总', '小助手', '小助手二号')).toEqual({ text: '汇总', toBot: true })
  })
})
