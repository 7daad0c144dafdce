import { encode } from 'silk-wasm'

/** A tone as WeChat would record it: silk with the byte in front that only WeChat has. */
export async function silkTone(seconds = 1): Promise<Buffer> {
  return Buffer.from((await encode(tone(seconds), RATE)).data)
}

/** The first bytes of an mp3 without a tag, and nothing that could be heard. */
export const MP3 = Buffer.from([0xff, 0xfb, 0x90, 0x64, ...Array.from({ length: 400 }, () => 0)])

/** The first bytes of a photo, and nothing that could be seen. */
export const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Array.from({ length: 200 }, (_, at) => at)])

const RATE = 24_000

function tone(seconds: number): Uint8Array {
  const samples = Int16Array.from({ length: RATE * seconds }, (_, at) =>
    Math.round(8000 * Math.sin((2 * Math.PI * 440 * at) / RATE)),
  )
  return new Uint8Array(samples.buffer)
}
