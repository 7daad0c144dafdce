import { expect, test } from 'vitest'
import { soundKindOf } from '../../src/llm/file-kinds.ts'
import { NotPerceptible } from '../../src/media/sense.ts'
import { asSound, wavOf } from '../../src/media/sound.ts'
import { MP3, silkTone } from './files.ts'

test('WeChat’s silk becomes a wav of the same length that still sounds', async () => {
  const silk = await silkTone(2)
  expect(silk.subarray(0, 10).toString('latin1')).toBe('\x02#!SILK_V3')
  const file = await asSound(silk)
  expect([file.name, file.type]).toEqual(['voice.wav', 'audio/wav'])
  const wav = Buffer.from(await file.arrayBuffer())
  expect(soundKindOf(wav)).toBe('wav')
  expect(wav.readUInt32LE(24)).toBe(16_000)
  expect(wav.readUInt32LE(40)).toBe(wav.length - 44)
  expect((wav.length - 44) / 32_000).toBeCloseTo(2, 0)
  const samples = new Int16Array(wav.buffer.slice(wav.byteOffset + 44))
  expect(crossings(samples.subarray(8000, 24_000))).toBeGreaterThan(860)
  expect(crossings(samples.subarray(8000, 24_000))).toBeLessThan(900)
})

test('silk without WeChat’s byte in front is silk as well', async () => {
  expect((await asSound((await silkTone()).subarray(1))).type).toBe('audio/wav')
})

test('mp3 and wav go as they are', async () => {
  const mp3 = await asSound(MP3)
  expect([mp3.name, mp3.type, Buffer.from(await mp3.arrayBuffer())]).toEqual(['voice.mp3', 'audio/mpeg', MP3])
  const wav = Buffer.from(wavOf(new Uint8Array(320)))
  expect(Buffer.from(await (await asSound(wav)).arrayBuffer())).toEqual(wav)
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a web page', Buffer.from('<html>登录已过期</html>')],
  ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  ['what only begins like mp3', Buffer.from([0xff, 0xf9])],
])('%s is no sound', async (_, bytes) => {
  await expect(asSound(bytes)).rejects.toThrow(NotPerceptible)
})

test('a small silk file that would unpack to hours is refused before it fills the memory', async () => {
  const frames = Buffer.concat(Array.from({ length: 200_000 }, () => Buffer.from([1, 0, 0x0b])))
  const bomb = Buffer.concat([Buffer.from('\x02#!SILK_V3', 'latin1'), frames])
  await expect(asSound(bomb)).rejects.toThrow('too long')
})

/** How often the wave goes up through zero or down: twice its frequency a second. */
function crossings(samples: Int16Array): number {
  return samples.reduce((count, sample, at) => count + (at > 0 && sample >= 0 !== samples[at - 1]! >= 0 ? 1 : 0), 0)
}
