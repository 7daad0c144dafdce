import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Db, openDatabase } from '../../db/database.ts'
import { SAMPLE_ROSTER } from '../../src/cli/ledger-folder.ts'
import { listConcerns } from '../../src/concerns/repository.ts'
import { readTaxonomy } from '../../src/concerns/taxonomy.ts'
import { extractionPrompt, ModelReader } from '../../src/intake/model-reader.ts'
import { OpenAiLlm } from '../../src/llm/openai-llm.ts'
import { readRosterFolder } from '../../src/roster/read.ts'
import { fails, type Reply, ScriptedEndpoint, says } from '../llm/scripted-endpoint.ts'
import { openTown, type Town } from '../town.ts'

let endpoint: ScriptedEndpoint
let calls: Db
let town: Town

beforeEach(async () => {
  endpoint = await ScriptedEndpoint.start()
  calls = await openDatabase(':memory:')
  const taxonomy = readTaxonomy()
  const clock = { now: () => town.clock.now() }
  const llm = new OpenAiLlm({
    baseUrl: endpoint.baseUrl,
    model: 'scripted',
    apiKey: 'none',
    db: calls,
    clock,
    timeoutMs: 300,
  })
  const reader = new ModelReader({
    llm,
    prompt: extractionPrompt(taxonomy),
    taxonomy,
    roster: readRosterFolder(SAMPLE_ROSTER),
  })
  town = await openTown({ reader })
})
afterEach(async () => {
  await town[Symbol.asyncDispose]()
  await calls.destroy()
  await endpoint.close()
})

const LIFT = {
  also: [],
  settled: [],
  title: '电梯停运',
  detail: '电梯停了,请来修',
  nature: 'help',
  category: 'elevator',
  urgency: 'yellow',
  place_kind: 'building',
  place: '我们栋',
  same_as: null,
  sure: true,
}

/** The right answer to whatever is asked: the line about the lift, if it is among the new ones. */
const right: Reply = ({ body }) => says(JSON.stringify(rightAnswer(body.messages[1]!.content)))

function rightAnswer(user: string) {
  const fresh = user.slice(user.indexOf('「新消息」'))
  const line = Number(/\[(\d+)\][^\n]*我们栋电梯停了/.exec(fresh)?.[1] ?? 0)
  return { concerns: line === 0 ? [] : [{ ...LIFT, lines: [line], place_line: line }], updates: [] }
}

async function talk(): Promise<void> {
  for (const text of ['你们吃了没有', '我们栋电梯停了', '哪个晓得']) await town.say('平安是福', text)
  await town.pass(200)
}

async function titles(): Promise<string[]> {
  return (await listConcerns(town.db, {})).map(({ title }) => title)
}

/** Every message said is read, or stands before people; none waits for ever, none is lost. */
async function fates(): Promise<Record<string, number>> {
  const rows = await town.db
    .selectFrom('message')
    .leftJoin('episode', 'episode.id', 'message.episode')
    .select((get) => ['episode.state', get.fn.countAll<number>().as('messages')])
    .groupBy('episode.state')
    .execute()
  return Object.fromEntries(rows.map(({ state, messages }) => [state ?? 'none', messages]))
}

const good = JSON.stringify({ concerns: [{ ...LIFT, lines: [2], place_line: 2 }], updates: [] })

describe('answers that can be understood are kept', () => {
  const answers: [string, string][] = [
    ['fenced', `\`\`\`json\n${good}\n\`\`\``],
    ['with prose around it', `好的,结果如下:\n${good}\n希望有帮助。`],
    ['after thinking aloud', `<think>第2行是诉求</think>${good}`],
    ['with a trailing comma', good.replace('"updates":[]', '"updates":[],')],
    [
      'with a bad item among the good ones',
      JSON.stringify({ concerns: [{ title: 7 }, { ...LIFT, lines: [2], place_line: 2 }], updates: [{ no: 'x' }] }),
    ],
    [
      'with an invented line',
      JSON.stringify({
        concerns: [
          { ...LIFT, lines: [77], title: '没人说过' },
          { ...LIFT, lines: [2, 99], place_line: 2 },
        ],
        updates: [],
      }),
    ],
    [
      'with an invented number',
      JSON.stringify({
        concerns: [{ ...LIFT, lines: [2], place_line: 2, same_as: 55 }],
        updates: [{ no: 44, kind: 'settled', lines: [2], place: null, place_line: null, urgency: null }],
      }),
    ],
    [
      'with a place that nobody said',
      JSON.stringify({ concerns: [{ ...LIFT, lines: [2], place_line: 2, place: '我们栋' }], updates: [] }),
    ],
  ]
  test.each(answers)('%s', async (_, content) => {
    endpoint.enqueue(says(content))
    await talk()
    expect(await titles()).toEqual(['电梯停运'])
    expect(await fates()).toEqual({ read: 3 })
  })

  test('the same item a thousand times is one', async () => {
    const many = Array.from({ length: 1000 }, () => ({ ...LIFT, lines: [2] }))
    endpoint.enqueue(says(JSON.stringify({ concerns: many, updates: [] })))
    await talk()
    expect(await titles()).toHaveLength(1)
  })

  test('a thousand items are cut to forty, and people are told', async () => {
    const many = Array.from({ length: 1000 }, (_, index) => ({ ...LIFT, lines: [2], title: `电梯停运${index}` }))
    endpoint.enqueue(says(JSON.stringify({ concerns: many, updates: [] })))
    await talk()
    expect(await titles()).toHaveLength(40)
    expect(town.heard('committee')).toContain('居民群一下子说了好多事,小助手只记下40件,请到群里看看,别漏了。')
  })
})

describe('what fails is asked again, and nothing is lost', () => {
  const failures: [string, Reply[]][] = [
    ['an empty answer', [says('')]],
    ['200 with an error in it', [{ body: { error: { message: 'busy' } } }]],
    ['an HTML page', [{ body: '<html>bad gateway</html>' }]],
    ['no choices', [{ body: { choices: [] } }]],
    ['a 500', [fails(500, 'oops')]],
    ['a closed connection', [{ does: 'close' }]],
    ['a hang', [{ does: 'hang' }]],
    ['429 with Retry-After 90', [fails(429, 'slow down', {}, { 'retry-after': '90' })]],
    ['402, out of money', [fails(402, 'Insufficient Balance')]],
    ['prose only, twice', [says('我不知道'), says('我还是不知道')]],
    ['a schema that is refused', [fails(400, 'This response_format type is unavailable now')]],
    ['an unknown thinking parameter', [fails(400, 'Unrecognized request argument supplied: temperature')]],
  ]
  test.each(failures)('%s', async (_, replies) => {
    endpoint.enqueue(...replies, right, right, right, right, right)
    await talk()
    expect(await titles()).toEqual(['电梯停运'])
    expect(await fates()).toEqual({ read: 3 })
  })

  test('an answer cut off for length halves the episode', async () => {
    endpoint.enqueue(says(good.slice(0, 40), { finish: 'length' }), right, right, right, right)
    await talk()
    expect(await titles()).toEqual(['电梯停运'])
    expect(await fates()).toEqual({ read: 3 })
  })

  test('a moderation refusal is bisected down to the one message, which goes to people', async () => {
    const moderated: Reply = ({ raw }) => (raw.includes('哪个晓得') ? fails(400, 'Content Exists Risk') : right)
    endpoint.enqueue(...Array<Reply>(12).fill(moderated))
    await talk()
    expect(await titles()).toEqual(['电梯停运'])
    expect(await fates()).toEqual({ read: 2, people: 1 })
  })
})

test('what leaves the house is masked, and what comes back is put together again', async () => {
  endpoint.enqueue(right)
  await town.say('平安是福', '我是13900001234 身份证522499195003120021 住302室')
  await town.say('平安是福', '我们栋电梯停了 找史德芬')
  await town.pass(30)
  const wire = endpoint.requests.map(({ raw }) => raw).join('\n')
  for (const secret of ['13900001234', '522499195003120021', '302', '史德芬', '平安是福', '丁惠芳'])
    expect(wire).not.toContain(secret)
  expect(await titles()).toEqual(['电梯停运'])
})
