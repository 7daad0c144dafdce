import { crc32, deflateSync } from 'node:zlib'
import { z } from 'zod'
import type { Request } from '../llm/llm.ts'
import { fillPrompt } from '../llm/prompt.ts'
import { wavOf } from './sound.ts'

const RATE = 16_000
const SIDE = 64
const RED = [220, 20, 20]
const TEMPLATE = '看图回答,只用 JSON。color 是整张图的颜色,用一个汉字。例:{"color":"绿"}'
const Seen = z.object({ color: z.string() })

/** One second of a tone, as a wav file: whoever takes it can be sent voice messages. */
export function knownSound(): Buffer {
  const samples = Int16Array.from({ length: RATE }, (_, at) =>
    Math.round(6000 * Math.sin((2 * Math.PI * 440 * at) / RATE)),
  )
  return Buffer.from(wavOf(new Uint8Array(samples.buffer)))
}

/** A question about a picture whose right answer is known; HTTP 200 proves nothing. */
export function knownPicture(): Request {
  return {
    ...{ purpose: 'probe', user: '图片如上。', schema: Seen, jsonSchemaName: 'color', maxTokens: 100 },
    prompt: fillPrompt({ id: 'probe-picture', version: '1', answers: 'the colour of a picture', template: TEMPLATE }),
    picture: `data:image/png;base64,${redSquare().toString('base64')}`,
  }
}

/** Whether an answer to `knownPicture` is the right one. */
export function isSeenRight(value: unknown): boolean {
  return /红|red/iu.test(Seen.safeParse(value).data?.color ?? '')
}

/** A png of one colour. */
function redSquare(): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(SIDE, 0)
  head.writeUInt32BE(SIDE, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const row = Buffer.from([0, ...Array.from({ length: SIDE }, () => RED).flat()])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: SIDE }, () => row)))
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', head),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
