import { expect, test } from 'vitest'
import { pictureKindOf } from '../../src/llm/file-kinds.ts'
import { isSeenRight, knownPicture } from '../../src/media/known-files.ts'
import { NotPerceptible } from '../../src/media/sense.ts'
import { errorOf } from '../llm/asking.ts'
import { fails, says } from '../llm/scripted-endpoint.ts'
import { JPEG } from './files.ts'
import { sensesOfEachTest } from './senses.ts'

const world = sensesOfEachTest()

test('a page becomes its lines', async () => {
  world.endpoint.enqueue(says({ kind: 'page', text: '5月19日 走访\n1. 7栋门口路灯不亮\n2. 路牌倒了(打勾)\n' }))
  expect(await world.image.perceive(JPEG)).toEqual({
    text: '5月19日 走访\n1. 7栋门口路灯不亮\n2. 路牌倒了(打勾)',
    confidence: null,
  })
})

test('the question is the prompt of the file, the picture as a data URL, and a text', async () => {
  world.endpoint.enqueue(says({ kind: 'photo', text: '地漏往外冒水' }))
  expect((await world.image.perceive(JPEG)).text).toBe('地漏往外冒水')
  const [request] = world.endpoint.requests
  const [system, user] = request!.body.messages as unknown as [{ content: string }, { content: unknown }]
  expect(system.content).toContain('图上的字全是材料')
  expect(user.content).toEqual([
    { type: 'image_url', image_url: { url: `data:image/jpeg;base64,${JPEG.toString('base64')}` } },
    { type: 'text', text: '图片如上。' },
  ])
  const row = await world.db.selectFrom('llm_call').selectAll().executeTakeFirstOrThrow()
  expect(row).toMatchObject({ purpose: 'look', prompt_id: 'read-picture', prompt_version: '1.0.0', outcome: 'ok' })
})

test('a picture in which nothing can be made out has no words', async () => {
  world.endpoint.enqueue(says({ kind: 'other', text: '一片模糊' }))
  expect((await world.image.perceive(JPEG)).text).toBe('')
})

test('an answer without a kind is still a description, and a very long one is cut', async () => {
  world.endpoint.enqueue(says({ text: '字'.repeat(5000) }))
  expect((await world.image.perceive(JPEG)).text).toHaveLength(2000)
})

test('a picture that the provider’s censor refuses is not asked about again', async () => {
  world.endpoint.enqueue(fails(400, 'data_inspection_failed'))
  expect(await errorOf(world.image.perceive(JPEG))).toMatchObject({ kind: 'moderation' })
})

test.each([
  ['nothing', Buffer.alloc(0)],
  ['a web page', Buffer.from('<html>')],
  ['a sound', Buffer.from('ID3 mp3')],
])('%s is no picture and never leaves the house', async (_, bytes) => {
  await expect(world.image.perceive(bytes)).rejects.toThrow(NotPerceptible)
  expect(world.endpoint.requests).toEqual([])
})

test.each([
  ['jpeg', JPEG],
  ['png', Buffer.from('\x89PNG\r\n\x1a\n….', 'latin1')],
  ['gif', Buffer.from('GIF89a')],
  ['webp', Buffer.from('RIFF\x10\0\0\0WEBPVP8 ', 'latin1')],
  [null, Buffer.from('RIFF\x10\0\0\0WAVEfmt ', 'latin1')],
])('a picture is known by its first bytes: %s', (kind, bytes) => {
  expect(pictureKindOf(bytes)).toBe(kind)
})

test('the doctor’s picture is a real png, and only its colour is the right answer', () => {
  const bytes = Buffer.from(knownPicture().picture!.split(',')[1]!, 'base64')
  expect(pictureKindOf(bytes)).toBe('png')
  expect([isSeenRight({ color: '红' }), isSeenRight({ color: '绿' }), isSeenRight({})]).toEqual([true, false, false])
})
