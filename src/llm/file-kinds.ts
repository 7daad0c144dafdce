/** What a sound is, by its first bytes: what WeChat sends, and what transcription endpoints take. */
export type SoundKind = 'silk' | 'mp3' | 'wav'

/** What a picture is, as vision endpoints call it. */
export type PictureKind = 'jpeg' | 'png' | 'webp' | 'gif'

const SILK = '#!SILK_V3'

/**
 * Which kind of sound these bytes are; null when none of the known ones.
 * @example '\x02#!SILK_V3…' (WeChat) and '#!SILK_V3…' → silk; 'ID3…' and a frame header FF Fx → mp3; 'RIFF….WAVE' → wav
 */
export function soundKindOf(bytes: Uint8Array): SoundKind | null {
  const start = latin(bytes, 0, SILK.length + 1)
  if (start.startsWith(SILK) || start.slice(1).startsWith(SILK)) return 'silk'
  if (start.startsWith('RIFF') && latin(bytes, 8, 12) === 'WAVE') return 'wav'
  const [first = 0, second = 0] = bytes
  const isFrame = first === 0xff && (second & 0xe0) === 0xe0 && (second & 0x06) !== 0
  return start.startsWith('ID3') || isFrame ? 'mp3' : null
}

/** Which kind of picture these bytes are; null when none of the known ones. */
export function pictureKindOf(bytes: Uint8Array): PictureKind | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg'
  const start = latin(bytes, 0, 8)
  if (start === '\x89PNG\r\n\x1a\n') return 'png'
  if (start.startsWith('GIF8')) return 'gif'
  return start.startsWith('RIFF') && latin(bytes, 8, 12) === 'WEBP' ? 'webp' : null
}

function latin(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.subarray(from, to)).toString('latin1')
}
