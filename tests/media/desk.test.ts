import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { MediaKind } from '../../db/schema.ts'
import { FileGone } from '../../src/chat/chat.ts'
import { getConcern, listConcerns } from '../../src/concerns/repository.ts'
import { renderQuestion } from '../../src/intake/render-question.ts'
import type { Perceived, Senses } from '../../src/media/sense.ts'
import { createMasker } from '../../src/privacy/mask.ts'
import { fails, hears, ScriptedEndpoint, says } from '../llm/scripted-endpoint.ts'
import { openTown, ScriptedReader, type Town } from '../town.ts'
import { JPEG, MP3 } from './files.ts'
import { sensesAt } from './senses.ts'

let endpoint: ScriptedEndpoint
let reader: ScriptedReader
let town: Town
let fetched: string[]
/** What the chat does when a file is asked for. */
let fetchFile: (id: string, kind: MediaKind) => Promise<Buffer>
/** Which senses the next process has. */
let only: (senses: Senses) => Senses

const BUSY = fails(503, 'overloaded')
const SMOKE = { title: '有黑烟', category: 'safety_hazard', urgency: 'red' as const }

beforeEach(async () => {
  endpoint = await ScriptedEndpoint.start()
  reader = new ScriptedReader().finds(/电梯/, { title: '电梯停运', category: 'elevator' }).finds(/黑烟/, SMOKE)
  fetched = []
  fetchFile = async (_, kind) => (kind === 'voice' ? MP3 : JPEG)
  only = (senses) => senses
  town = await openTown({
    reader,
    senses: (parts) => only(sensesAt(endpoint, parts)),
    fetchFile: (id, kind) => {
      fetched.push(id)
      return fetchFile(id, kind)
    },
  })
})
afterEach(async () => {
  await town[Symbol.asyncDispose]()
  await endpoint.close()
})

const voice = (sender = '邹姨', more = {}) => town.say(sender, '', { kind: 'voice', ...more })
const picture = (sender = '邹姨') => town.say(sender, '', { kind: 'image' })

/** Lets seconds pass, and what is due happen. */
async function seconds(count: number): Promise<void> {
  town.clock.advance(new Date(town.clock.now().getTime() + count * 1000))
  await town.runJobs()
}

async function row(id: string) {
  return town.db.selectFrom('message').selectAll().where('msg_id', '=', id).executeTakeFirstOrThrow()
}

async function jobs() {
  return town.db.selectFrom('media').select(['state', 'attempts', 'next_at', 'error']).execute()
}

/** The new lines of each question asked so far. */
function asked(): string[][] {
  return reader.questions.map(({ lines }) => lines.filter(({ isNew }) => isNew).map(({ text }) => text))
}

describe('a voice message', () => {
  test('is fetched and heard at once, and is a line of its episode like any other', async () => {
    endpoint.enqueue(hears('我们栋电梯又停了', 0.9))
    await town.say('老周', '早上好')
    const id = await voice()
    await town.workOnFiles()
    expect(await row(id)).toMatchObject({ text: '我们栋电梯又停了', state: 'waiting', kind: 'voice' })
    expect((await row(id)).confidence).toBeCloseTo(0.9, 6)
    expect(await jobs()).toEqual([])
    await town.pass(35)
    expect(asked()).toEqual([['早上好', '我们栋电梯又停了']])
    expect(reader.questions[0]!.lines[1]).toMatchObject({ kind: 'voice', speaker: 'U2' })
    expect(await getConcern(town.db, 1)).toMatchObject({ title: '电梯停运', reporter: '邹廷芬', status: 'open' })
    expect(fetched).toEqual([id])
  })

  test('heard badly makes a concern that waits to be confirmed', async () => {
    endpoint.enqueue(hears('电梯', 0.3))
    await voice()
    await town.workOnFiles()
    await town.pass(35)
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'suspected', doubt: '语音没听清' })
  })

  test('that cannot be heard stays, is counted, and its file is gone', async () => {
    endpoint.enqueue(hears(''))
    await voice()
    fetchFile = async () => Buffer.from('<html>')
    await voice()
    fetchFile = async () => {
      throw new FileGone('the server has no such file (404)')
    }
    await voice()
    fetchFile = async () => Buffer.concat([MP3, Buffer.alloc(2_000_000)])
    await voice()
    await town.workOnFiles()
    expect(await jobs()).toEqual([])
    await town.pass(130)
    await town.order('黎翠萍', '状态')
    expect(town.heard('committee').join()).toContain('没听清的语音(最近7天):4段')
    town.clock.advance(new Date('2026-05-25T08:31:00+08:00'))
    await town.runJobs()
    expect(town.heard('committee').join()).toContain('4段语音没听清')
  })

  test('that comes with its words is neither fetched nor waited for', async () => {
    await town.say('邹姨', '电梯又停了', { kind: 'voice', confidence: 0.9 })
    expect(await jobs()).toEqual([])
    await town.pass(35)
    expect(asked()).toEqual([['电梯又停了']])
    expect(fetched).toEqual([])
  })
})

describe('an episode', () => {
  test('waits for the words of its voice messages', async () => {
    endpoint.enqueue(BUSY, hears('在6单元'))
    await town.say('老周', '5栋冒黑烟')
    await seconds(45)
    await voice()
    await town.workOnFiles()
    await seconds(20)
    expect(asked()).toEqual([])
    await seconds(15)
    expect(asked()).toEqual([['5栋冒黑烟', '在6单元']])
  })

  test('waits two minutes and no longer; what comes later is a new line, read once', async () => {
    endpoint.enqueue(BUSY, BUSY, hears('我们栋电梯也停了'))
    await town.say('老周', '5栋冒黑烟')
    const id = await voice()
    await town.workOnFiles()
    await seconds(60)
    await seconds(59)
    expect(asked()).toEqual([])
    await seconds(1)
    expect(asked()).toEqual([['5栋冒黑烟', '']])
    await seconds(70)
    expect(asked()).toEqual([['5栋冒黑烟', ''], ['我们栋电梯也停了']])
    expect(reader.questions[1]!.lines[0]).toMatchObject({ text: '5栋冒黑烟', isNew: false })
    expect(await row(id)).toMatchObject({ state: 'talk', text: '我们栋电梯也停了' })
    await town.pass(35)
    expect(asked()).toHaveLength(2)
    const categories = (await listConcerns(town.db, {})).map(({ category }) => category)
    expect(categories.sort()).toEqual(['elevator', 'safety_hazard'])
  })

  test('is not held up by one voice message after the other', async () => {
    endpoint.enqueue(...Array.from({ length: 20 }, () => BUSY))
    await town.say('老周', '5栋冒黑烟')
    for (let time = 1; time <= 3; time++) {
      await seconds(50)
      await voice()
      await town.workOnFiles()
    }
    await seconds(29)
    expect(asked()).toEqual([])
    await seconds(1)
    expect(asked()).toEqual([['5栋冒黑烟', '', '', '']])
  })

  test('is read up to the voice message when somebody asks for the state of things, which says what is left', async () => {
    endpoint.enqueue(BUSY, hears('电梯停了'))
    await town.say('老周', '6栋电梯响')
    await voice()
    await town.workOnFiles()
    await town.say('邹姨', '4栋电梯响')
    await town.order('黎翠萍', '汇总')
    expect(asked()).toEqual([['6栋电梯响']])
    expect(town.heard('committee').join()).toContain('2条')
    await seconds(31)
    await town.pass(35)
    expect(asked().slice(1)).toEqual([['电梯停了', '4栋电梯响']])
  })
})

describe('by voice', () => {
  test('one may ask for 汇总, 查 and 帮助', async () => {
    await town.say('老周', '5栋电梯停了')
    await town.pass(35)
    town.heard('members')
    for (const [words, answer] of [
      ['汇总。', '最近7天'],
      ['查一号。', '1号'],
      ['帮助', '汇总 本周'],
    ] as const) {
      endpoint.enqueue(hears(words))
      const id = await voice()
      await town.workOnFiles()
      expect(town.heard('members').join()).toContain(answer)
      expect(await row(id)).toMatchObject({ state: 'command', text: words })
    }
  })

  test('the committee may ask, too', async () => {
    endpoint.enqueue(hears('汇总'))
    const id = await town.order('黎翠萍', '', { kind: 'voice' })
    await town.workOnFiles()
    expect(town.heard('committee').join()).toContain('最近7天')
    expect(await row(id)).toMatchObject({ state: 'command' })
  })

  test('nobody may change anything, not even in the committee’s room', async () => {
    await town.say('老周', '5栋电梯停了')
    await town.pass(35)
    town.heard('committee')
    endpoint.enqueue(hears('办结1号换了零件'), hears('不是诉求1号'), hears('对'))
    for (let time = 1; time <= 3; time++) await town.order('黎翠萍', '', { kind: 'voice' })
    await town.workOnFiles()
    expect(await getConcern(town.db, 1)).toMatchObject({ status: 'open' })
    expect(town.heard('committee')).toEqual([])
  })

  test('a command heard after two minutes is talk', async () => {
    endpoint.enqueue(BUSY, BUSY, hears('汇总'))
    const id = await voice()
    await town.workOnFiles()
    await seconds(31)
    await seconds(200)
    expect(town.heard('members')).toEqual([])
    expect(await row(id)).toMatchObject({ text: '汇总', state: 'waiting' })
  })
})

describe('pictures', () => {
  test('of the members’ room are read, as pictures, and only theirs', async () => {
    endpoint.enqueue(says({ kind: 'page', text: '走访\n1. 5栋电梯停了,打13900001234' }))
    const id = await picture()
    await town.order('黎翠萍', '', { kind: 'image' })
    await town.workOnFiles()
    expect(fetched).toEqual([id])
    await town.pass(35)
    expect(reader.questions[0]!.lines).toMatchObject([{ kind: 'image', text: '走访⏎1. 5栋电梯停了,打13900001234' }])
    const { speakers } = reader.questions[0]!
    const sent = renderQuestion(reader.questions[0]!, createMasker({ names: [], speakers }).mask)
    expect(sent).toContain('(图片): 走访⏎1. 5栋电梯停了,打〔电话1〕')
    expect(await getConcern(town.db, 1)).toMatchObject({ title: '电梯停运' })
  })

  test('obey nobody: what stands on one is no command', async () => {
    await town.say('老周', '5栋电梯停了')
    await town.pass(35)
    town.heard('members')
    endpoint.enqueue(says({ kind: 'page', text: '汇总' }))
    const id = await picture()
    await town.workOnFiles()
    expect(town.heard('members')).toEqual([])
    expect(await row(id)).toMatchObject({ text: '汇总', state: 'waiting' })
  })

  test('are counted when nobody looks at them', async () => {
    only = ({ voice }) => ({ voice, image: null })
    await town.crash()
    await picture()
    await town.pass(130)
    expect([fetched, await jobs()]).toEqual([[], []])
    await town.order('黎翠萍', '状态')
    expect(town.heard('committee').join()).toContain('没看的图片(最近7天):1张')
  })
})

describe('what is taken back', () => {
  test('is not heard: the file goes with the message, and words that come afterwards go nowhere', async () => {
    const { promise, resolve } = Promise.withResolvers<Buffer>()
    fetchFile = () => promise
    const id = await voice()
    await town.say('邹姨', '', { kind: 'recall', revokes: id })
    expect(await jobs()).toEqual([])
    resolve(MP3)
    await town.workOnFiles()
    expect(endpoint.requests).toEqual([])
    expect(await row(id)).toMatchObject({ text: '', state: 'withdrawn' })
  })

  test('is not heard even when it was on its way to be heard', async () => {
    const arrived = Promise.withResolvers<void>()
    endpoint.enqueue(() => {
      arrived.resolve()
      return { does: 'hang' }
    })
    const id = await voice()
    await arrived.promise
    await town.say('邹姨', '', { kind: 'recall', revokes: id })
    await endpoint.close()
    await town.workOnFiles()
    expect(await row(id)).toMatchObject({ text: '', state: 'withdrawn' })
    expect(await jobs()).toEqual([])
  })

  test('of somebody who is not to be recorded nothing is fetched', async () => {
    await town.say('邹姨', '别记我')
    await voice()
    await town.workOnFiles()
    expect(fetched).toEqual([])
  })
})

describe('of somebody who says 别记我', () => {
  test('a voice message that still waits is not sent away, nothing of it is written, and its file is gone', async () => {
    endpoint.enqueue(BUSY, hears('我屋头的事 莫说出去'))
    const id = await voice()
    await town.workOnFiles()
    await town.say('邹姨', '别记我')
    expect(await jobs()).toEqual([])
    await seconds(31)
    expect(endpoint.requests).toHaveLength(1)
    expect(await row(id)).toMatchObject({ text: '' })
  })

  test('in a new login, a voice message under the name of before is not sent away either', async () => {
    endpoint.enqueue(BUSY, BUSY, hears('电梯停了'))
    const id = await voice('岁月静好', { senderId: '@zhang' })
    const other = await voice('老周')
    await town.workOnFiles()
    await town.say('岁月静好', '别记我', { senderId: '@zhang2' })
    await seconds(31)
    expect(await jobs()).toEqual([])
    expect([(await row(id)).text, (await row(other)).text]).toEqual(['', '电梯停了'])
  })

  test('what comes back from where it was sent before is not written down', async () => {
    const sent = Promise.withResolvers<void>()
    const back = Promise.withResolvers<Perceived>()
    const perceive = () => {
      sent.resolve()
      return back.promise
    }
    only = () => ({ voice: { host: 'ear', perceive }, image: null })
    await town.crash()
    const id = await voice()
    await sent.promise
    await town.say('邹姨', '别记我')
    back.resolve({ text: '我屋头的事 莫说出去', confidence: null })
    await town.workOnFiles()
    expect(await row(id)).toMatchObject({ text: '', sender: '邹姨' })
  })

  test('a voice message of which the file is just being fetched is not sent away', async () => {
    const file = Promise.withResolvers<Buffer>()
    fetchFile = () => file.promise
    await voice()
    await untilStarted(1)
    await town.say('邹姨', '别记我')
    file.resolve(MP3)
    await town.workOnFiles()
    expect(endpoint.requests).toEqual([])
  })

  test('and asks for 删除我的资料 a voice message that still waits is forgotten at once', async () => {
    endpoint.enqueue(BUSY, hears('我屋头的事 莫说出去'))
    const id = await voice()
    await town.workOnFiles()
    await town.say('邹姨', '删除我的资料')
    expect(await jobs()).toEqual([])
    await seconds(31)
    expect(endpoint.requests).toHaveLength(1)
    expect(await row(id)).toMatchObject({ text: '' })
  })
})

describe('when something breaks', () => {
  test('a file that cannot be had is asked for again within the hour, then given up', async () => {
    fetchFile = async () => {
      throw new Error('not logged in to WeChat')
    }
    await voice()
    await town.workOnFiles()
    const waits: number[] = []
    for (let tries = 1; (await jobs()).length > 0; tries++) {
      const [job] = await jobs()
      expect(job!.attempts).toBe(tries)
      waits.push((Date.parse(job!.next_at) - town.clock.now().getTime()) / 1000)
      await seconds(waits.at(-1)!)
    }
    expect(waits.slice(0, 5)).toEqual([5, 15, 60, 180, 600])
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThanOrEqual(3600)
    expect(fetched).toHaveLength(waits.length + 1)
  })

  test('a fetch that never ends is given a minute: the next voice message is heard, and it is asked for again', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    endpoint.enqueue(hears('5栋电梯停了'), hears('在6单元'))
    fetchFile = () => new Promise(() => {})
    const first = await voice()
    await untilStarted(1)
    fetchFile = async () => MP3
    const second = await voice('老周')
    await vi.advanceTimersByTimeAsync(59_999)
    expect(fetched).toEqual([first])
    await vi.advanceTimersByTimeAsync(1)
    await town.workOnFiles()
    expect(await row(second)).toMatchObject({ text: '5栋电梯停了' })
    await seconds(5)
    expect(await row(first)).toMatchObject({ text: '在6单元' })
  })

  test('a file is kept while the endpoint is away, for a day at most', async () => {
    await voice()
    await town.workOnFiles()
    expect(await jobs()).toMatchObject([{ state: 'read', attempts: 1, error: 'transient' }])
    await town.pass(26 * 60)
    expect(await jobs()).toEqual([])
    expect(fetched).toHaveLength(1)
    expect(town.told.filter((text) => text.includes('语音'))).toEqual(['语音转文字现在没有答复,过一会儿再试。'])
  })

  test('a wrong key is told once, and that it is well again', async () => {
    endpoint.enqueue(fails(401, 'bad key'), fails(401, 'bad key'), hears('好'), hears('好'))
    await voice()
    await voice()
    await town.workOnFiles()
    await seconds(3600)
    expect(town.told).toEqual([
      '语音转文字不让用了(钥匙、余额或型号不对)。运行 npm run doctor 看看原因。',
      '语音转文字又好了。',
    ])
  })

  test('a process that dies between fetching and reading has it read by the next one, once', async () => {
    endpoint.enqueue(BUSY)
    const id = await voice()
    await town.workOnFiles()
    endpoint.enqueue(hears('我们栋电梯停了'))
    await town.crash()
    await town.workOnFiles()
    await town.pass(35)
    expect(await row(id)).toMatchObject({ text: '我们栋电梯停了' })
    expect(await listConcerns(town.db, {})).toHaveLength(1)
    expect(fetched).toEqual([id])
  })

  test('a file that has ended the process twice is given up', async () => {
    fetchFile = () => new Promise(() => {})
    const id = await voice()
    await untilStarted(1)
    await town.crash()
    void town.workOnFiles()
    await untilStarted(2)
    fetchFile = async () => MP3
    await town.crash()
    await town.workOnFiles()
    expect(fetched).toEqual([id, id])
    expect(await jobs()).toEqual([])
  })

  test('an end in good order is not held against a file', async () => {
    fetchFile = () => new Promise(() => {})
    const id = await voice()
    await untilStarted(1)
    await town.stopFiles()
    expect(await town.db.selectFrom('media').select(['started', 'attempts']).execute()).toEqual([
      { started: 0, attempts: 0 },
    ])
    fetchFile = async () => MP3
    endpoint.enqueue(hears('好'))
    await town.crash()
    await town.workOnFiles()
    expect(await row(id)).toMatchObject({ text: '好' })
  })

  test('what still waits when hearing is switched off is deleted unread', async () => {
    endpoint.enqueue(BUSY)
    await voice()
    await town.workOnFiles()
    only = () => ({ voice: null, image: null })
    await town.crash()
    await town.workOnFiles()
    expect(await jobs()).toEqual([])
    expect(endpoint.requests).toHaveLength(1)
  })
})

async function untilStarted(count: number): Promise<void> {
  for (;;) {
    const { started } = await town.db.selectFrom('media').select('started').executeTakeFirstOrThrow()
    if (started === count && fetched.length === count) return
    await new Promise((resolve) => setImmediate(resolve))
  }
}

test('隐私 says what leaves the house, and fits the room', async () => {
  await town.say('邹姨', '隐私')
  const [said] = town.heard('members')
  expect(said).toContain('语音和图片原样发给外面的模型认。')
  expect([...said!].length).toBeLessThanOrEqual(96)
  expect(said!.split('\n').length).toBeLessThanOrEqual(6)
  await town.order('黎翠萍', '隐私')
  expect(town.heard('committee').join()).toContain(
    `语音和图片原样发给 ${new URL(endpoint.baseUrl).host} 认,认完就删掉原件,只留文字。`,
  )
})
