import { soundKindOf } from '../llm/file-kinds.ts'
import { NotPerceptible } from './sense.ts'

const RATE = 16_000
/** WeChat ends a voice message after one minute. */
const LONGEST_SECONDS = 120
const WAV_HEADER = 44

/**
 * A voice message as a file that transcription endpoints take: mp3 and wav as they are, WeChat's silk as wav.
 * @throws NotPerceptible for anything else, what is broken, and what would last longer than two minutes
 */
export async function asSound(bytes: Buffer): Promise<File> {
  const kind = soundKindOf(bytes)
  if (kind === null) throw new NotPerceptible('the file is no sound of a known kind')
  if (kind !== 'silk')
    return new File([Uint8Array.from(bytes)], `voice.${kind}`, { type: `audio/${kind === 'mp3' ? 'mpeg' : kind}` })
  return new File([wavOf(await decodeSilk(bytes))], 'voice.wav', { type: 'audio/wav' })
}

/** Sound of one channel, 16-bit samples at 16 kHz, as a wav file. */
export function wavOf(samples: Uint8Array): Uint8Array<ArrayBuffer> {
  const wav = Buffer.alloc(WAV_HEADER + samples.length)
  wav.write('RIFF', 0, 'latin1')
  wav.writeUInt32LE(wav.length - 8, 4)
  wav.write('WAVEfmt ', 8, 'latin1')
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(RATE, 24)
  wav.writeUInt32LE(RATE * 2, 28)
  wav.writeUInt16LE(2, 32)
  wav.writeUInt16LE(16, 34)
  wav.write('data', 36, 'latin1')
  wav.writeUInt32LE(samples.length, 40)
  wav.set(samples, WAV_HEADER)
  return Uint8Array.from(wav)
}

async function decodeSilk(bytes: Buffer): Promise<Uint8Array> {
  const { decode, getDuration } = await import('silk-wasm')
  // The decoder takes only the shape that WeChat gives to silk, with a byte in front.
  const silk = bytes[0] === 2 ? bytes : Buffer.concat([Buffer.from([2]), bytes])
  try {
    // A small file can claim hours of silence, which would fill the memory.
    if (getDuration(silk) > LONGEST_SECONDS * 1000) throw new NotPerceptible('the voice message is too long')
    return (await decode(silk, RATE)).data
  } catch (error) {
    if (error instanceof NotPerceptible) throw error
    throw new NotPerceptible('the silk file is broken', { cause: asError(error) })
  }
}

/** The decoder throws texts. */
function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
