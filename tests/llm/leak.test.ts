import { expect, test } from 'vitest'
import { answerOf, errorOf, GOOD, QUESTION, worldOfEachTest } from './asking.ts'
import { says } from './scripted-endpoint.ts'

const world = worldOfEachTest()

test.each([
  '打13900001234',
  '139 0000 1234',
  '522499194603150021',
  '6217-0000-0000-1234-567',
  '幺三九零零零零幺二三四',
])('a question that still holds %s never reaches the wire, and the error does not repeat it', async (secret) => {
  world.endpoint.enqueue(says(GOOD))
  const error = await errorOf(world.llm().ask({ ...QUESTION, user: `[1] 08:00 U1: ${secret}` }))
  expect(error.kind).toBe('leak')
  expect(error.message).not.toContain(secret)
  expect(world.endpoint.requests).toEqual([])
  const rows = await world.db.selectFrom('llm_call').select(['outcome', 'input_tokens']).execute()
  expect(rows).toEqual([{ outcome: 'leak', input_tokens: null }])
})

test('a number in the system prompt is stopped as well', async () => {
  const prompt = { ...QUESTION.prompt, text: '例:13900001234' }
  expect(await errorOf(world.llm().ask({ ...QUESTION, prompt }))).toMatchObject({ kind: 'leak' })
  expect(world.endpoint.requests).toEqual([])
})

test('masked lines with dates and hotlines pass', async () => {
  world.endpoint.enqueue(says(GOOD))
  const user = '[12] 2026-05-18 08:12 U3: 〔电话1〕 打110 119 12345 5栋3-2-〔门牌1〕\n「日期」2026-05-18 星期一'
  expect(await answerOf(world.llm().ask({ ...QUESTION, user }))).toEqual(GOOD)
})
