import { expect, test } from 'vitest'
import { totalUsage } from '../../src/llm/usage.ts'
import { errorOf, GOOD, QUESTION, worldOfEachTest } from './asking.ts'
import { fails, says } from './scripted-endpoint.ts'

const world = worldOfEachTest()

const rows = () => world.db.selectFrom('llm_call').selectAll().orderBy('id').execute()

test('each attempt is a row: what was asked, of whom, how it went, what it cost, and no text', async () => {
  const usage = { prompt_tokens: 900, completion_tokens: 40, prompt_tokens_details: { cached_tokens: 768 } }
  world.endpoint.enqueue(fails(400, 'response_format is unavailable'), () => {
    world.clock.at = new Date('2026-05-18T00:00:01.500Z')
    return says(`${JSON.stringify(GOOD).slice(0, -1)},}`, { usage, model: 'scripted-2026' })
  })
  await world.llm().ask(QUESTION)
  const asked = {
    purpose: 'test',
    prompt_id: 'test',
    prompt_version: '1.0.0',
    prompt_hash: QUESTION.prompt.hash,
    model_asked: 'scripted',
    at: '2026-05-18T00:00:00.000Z',
    request_id: 'req-1',
  }
  const [refused, answered, ...others] = await rows()
  expect(others).toEqual([])
  expect(refused).toMatchObject({
    ...asked,
    rung: 'json_schema',
    outcome: 'capability',
    input_tokens: null,
    model_answered: null,
  })
  expect(answered).toMatchObject({
    ...asked,
    rung: 'json_object',
    outcome: 'ok',
    model_answered: 'scripted-2026',
    input_tokens: 900,
    cached_tokens: 768,
    output_tokens: 40,
    milliseconds: 1500,
    repaired: 1,
  })
  expect(JSON.stringify(await rows())).not.toContain('电梯')
})

test("DeepSeek's name for cached tokens is known; a reply without usage costs nobody knows what", async () => {
  const usage = { prompt_tokens: 10, completion_tokens: 2, prompt_cache_hit_tokens: 8, prompt_cache_miss_tokens: 2 }
  world.endpoint.enqueue(says(GOOD, { usage }), says(GOOD, { usage: null }))
  const llm = world.llm()
  expect((await llm.ask(QUESTION)).usage).toEqual({ input: 10, cached: 8, output: 2 })
  expect((await llm.ask(QUESTION)).usage).toEqual({ input: null, cached: null, output: null })
})

test('failed attempts are counted with their kind, and with the tokens they cost', async () => {
  world.endpoint.enqueue(
    says('{"items":', { finish: 'length' }),
    fails(429, 'slow'),
    { does: 'close' },
    fails(401, 'no'),
  )
  const llm = world.llm()
  for (let times = 0; times < 4; times++) await errorOf(llm.ask(QUESTION))
  expect((await rows()).map(({ outcome }) => outcome)).toEqual(['size', 'throttle', 'transient', 'config'])
  expect((await rows())[0]).toMatchObject({ input_tokens: 100, output_tokens: 20 })
})

test('usage is summed up, of all time or since a call', async () => {
  expect(await totalUsage(world.db)).toEqual({ calls: 0, input: 0, cached: 0, output: 0, lastId: 0 })
  world.endpoint.enqueue(says(GOOD), says(GOOD, { usage: null }), says(GOOD))
  const llm = world.llm()
  await llm.ask(QUESTION)
  const { lastId } = await totalUsage(world.db)
  await llm.ask(QUESTION)
  await llm.ask(QUESTION)
  expect(await totalUsage(world.db)).toEqual({ calls: 3, input: 200, cached: 0, output: 40, lastId: 3 })
  expect(await totalUsage(world.db, lastId)).toEqual({ calls: 2, input: 100, cached: 0, output: 20, lastId: 3 })
})
