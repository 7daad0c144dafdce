import { brotliDecompressSync } from 'node:zlib'

/**
 * The code points a WOFF2 file has glyphs for, read from its own `cmap`: what the package says of its slices
 * names some two thousand that they do not hold.
 * @throws Error when the file is no WOFF2 or has no `cmap` of format 4 or 12.
 */
export function readCodePoints(woff2: Buffer): Set<number> {
  if (woff2.toString('latin1', 0, 4) !== 'wOF2') throw new Error('not a WOFF2 font')
  const { start, offset, length } = findCmap(woff2)
  const tables = brotliDecompressSync(woff2.subarray(start, start + woff2.readUInt32BE(20)))
  const cmap = tables.subarray(offset, offset + length)
  const points = new Set<number>()
  let read = 0
  for (let table = 0; table < cmap.readUInt16BE(2); table++) {
    const at = cmap.readUInt32BE(4 + 8 * table + 4)
    const format = cmap.readUInt16BE(at)
    if (format === 4) addSegments(cmap, at, points)
    if (format === 12) addGroups(cmap, at, points)
    if (format === 4 || format === 12) read += 1
  }
  if (read === 0) throw new Error('a font without a cmap of format 4 or 12')
  return points
}

const HEADER = 48
const TAG_CMAP = 0
const TAG_GLYF = 10
const TAG_LOCA = 11
const TAG_WRITTEN_OUT = 63
const NOT_TRANSFORMED = 3

/** Where the compressed tables start in the file, and where `cmap` lies in them once they are unpacked. */
function findCmap(woff2: Buffer): { start: number; offset: number; length: number } {
  let at = HEADER
  let offset = 0
  let found: { offset: number; length: number } | null = null
  const number = () => {
    let value = 0
    for (;;) {
      const byte = woff2.readUInt8(at++)
      value = value * 128 + (byte & 0x7f)
      if (byte < 0x80) return value
    }
  }
  for (let table = 0; table < woff2.readUInt16BE(12); table++) {
    const flags = woff2.readUInt8(at++)
    const tag = flags & 0x3f
    if (tag === TAG_WRITTEN_OUT) at += 4
    const plain = number()
    const isOutline = tag === TAG_GLYF || tag === TAG_LOCA
    const length = (isOutline ? flags >> 6 !== NOT_TRANSFORMED : flags >> 6 !== 0) ? number() : plain
    if (tag === TAG_CMAP) found = { offset, length }
    offset += length
  }
  if (!found) throw new Error('a font without a cmap')
  return { start: at, ...found }
}

function addSegments(cmap: Buffer, at: number, points: Set<number>): void {
  const width = cmap.readUInt16BE(at + 6)
  for (let segment = at + 14; segment < at + 14 + width; segment += 2) {
    const last = Math.min(cmap.readUInt16BE(segment), 0xfffe)
    const first = cmap.readUInt16BE(segment + width + 2)
    const delta = cmap.readUInt16BE(segment + 2 * width + 2)
    const rangeAt = segment + 3 * width + 2
    const range = cmap.readUInt16BE(rangeAt)
    for (let point = first; point <= last; point++) {
      const glyph = range === 0 ? (point + delta) & 0xffff : cmap.readUInt16BE(rangeAt + range + 2 * (point - first))
      if (glyph !== 0) points.add(point)
    }
  }
}

function addGroups(cmap: Buffer, at: number, points: Set<number>): void {
  for (let group = 0; group < cmap.readUInt32BE(at + 12); group++) {
    const [first, last] = [0, 4].map((part) => cmap.readUInt32BE(at + 16 + 12 * group + part)) as [number, number]
    for (let point = first; point <= last; point++) points.add(point)
  }
}
