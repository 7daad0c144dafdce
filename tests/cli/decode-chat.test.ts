import { expect, test } from 'vitest'
import { decodeChat } from '../../src/cli/decode-chat.ts'

/** 「邹姨」 as GB18030 writes it. */
const GB18030 = Uint8Array.of(0xd7, 0xde, 0xd2, 0xcc)

test('UTF-8 and what Notepad in China saves are both read', () => {
  expect(decodeChat(Buffer.from('邹姨'))).toBe('邹姨')
  expect(decodeChat(GB18030)).toBe('邹姨')
})

test.each([
  ['UTF-16', Buffer.from('邹姨 2026/5/18 21:07', 'utf16le')],
  ['no text at all', Uint8Array.of(0xff, 0xff, 0xff)],
])('%s is refused with a sentence', (_, bytes) => {
  expect(() => decodeChat(bytes)).toThrow('请用记事本打开它,另存为 UTF-8')
})
