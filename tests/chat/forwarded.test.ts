import { expect, it } from 'vitest'
import { readForwarded } from '../../src/chat/forwarded.ts'
import { escapeText } from '../wechat/people.ts'

const item = (by: string, words: string, type = 1, more = '') =>
  `<dataitem datatype="${type}"><datadesc>${words}</datadesc><sourcename>${by}</sourcename>${more}</dataitem>`
const list = (...items: string[]) =>
  `<recordinfo><datalist count="${items.length}">${items.join('')}</datalist></recordinfo>`

it('reads the record however it is wrapped', () => {
  const inner = list(item('老周', '灯坏了'), item('小吴', '我家也是'))
  const read = '[聊天记录] 群\n老周: 灯坏了\n小吴: 我家也是'
  expect(readForwarded(`<title>群</title><recorditem><![CDATA[${inner}]]></recorditem>`)).toBe(read)
  expect(readForwarded(`<title>群</title><recorditem>${escapeText(inner)}</recorditem>`)).toBe(read)
})

it('names a record inside a record and reads on behind it', () => {
  const nested = `<recordxml>${list(item('甲', '里面', 17, `<recordxml>${list(item('乙', '更里面'))}</recordxml>`))}</recordxml>`
  const record = list(
    item('老周', '他们说的', 17, nested),
    item('小吴', '之间'),
    item('老周', '又一份', 17, nested),
    item('小吴', '后面'),
  )
  expect(readForwarded(`<recorditem><![CDATA[${record}]]></recorditem>`).split('\n')).toEqual([
    '[聊天记录]',
    '老周: [聊天记录] 他们说的',
    '小吴: 之间',
    '老周: [聊天记录] 又一份',
    '小吴: 后面',
  ])
})

it('keeps a line whose author is not named, and no empty one', () => {
  const record = list(item('', '谁说的'), item('老周', ''), item('老周', '?', 99))
  expect(readForwarded(`<recorditem><![CDATA[${record}]]></recorditem>`)).toBe(
    '[聊天记录]\n某人: 谁说的\n老周: [其他] ?',
  )
})

it('is quick with a record made to be slow', () => {
  const began = performance.now()
  readForwarded(`<recorditem><![CDATA[${'<dataitem datatype="1"><recordxml>'.repeat(20_000)}]]></recorditem>`)
  expect(performance.now() - began).toBeLessThan(500)
})
