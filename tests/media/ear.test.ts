import { expect, test } from 'vitest'
import { NotPerceptible } from '../../src/media/sense.ts'
import { errorOf } from '../llm/asking.ts'
import { fails, hears, says } from '../llm/scripted-endpoint.ts'
import { MP3, silkTone } from './files.ts'
import { sensesOfEachTest } from './senses.ts'

const world = sensesOfEachTest()

test('a silk voice message goes out as wav and comes back as words with their sureness', async () => {
  world.endpoint.enqueue(hears(' 我们栋电梯又停了。', 0.8))
  const silk = await silkTone()
  expect(await world.voice.perceive(silk)).toEqual({ text: '我们栋电梯又停了。', confidence: expect.closeTo(0.8, 6) })
  const [request] = world.endpoint.requests
  expect(request).toMatchObject({
    path: '/v1/audio/transcriptions',
    headers: { authorization: 'Bearer key-of-the-senses' },
  })
  const form = request!.form!
  expect([form.get('model'), form.get('language'), form.get('response_format')]).toEqual([
    'hears',
    'zh',
    'verbose_json',
  ])
  const file = form.get('file') as File
  const bytes = Buffer.from(await file.arrayBuffer())
  expect([file.name, bytes.subarray(0, 4).toString()]).toEqual(['voice.wav', 'RIFF'])
  expect(bytes.length).toBeGreaterThan(30_000)
})

test('an mp3 goes out as it is', async () => {
  world.endpoint.enqueue(hears('好'))
  await world.voice.perceive(MP3)
  const file = world.endpoint.requests[0]!.form!.get('file') as File
  expect(Buffer.from(await file.arrayBuffer())).toEqual(MP3)
})

test('who knows no verbose_json and no language is asked without, and the next time at once', async () => {
  world.endpoint.enqueue(
    fails(400, "response_format 'verbose_json' is not compatible with this model", { param: 'response_format' }),
    fails(400, 'Unknown parameter: language', { param: 'language' }),
    { body: { text: '三号楼漏水' } },
    { body: { text: '又漏了' } },
  )
  expect(await world.voice.perceive(MP3)).toEqual({ text: '三号楼漏水', confidence: null })
  expect((await world.voice.perceive(MP3)).text).toBe('又漏了')
  const asked = world.endpoint.requests.map(({ form }) => [...form!.keys()].filter((name) => name !== 'file'))
  expect(asked).toEqual([['model', 'response_format', 'language'], ['model', 'language'], ['model'], ['model']])
})

test('what a model makes up where nobody speaks is left out', async () => {
  world.endpoint.enqueue(hears('请不吝点赞订阅', 0.2, { noSpeech: 0.9 }))
  expect(await world.voice.perceive(MP3)).toEqual({ text: '', confidence: null })
})

test('longer stretches weigh more in the sureness', async () => {
  const segment = (end: number, sureness: number) => ({
    ...{ text: '话', start: 0, end, avg_logprob: Math.log(sureness), no_speech_prob: 0 },
  })
  world.endpoint.enqueue({ body: { text: '话话', segments: [segment(9, 0.9), segment(1, 0.1)] } })
  const { confidence } = await world.voice.perceive(MP3)
  expect(confidence).toBeCloseTo(0.9 ** 0.9 * 0.1 ** 0.1, 6)
})

test.each([
  ['a wrong key', fails(401, 'Incorrect API key provided'), { kind: 'config', retryAfterSeconds: null }],
  [
    'too many questions',
    fails(429, 'slow down', {}, { 'retry-after': '7' }),
    { kind: 'throttle', retryAfterSeconds: 7 },
  ],
  ['a broken server', fails(503, 'overloaded'), { kind: 'transient' }],
  ['a line that breaks', { does: 'close' as const }, { kind: 'transient' }],
  ['a web page', { body: '<html>请登录</html>' }, { kind: 'transient' }],
  ['an answer to something else', says('好'), { kind: 'transient' }],
  ['a file too large', fails(413, 'Maximum content size limit exceeded'), { kind: 'size' }],
])('%s is told by what to do about it', async (_, reply, expected) => {
  world.endpoint.enqueue(reply)
  expect(await errorOf(world.voice.perceive(MP3))).toMatchObject(expected)
})

test('a file that is no sound never leaves the house', async () => {
  await expect(world.voice.perceive(Buffer.from('<html>'))).rejects.toThrow(NotPerceptible)
  expect(world.endpoint.requests).toEqual([])
})

test('each attempt is written down, without a word of what was said', async () => {
  world.endpoint.enqueue(fails(400, 'response_format', { param: 'response_format' }), { body: { text: '三号楼漏水' } })
  await world.voice.perceive(MP3)
  const rows = await world.db.selectFrom('llm_call').selectAll().execute()
  expect(rows.map(({ purpose, model_asked, outcome }) => [purpose, model_asked, outcome])).toEqual([
    ['hear', 'hears', 'capability'],
    ['hear', 'hears', 'ok'],
  ])
  expect(JSON.stringify(rows)).not.toContain('漏水')
})

test('it ends at once when the process does', async () => {
  world.endpoint.enqueue({ does: 'hang' })
  const ending = new AbortController()
  const hearing = errorOf(world.voice.perceive(MP3, ending.signal))
  ending.abort()
  expect(await hearing).toMatchObject({ kind: 'transient' })
})
