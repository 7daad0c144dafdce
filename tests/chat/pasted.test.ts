import { expect, test } from 'vitest'
import { readPasted } from '../../src/chat/pasted.ts'

const PASTED = `平安是福 2026/5/18 21:07
我们栋电梯又停了
麻烦喊人来修

4组姜泽民 2026/5/18 21:09
收到

邹姨 2026年5月18日 21:10:05
@小助手 汇总
`

test('several copied messages become messages, with their times and all their lines', () => {
  expect(readPasted(PASTED)).toMatchObject([
    {
      sender: '平安是福',
      at: new Date('2026-05-18T21:07:00+08:00'),
      text: '我们栋电梯又停了\n麻烦喊人来修',
      room: 'members',
    },
    { sender: '4组姜泽民', text: '收到' },
    { sender: '邹姨', at: new Date('2026-05-18T21:10:05+08:00'), text: '汇总', toBot: true },
  ])
})

test('the same message pasted twice has the same id', () => {
  expect(readPasted(PASTED).map(({ id }) => id)).toEqual(
    readPasted(`\ufeff${PASTED.replaceAll('\n', '\r\n')}`).map(({ id }) => id),
  )
})

test('an unknown shape is refused with the first line it failed on', () => {
  expect(() => readPasted('你好\n平安是福 2026/5/18 21:07\n早')).toThrow('第1行看不懂:“你好”')
  expect(() => readPasted('')).toThrow('里面没有聊天')
  expect(() => readPasted('邹姨 2026/15/48 21:07\n早')).toThrow('时间不对')
})

test('the first line that does not fit is named, wherever it stands', () => {
  const good = '平安是福 2026/5/18 21:07\n早\n\n'
  expect(() => readPasted(`${good}邹姨 昨天 21:08\n早`)).toThrow('第4行看不懂:“邹姨 昨天 21:08”')
  expect(() => readPasted(`${good}邹姨 21:08\n早`)).toThrow('第4行看不懂')
  expect(() => readPasted(`${good}邹姨 2026/5/18 下午9:08\n早`)).toThrow('第4行看不懂')
  expect(() => readPasted(`${good}邹姨 2026/2/31 21:08\n早`)).toThrow('第4行时间不对')
  expect(() => readPasted(`${good}邹姨 2026/5/18 24:61\n早`)).toThrow('第4行时间不对')
})

test('words that end in a time stay words', () => {
  const [only] = readPasted('平安是福 2026/5/18 21:07\n集合:\n明天 8:30\n\n门口集合')
  expect(only!.text).toBe('集合:\n明天 8:30\n\n门口集合')
})

test('what a copy shows in place of a picture, a voice message or a file is not taken for words', () => {
  const shown = ['[图片]', '[语音]12″', '[文件] 通知.docx', '[动画表情]']
  const copy = shown.map((words) => `邹姨 2026/5/18 21:07\n${words}\n`).join('\n')
  expect(readPasted(copy).map(({ kind, text }) => [kind, text])).toEqual([
    ['image', ''],
    ['voice', ''],
    ['file', ''],
    ['other', ''],
  ])
})
