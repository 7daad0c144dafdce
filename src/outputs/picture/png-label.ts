import { crc32 } from 'node:zlib'

const SIGNATURE_AND_HEADER = 8 + 25

/** Adds text chunks after the header of a PNG: the implicit label that a machine made it. Keys are Latin, values UTF-8. */
export function labelPng(png: Uint8Array, labels: Readonly<Record<string, string>>): Uint8Array {
  const chunks = Object.entries(labels).map(([key, value]) => internationalText(key, value))
  return Buffer.concat([png.subarray(0, SIGNATURE_AND_HEADER), ...chunks, png.subarray(SIGNATURE_AND_HEADER)])
}

/** Width and height of a PNG in pixels. */
export function pngSize(png: Uint8Array): { width: number; height: number } {
  const view = new DataView(png.buffer, png.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

function internationalText(key: string, value: string): Buffer {
  const body = Buffer.concat([Buffer.from('iTXt'), Buffer.from(`${key}\0\0\0\0\0`, 'latin1'), Buffer.from(value)])
  const chunk = Buffer.alloc(body.length + 8)
  chunk.writeUInt32BE(body.length - 4, 0)
  body.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(body), body.length + 4)
  return chunk
}
