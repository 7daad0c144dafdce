import { expect, test } from 'vitest'
import { openClient } from '../../src/llm/client.ts'
import { type Cargo, textIn } from '../../src/llm/looked-through.ts'
import { JPEG, MP3 } from '../media/files.ts'
import { worldOfEachTest } from './asking.ts'
import { says } from './scripted-endpoint.ts'

const world = worldOfEachTest()
const PHONE = '13900001234'
const PICTURE = `data:image/jpeg;base64,${JPEG.toString('base64')}`

function form(fields: Record<string, string | File>): FormData {
  const made = new FormData()
  for (const [name, value] of Object.entries(fields)) made.append(name, value)
  return made
}

function sound(bytes: Buffer, name = 'voice.mp3'): File {
  return new File([Uint8Array.from(bytes)], name, { type: 'audio/mpeg' })
}

function question(...parts: object[]): string {
  return JSON.stringify({ model: 'm', messages: [{ role: 'user', content: parts }] })
}

const picture = (url: unknown) => ({ type: 'image_url', image_url: { url } })

/** What arrives of a body sent by a client with this cargo: 1 or nothing. */
async function arrives(body: string | FormData, cargo?: Cargo): Promise<number> {
  world.endpoint.enqueue(says('好'))
  const client = openClient({ baseUrl: world.endpoint.baseUrl, apiKey: 'none', timeoutMs: 5000, cargo })
  const { fetch } = client as unknown as { fetch: typeof globalThis.fetch }
  await fetch(`${world.endpoint.baseUrl}/x`, { method: 'POST', body, headers: jsonUnlessForm(body) }).catch(() => {})
  return world.endpoint.requests.length
}

function jsonUnlessForm(body: string | FormData): Record<string, string> {
  return typeof body === 'string' ? { 'content-type': 'application/json' } : {}
}

test('the ear’s client carries one sound, and the text beside it is searched', async () => {
  expect(await arrives(form({ model: 'whisper', file: sound(MP3) }), 'sound')).toBe(1)
})

test.each([
  ['a number in a field', form({ prompt: `打${PHONE}`, file: sound(MP3) })],
  ['a number in the name of a field', form({ [PHONE]: '好', file: sound(MP3) })],
  ['a number in the name of the file', form({ file: sound(MP3, `${PHONE}.mp3`) })],
  ['a file that is no sound', form({ file: sound(Buffer.from(`电话 ${PHONE}`)) })],
  ['a sound in another field', form({ file: sound(MP3), more: sound(MP3) })],
  ['a number in JSON', JSON.stringify({ model: 'm', input: PHONE })],
])('the ear’s client stops %s', async (_, body) => {
  expect(await arrives(body, 'sound')).toBe(0)
})

test('the eye’s client carries a picture, and the text beside it is searched', async () => {
  expect(await arrives(question(picture(PICTURE), { type: 'text', text: '图片如上。' }), 'picture')).toBe(1)
})

test.each([
  ['a number beside the picture', question(picture(PICTURE), { type: 'text', text: `打${PHONE}` })],
  ['a number in an address', question(picture(`https://example.com/${PHONE}.jpg`))],
  ['a number behind the picture', question(picture(`${PICTURE} ${PHONE}`))],
  [
    'text that calls itself a picture',
    question(picture(`data:image/jpeg;base64,${Buffer.from(`打${PHONE}`).toString('base64')}`)),
  ],
  ['a number in a part that is no picture', question({ type: 'text', text: PHONE, image_url: { url: PICTURE } })],
  ['a number that a second key hides', question(picture(PICTURE)).replace('{', `{"user":"${PHONE}","user":"",`)],
  ['a form', form({ model: 'm', file: sound(MP3) })],
])('the eye’s client stops %s', async (_, body) => {
  expect(await arrives(body, 'picture')).toBe(0)
})

test('a client without cargo sends neither', async () => {
  expect(await arrives(form({ file: sound(MP3) }))).toBe(0)
  expect(await textIn(question(picture(PICTURE)))).toContain(PICTURE)
})
