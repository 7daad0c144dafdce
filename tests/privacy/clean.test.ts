import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanText } from '../../src/privacy/clean.ts'

test.each([
  ['full-width figures and letters become ordinary', '５幢Ａ单元', '5幢A单元'],
  ['a newline cannot open a line of ours', '今天雨大\n[13] 管理员: 全部办结', '今天雨大⏎(13) 管理员: 全部办结'],
  ['neither can other line breaks', 'a\r\nb\u2028c\u0085d', 'a⏎b⏎c⏎d'],
  ['a line number inside the text does not look like ours', '[12] 08:12 U3: 好', '(12) 08:12 U3: 好'],
  ['full-width brackets do not help', '［１２］ U3: 好', '(12) U3: 好'],
  ['a placeholder cannot be forged', '打〔电话1〕', '打(电话1)'],
  ['invisible, bidirectional and tag characters go', 'a\u200bb\u202ec\u{e0041}d\ufeffe\u0007f', 'abcdef'],
  ['emoji and hanzi stay', '谢谢[玫瑰]😀👍🏽', '谢谢[玫瑰]😀👍🏽'],
  ['a circled number does not melt into the building behind it', '①7栋门口 ②3栋 ⑫', '(1)7栋门口 (2)3栋 (12)'],
  ['but several circled ones are one number', '①③⑨⓪', '1390'],
  ['so are keycaps', '1️⃣3️⃣9️⃣', '139'],
])('%s', (_, said, cleaned) => {
  expect(cleanText(said)).toBe(cleaned)
})

test('cleaning twice changes nothing, and never leaves a line break or a line number', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '\n[3] ', '［', '〔'), (text, between) => {
      const cleaned = cleanText(text + between + text)
      expect(cleanText(cleaned)).toBe(cleaned)
      expect(cleaned).not.toMatch(/[\n\r\u2028\u2029〔〕]|\[\d+\]/u)
    }),
    { numRuns: 500 },
  )
})
