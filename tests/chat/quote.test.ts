import { describe, expect, it } from 'vitest'
import { parseQuote } from '../../src/chat/quote.ts'
import { readWords } from '../../src/chat/words.ts'

const LINE = '- - - - - - - - - - - - - - -'

describe('reading a quote', () => {
  it.each([
    [`「张三：楼道灯坏了」\n${LINE}\n修好了`],
    ['「张三:楼道灯坏了」\n———\n修好了'],
    ['「张三：楼道灯坏了」\n---\n修好了'],
    ['「张三： 楼道灯坏了」 \n— — — — \n修好了\n'],
  ])('%j answers 张三 with 修好了', (text) => {
    expect(parseQuote(text)).toEqual({ quotedSender: '张三', quotedText: '楼道灯坏了', own: '修好了' })
  })

  it('keeps the lines of both sides', () => {
    expect(parseQuote(`「张三：反映:\n1. 灯\n2. 水」\n${LINE}\n第一条好了\n第二条没有`)).toEqual({
      quotedSender: '张三',
      quotedText: '反映:\n1. 灯\n2. 水',
      own: '第一条好了\n第二条没有',
    })
  })

  it('takes only what stands after the last separator as said now', () => {
    expect(parseQuote(`「李四：「张三：灯坏了」\n${LINE}\n哪栋」\n${LINE}\n5栋`)).toEqual({
      quotedSender: '李四',
      quotedText: '哪栋',
      own: '5栋',
    })
  })

  it.each([
    '「3号楼」的灯坏了\n---\n真的',
    '「张三：灯坏了」',
    '「张三：灯坏了」\n--\n修好了',
    '今天的菜单\n---\n白菜',
  ])('%j is no quote', (text) => {
    expect(parseQuote(text)).toBeNull()
  })

  it('hears the bot addressed in the answer', () => {
    expect(readWords(`「张三：灯坏了」\n${LINE}\n@小助手\u2005登记`, '小助手')).toEqual({
      kind: 'text',
      text: '登记',
      toBot: true,
      quotedText: '灯坏了',
    })
  })
})
