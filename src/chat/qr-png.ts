import { crc32, deflateSync } from 'node:zlib'

const SCALE = 8
const BORDER = 4

/** The QR code of a text as a PNG, black on white, each square 8 pixels wide. */
export async function qrPng(text: string): Promise<Buffer> {
  const { default: QRCode } = await import('qrcode-terminal/vendor/QRCode/index.js')
  const code = new QRCode(-1, 1)
  code.addData(text)
  code.make()
  const squares = code.getModuleCount()
  const size = (squares + 2 * BORDER) * SCALE
  const isDark = (row: number, column: number) =>
    row >= 0 && column >= 0 && row < squares && column < squares && code.isDark(row, column)
  const rows = Array.from({ length: size }, (_, y) => {
    const row = Math.floor(y / SCALE) - BORDER
    const pixels = Array.from({ length: size }, (_, x) => (isDark(row, Math.floor(x / SCALE) - BORDER) ? 0 : 255))
    return Buffer.from([0, ...pixels])
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  header.set([8, 0, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
