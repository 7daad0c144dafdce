import { expect, test } from 'vitest'
import { answerOf, errorOf, GOOD, QUESTION, worldOfEachTest } from './asking.ts'
import { fails, says } from './scripted-endpoint.ts'

const world = worldOfEachTest()
const json = JSON.stringify(GOOD)

test.each([
  ['plain JSON', json, false],
  ['in a fence', `\`\`\`json\n${json}\n\`\`\``, false],
  ['with prose around', `好的,结果如下:\n${json}\n希望有帮助。`, false],
  ['with prose around a fence', `好的:\n\`\`\`\n${json}\n\`\`\`\n就这些`, false],
  ['after thinking aloud', `<think>也许是 {"items":[]}</think>\n${json}`, false],
  ['after thinking that was never opened', `也许…</think>${json}`, false],
  ['with a comma too many', '{"items":[{"line":1,"title":"电梯停运"},]}', true],
  ['with unescaped quotes', '{"items":[{"line":1,"title":"电梯停运"}],"why":"他说"停了"呢"}', true],
  ['with single quotes and None', "{'items': [{'line': 1, 'title': '电梯停运'}], 'x': None}", true],
])('an answer %s is read', async (_, content, repaired) => {
  world.endpoint.enqueue(says(content))
  const answer = await world.llm().ask(QUESTION)
  expect(answer.value).toMatchObject(GOOD)
  expect(answer).toMatchObject({ repaired, finishReason: 'stop', usage: { input: 100, output: 20, cached: null } })
})

test('wrong types inside are left to whoever asked', async () => {
  const odd = { items: [{ line: '一', title: 7 }, null], more: true }
  world.endpoint.enqueue(says(odd))
  expect(await answerOf(world.llm().ask(QUESTION))).toEqual(odd)
})

test.each([
  ['an empty answer', says(''), 'transient'],
  ['no answer at all', says(null), 'transient'],
  ['nothing but a thought', says('  \n'), 'transient'],
  ['status 200 with an error', { body: { error: { message: 'upstream failed' } } }, 'transient'],
  ['a web page', { body: '<html><body>502</body></html>' }, 'transient'],
  ['a broken body', { body: '{"choices":[', headers: { 'content-type': 'application/json' } }, 'transient'],
  ['no choices', { body: { choices: [] } }, 'transient'],
  ['a message without content', { body: { choices: [{ finish_reason: 'stop' }] } }, 'transient'],
  ['a network error of the provider', says(json, { finish: 'network_error' }), 'transient'],
  ['an answer cut off', says('{"items":[{"line":1,"ti', { finish: 'length' }), 'size'],
  ['a content filter', says('', { finish: 'content_filter' }), 'moderation'],
  ['a sensitive finish', says('', { finish: 'sensitive' }), 'moderation'],
  ['a refusal', says(null, { message: { refusal: 'I cannot help with that' } }), 'moderation'],
  ['a refusal in words', says('抱歉,根据相关法律法规,我不能回答。'), 'moderation'],
  ['moderation with status 200', { body: { error: { message: 'Content Exists Risk' } } }, 'moderation'],
  ['moderation as 400', fails(400, 'Content Exists Risk'), 'moderation'],
  ['moderation as 500', fails(500, 'upstream: data_inspection_failed'), 'moderation'],
  [
    'moderation beside the error field',
    { status: 400, body: { code: 'DataInspectionFailed', message: 'x' } },
    'moderation',
  ],
  ['moderation in Chinese', fails(400, '系统检测到输入可能包含不安全或敏感内容', { code: '1301' }), 'moderation'],
  ['a connection cut', { does: 'close' as const }, 'transient'],
  ['a 500', fails(500, 'internal error'), 'transient'],
  ['a 503', fails(503, 'overloaded'), 'transient'],
  ['a 408', fails(408, 'timeout'), 'transient'],
  ['a wrong key', fails(401, 'Incorrect API key provided'), 'config'],
  ['a forbidden model', fails(403, 'no access'), 'config'],
  ['an unknown model', fails(404, 'model not found'), 'config'],
  ['an unknown model as 400', fails(400, 'Model Not Exist'), 'config'],
  ['an empty account', fails(402, 'Insufficient Balance'), 'config'],
  ['a used-up quota', fails(429, 'You exceeded your current quota', { code: 'insufficient_quota' }), 'config'],
  ['a redirect', { status: 307, body: '', headers: { location: 'http://127.0.0.1:1/' } }, 'config'],
  ['too many requests', fails(429, 'rate limited'), 'throttle'],
  ['too long a text', fails(400, "This model's maximum context length is 8192 tokens"), 'size'],
  ['too large a body', fails(413, 'payload too large'), 'size'],
  ['an unexplained 400', fails(400, 'something about this text'), 'content'],
])('%s is %s', async (_, reply, kind) => {
  world.endpoint.enqueue(reply)
  expect(await errorOf(world.llm().ask(QUESTION))).toMatchObject({ kind, name: 'LlmError' })
  expect(world.endpoint.requests).toHaveLength(1)
})

test.each(['hang', 'stall'] as const)(
  'an endpoint that %ss is given up at the deadline and asked later',
  async (does) => {
    world.endpoint.enqueue({ does })
    expect(await errorOf(world.llm({ timeoutMs: 60 }).ask(QUESTION))).toMatchObject({ kind: 'transient' })
  },
)

test('who answers by hand may take hours', async () => {
  world.endpoint.enqueue(says(GOOD))
  expect(await answerOf(world.llm({ timeoutMs: 86_400_000 }).ask(QUESTION))).toEqual(GOOD)
})

test('a single question may have its own deadline', async () => {
  world.endpoint.enqueue({ does: 'hang' })
  expect(await errorOf(world.llm().ask({ ...QUESTION, timeoutMs: 60 }))).toMatchObject({ kind: 'transient' })
})

test.each([
  ['90', 90],
  ['3600', 3600],
  ['Mon, 18 May 2026 00:02:00 GMT', 120],
  ['soon', null],
])('Retry-After %s is %s seconds to wait, and nothing is asked meanwhile', async (said, seconds) => {
  world.endpoint.enqueue(fails(429, 'slow down', {}, { 'retry-after': said }), says(GOOD))
  expect(await errorOf(world.llm().ask(QUESTION))).toMatchObject({ kind: 'throttle', retryAfterSeconds: seconds })
  expect(world.endpoint.requests).toHaveLength(1)
})

test('an answer that is not JSON is asked for once more', async () => {
  world.endpoint.enqueue(says('群里有人说电梯停了。'), says(GOOD))
  expect(await answerOf(world.llm().ask(QUESTION))).toEqual(GOOD)
})

test.each(['[1, 2]', '"停了"', '{}', '{"answer": "停了"}', '停了'])('%s is no answer', async (content) => {
  world.endpoint.enqueue(...Array.from({ length: 4 }, () => says(content)))
  expect(await errorOf(world.llm().ask(QUESTION))).toMatchObject({ kind: 'content' })
})

test.each([
  ['no address', { baseUrl: 'nowhere' }],
  ['no key', { apiKey: '' }],
])('with %s the bot still starts, and the question says what is wrong', async (_, options) => {
  expect(await errorOf(world.llm(options).ask(QUESTION))).toMatchObject({ kind: 'config' })
})

test('no error holds what was asked or answered', async () => {
  world.endpoint.enqueue(says('冯孃买菜'), says('冯孃买菜'), says('冯孃买菜'), fails(422, 'bad input: 电梯停了'))
  const llm = world.llm()
  for (const error of [await errorOf(llm.ask(QUESTION)), await errorOf(llm.ask(QUESTION))]) {
    expect(`${error.message} ${error.stack}`).not.toMatch(/冯孃|电梯停了/)
  }
})
