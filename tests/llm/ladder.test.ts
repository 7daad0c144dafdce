import { expect, test } from 'vitest'
import { answerOf, errorOf, GOOD, QUESTION, worldOfEachTest } from './asking.ts'
import { fails, type Reply, says } from './scripted-endpoint.ts'

const world = worldOfEachTest()
const RIGHT = says({ lines: [2], what: 'elevator' })
const NO_SCHEMA = fails(400, 'This response_format type is unavailable now')

const formats = () => world.endpoint.requests.map(({ body }) => body.response_format?.type ?? 'text')

test('the body is plain: model, messages, temperature, limit, strict schema', async () => {
  world.endpoint.enqueue(says(GOOD))
  await world.llm().ask(QUESTION)
  const { body, path } = world.endpoint.requests[0]!
  expect(path).toBe('/v1/chat/completions')
  expect(Object.keys(body)).toEqual(['model', 'messages', 'temperature', 'max_tokens', 'response_format'])
  expect(body).toMatchObject({ model: 'scripted', temperature: 0, max_tokens: 300 })
  expect(body.response_format).toEqual({
    type: 'json_schema',
    json_schema: {
      name: 'items',
      strict: true,
      schema: {
        type: 'object',
        properties: {
          items: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                line: { type: 'integer' },
                title: { type: ['string', 'null'] },
              },
              required: ['line', 'title'],
              additionalProperties: false,
            },
          },
        },
        required: ['items'],
        additionalProperties: false,
      },
    },
  })
})

test('the system message is the prompt, the same bytes on every rung', async () => {
  world.endpoint.enqueue(NO_SCHEMA, fails(400, 'response_format is not supported'), says(GOOD))
  expect(await answerOf(world.llm().ask(QUESTION))).toEqual(GOOD)
  expect(formats()).toEqual(['json_schema', 'json_object', 'text'])
  const systems = new Set(world.endpoint.requests.map(({ body }) => body.messages[0]?.content))
  expect([...systems]).toEqual([QUESTION.prompt.text])
})

test('a refused schema is asked for as json_object, and so from then on, also after a restart', async () => {
  world.endpoint.enqueue(NO_SCHEMA, says(GOOD), says(GOOD), says(GOOD))
  const llm = world.llm()
  await llm.ask(QUESTION)
  await llm.ask(QUESTION)
  await world.llm().ask(QUESTION)
  expect(formats()).toEqual(['json_schema', 'json_object', 'json_object', 'json_object'])
})

test('two unusable answers in a row step down, one does not', async () => {
  world.endpoint.enqueue(says('散文'), says(GOOD), says('散文'), says('散文'), says(GOOD))
  const llm = world.llm()
  expect(await answerOf(llm.ask(QUESTION))).toEqual(GOOD)
  expect(await answerOf(llm.ask(QUESTION))).toEqual(GOOD)
  expect(formats()).toEqual(['json_schema', 'json_schema', 'json_schema', 'json_schema', 'json_object'])
})

test('two empty answers in a row step down too', async () => {
  world.endpoint.enqueue(says(''), says(''), says(GOOD))
  const llm = world.llm()
  expect(await errorOf(llm.ask(QUESTION))).toMatchObject({ kind: 'transient' })
  expect(await answerOf(llm.ask(QUESTION))).toEqual(GOOD)
  expect(formats()).toEqual(['json_schema', 'json_schema', 'json_object'])
})

test.each([
  ['throttling', fails(429, 'response_format: slow down')],
  ['a 500', fails(500, 'response_format broke')],
  ['moderation', fails(400, 'Content Exists Risk in response_format')],
  ['a cut connection', { does: 'close' } as Reply],
])('%s never steps down', async (_, reply) => {
  world.endpoint.enqueue(reply, reply, reply, says(GOOD))
  const llm = world.llm()
  for (let times = 0; times < 3; times++) await errorOf(llm.ask(QUESTION))
  await llm.ask(QUESTION)
  expect(formats()).toEqual(['json_schema', 'json_schema', 'json_schema', 'json_schema'])
})

test.each([
  ['temperature', "Unsupported value: 'temperature' does not support 0 with this model"],
  ['enable_thinking', 'Extra inputs are not permitted: enable_thinking'],
  ['thinking', 'Unrecognized request argument supplied: thinking'],
  ['chat_template_kwargs', 'unknown field chat_template_kwargs'],
])('a refused %s is left out, and so from then on', async (name, message) => {
  world.endpoint.enqueue(fails(400, message), says(GOOD), says(GOOD))
  const extraBody = { enable_thinking: false, thinking: { type: 'disabled' }, chat_template_kwargs: {} }
  await world.llm({ extraBody }).ask(QUESTION)
  await world.llm({ extraBody }).ask(QUESTION)
  expect(world.endpoint.requests.map(({ body }) => name in body)).toEqual([true, false, false])
  expect(formats()).toEqual(['json_schema', 'json_schema', 'json_schema'])
})

test('who refuses max_tokens is told max_completion_tokens, and then nothing', async () => {
  const message = "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
  world.endpoint.enqueue(fails(400, message, { param: 'max_tokens' }), says(GOOD))
  const llm = world.llm()
  await llm.ask(QUESTION)
  expect(world.endpoint.requests[1]!.body).toMatchObject({ max_completion_tokens: 300 })
  expect(world.endpoint.requests[1]!.body).not.toHaveProperty('max_tokens')
  world.endpoint.enqueue(fails(422, 'max_completion_tokens: extra'), says(GOOD))
  await llm.ask(QUESTION)
  expect(Object.keys(world.endpoint.requests[3]!.body)).not.toContain('max_completion_tokens')
})

test('an endpoint that objects without end is not asked without end', async () => {
  world.endpoint.enqueue(
    ...Array.from({ length: 20 }, () => fails(400, 'temperature max_tokens response_format model')),
  )
  expect(await errorOf(world.llm().ask(QUESTION))).toMatchObject({ kind: 'content' })
  expect(world.endpoint.requests.length).toBeLessThan(10)
})

test('a rung counts only if it gives the known answer: prose with status 200 proves nothing', async () => {
  world.endpoint.enqueue(says('第二行说电梯坏了。'), says({ lines: [1], what: 'water' }), RIGHT, says(GOOD))
  const llm = world.llm()
  expect(await llm.probe()).toBe('text')
  await llm.ask(QUESTION)
  expect(formats()).toEqual(['json_schema', 'json_object', 'text', 'text'])
})

test('the probe gives way to what the endpoint refuses', async () => {
  world.endpoint.enqueue(fails(400, 'temperature must be 1'), NO_SCHEMA, RIGHT)
  expect(await world.llm().probe()).toBe('json_object')
  expect(world.endpoint.requests[2]!.body).not.toHaveProperty('temperature')
})

test('a rung found is remembered over a restart for seven days, then looked for again from the top', async () => {
  world.endpoint.enqueue(NO_SCHEMA, RIGHT, RIGHT)
  expect(await world.llm().probe()).toBe('json_object')
  world.clock.at = new Date('2026-05-24T23:59:00.000Z')
  expect(await world.llm().probe()).toBe('json_object')
  expect(world.endpoint.requests).toHaveLength(2)
  world.clock.at = new Date('2026-05-25T00:00:00.000Z')
  expect(await world.llm().probe()).toBe('json_schema')
  expect(world.endpoint.requests).toHaveLength(3)
})

test('another model is another endpoint', async () => {
  world.endpoint.enqueue(NO_SCHEMA, RIGHT, RIGHT)
  await world.llm().probe()
  expect(await world.llm({ model: 'newer' }).probe()).toBe('json_schema')
  expect(formats()).toEqual(['json_schema', 'json_object', 'json_schema'])
})

test('an endpoint that is down is not judged; what was known stays', async () => {
  world.endpoint.enqueue(NO_SCHEMA, RIGHT)
  await world.llm().probe()
  world.clock.at = new Date('2026-06-18T00:00:00.000Z')
  world.endpoint.enqueue(fails(503, 'overloaded'), says(GOOD))
  const llm = world.llm()
  expect(await errorOf(llm.probe())).toMatchObject({ kind: 'transient' })
  await llm.ask(QUESTION)
  expect(formats().at(-1)).toBe('json_object')
})

test('a model that never gives the known answer is a matter for the operator', async () => {
  world.endpoint.enqueue(says({ lines: [3], what: 'noise' }), says(''), says('不知道'))
  expect(await errorOf(world.llm().probe())).toMatchObject({ kind: 'config' })
})
