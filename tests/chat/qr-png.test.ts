import { inflateSync } from 'node:zlib'
import qrcode from 'qrcode-terminal'
import { expect, test } from 'vitest'
import { qrPng } from '../../src/chat/qr-png.ts'

const LINK = 'https://login.weixin.qq.com/l/abcdef=='

/** The dark squares of the picture, its white border left out, as rows of # and spaces. */
function squaresOf(png: Buffer): string[] {
  const width = png.readUInt32BE(16)
  const data = png.indexOf('IDAT')
  const rows = inflateSync(png.subarray(data + 4, data + 4 + png.readUInt32BE(data - 4)))
  const at = (x: number, y: number) => (rows[y * (width + 1) + 1 + x] === 0 ? '#' : ' ')
  const count = width / 8
  const all = Array.from({ length: count }, (_, row) =>
    Array.from({ length: count }, (_, column) => at(column * 8 + 4, row * 8 + 4)).join(''),
  )
  expect([...all.slice(0, 4), ...all.slice(-4)].join('').trim()).toBe('')
  return all.slice(4, -4).map((row) => row.slice(4, -4))
}

test('the picture shows the very code that the terminal shows', async () => {
  let drawn = ''
  qrcode.generate(LINK, { small: true }, (text) => {
    drawn = text
  })
  // In the terminal each sign is two squares, one above the other; light is drawn, dark is left out.
  const dark: Record<string, [string, string]> = { '█': [' ', ' '], '▀': [' ', '#'], '▄': ['#', ' '], ' ': ['#', '#'] }
  const shown = drawn
    .split('\n')
    .slice(1, -1)
    .flatMap((line) =>
      [0, 1].map((half) =>
        [...line]
          .slice(1, -1)
          .map((sign) => dark[sign]![half])
          .join(''),
      ),
    )
  const squares = squaresOf(await qrPng(LINK))
  expect(squares.length).toBeGreaterThan(20)
  expect(shown.slice(0, squares.length)).toEqual(squares)
})
