import { expect, test } from 'vitest'
import { localParts } from '../../src/clock.ts'
import { getConcern, listConcerns, listEvidence } from '../../src/concerns/repository.ts'
import { ReaderBusy, ReaderRefused } from '../../src/intake/reader.ts'
import { openTown, ScriptedReader } from '../town.ts'

const LIFT = {
  title: '电梯停运',
  category: 'elevator',
  urgency: 'yellow',
  placeKind: 'building',
  placeWords: '我们栋',
} as const

test('talk with a cue is read after 30 quiet minutes, not before', async () => {
  const reader = new ScriptedReader()
  await using town = await openTown({ reader })
  await town.say('平安是福', '我们栋电梯停了')
  await town.pass(20)
  await town.say('邹姨', '又停了嗦')
  await town.pass(25)
  expect(reader.questions).toEqual([])
  await town.pass(10)
  expect(reader.questions.map(({ lines }) => lines.map(({ text }) => text))).toEqual([['我们栋电梯停了', '又停了嗦']])
})

test('talk without a cue waits for more of it, two quiet hours at most, and is read then', async () => {
  const reader = new ScriptedReader()
  await using town = await openTown({ reader })
  await town.say('平安是福', '我孙子考上大学了')
  await town.pass(50)
  await town.say('邹姨', '今天菜场的豌豆尖便宜')
  await town.pass(115)
  expect(reader.questions).toEqual([])
  await town.pass(10)
  expect(reader.questions.map(({ lines }) => lines.map(({ text }) => text))).toEqual([
    ['我孙子考上大学了', '今天菜场的豌豆尖便宜'],
  ])
})

test('the first cue takes the talk before it along', async () => {
  const reader = new ScriptedReader()
  await using town = await openTown({ reader })
  await town.say('平安是福', '我孙子考上大学了')
  await town.pass(50)
  await town.say('邹姨', '5栋的路灯不亮')
  await town.pass(35)
  expect(reader.questions.map(({ lines }) => lines.length)).toEqual([2])
})

test('greetings alone ask no model', async () => {
  const reader = new ScriptedReader()
  await using town = await openTown({ reader })
  await town.say('平安是福', '早上好')
  await town.say('邹姨', '收到[抱拳]')
  await town.pass(130)
  expect(reader.questions).toEqual([])
})

test('a line with an urgent cue is read after a minute, with what followed it', async () => {
  const reader = new ScriptedReader()
  await using town = await openTown({ reader })
  await town.say('吴正林', '电梯关人了!!')
  await town.say('吴正林', '一期11栋二单元')
  await town.pass(1)
  expect(reader.questions[0]!.lines.map(({ text }) => text)).toEqual(['电梯关人了!!', '一期11栋二单元'])
})

test('forty lines are an episode at once, and the next one knows the last ten', async () => {
  const reader = new ScriptedReader()
  await using town = await openTown({ reader })
  for (let line = 1; line <= 41; line++) await town.say('邹姨', `第${line}句话说个不停`)
  await town.runJobs()
  expect(reader.questions.map(({ lines }) => lines.length)).toEqual([40])
  await town.pass(130)
  expect(reader.questions[1]!.lines.map(({ isNew }) => isNew)).toEqual([...Array(10).fill(false), true])
})

test('while the model is away messages wait, urgent cues alarm by rule at once, and a later reading completes the same concern', async () => {
  const away = new ReaderBusy('down')
  const reader = new ScriptedReader()
    .finds(/关在电梯/, { ...LIFT, title: '电梯困人', urgency: 'red', placeWords: '兰乔一期11栋' })
    .finds(/我们栋电梯停了/, LIFT)
    .fails(away, away, away)
  await using town = await openTown({ reader })
  await town.say('平安是福', '我们栋电梯停了')
  await town.pass(35)
  await town.say('吴正林', '兰乔一期11栋 有人关在电梯头了')
  await town.pass(2)
  expect(town.told).toEqual(['大模型现在没有答复。听到的都先记着,连上了会接着读。'])
  expect(await listConcerns(town.db, {})).toMatchObject([
    { no: 1, urgency: 'red', status: 'suspected', doubt: '听到紧急的词,还没细读' },
  ])
  expect(town.heard('committee')[0]).toContain('●紧急 1号')
  await town.pass(60)
  expect(town.told.at(-1)).toBe('大模型又连上了。')
  expect(await listConcerns(town.db, {})).toMatchObject([
    { no: 1, title: '电梯困人', status: 'open', place: { building: 'LQ1-11' } },
    { no: 2, title: '电梯停运', status: 'open', place: { building: 'BY-02' } },
  ])
})

test('a question that is refused is halved down to the one message, which goes to people; the rest is read', async () => {
  const reader = new ScriptedReader().finds(/我们栋电梯停了/, LIFT)
  const refuse = reader.read.bind(reader)
  reader.read = async (question) => {
    if (question.lines.some(({ text, isNew }) => isNew && text.includes('敏感'))) throw new ReaderRefused('moderation')
    return refuse(question)
  }
  await using town = await openTown({ reader })
  for (const text of ['你们几点来', '这句有敏感的话', '我们栋电梯停了', '下午再说嘛']) await town.say('平安是福', text)
  await town.pass(60)
  expect(await getConcern(town.db, 1)).toMatchObject({ title: '电梯停运' })
  const people = await town.db
    .selectFrom('message')
    .innerJoin('episode', 'episode.id', 'message.episode')
    .select('text')
    .where('episode.state', '=', 'people')
    .execute()
  expect(people).toEqual([{ text: '这句有敏感的话' }])
  await town.order('黎翠萍', '状态')
  expect(town.heard('committee').at(-1)).toContain('没读成、要人看的:1段')
})

test('an episode that ended the process twice is given to people', async () => {
  const reader = new ScriptedReader().finds(/电梯/, LIFT)
  await using town = await openTown({ reader })
  await town.say('平安是福', '我们栋电梯停了')
  await town.intake.closeNow()
  await town.db.updateTable('episode').set({ started: 2 }).execute()
  await town.runJobs()
  expect(reader.questions).toEqual([])
  expect(await town.db.selectFrom('episode').select('state').execute()).toEqual([{ state: 'people' }])
})

test('news of an open concern attaches to it; “settled” stays a proposal that a person confirms', async () => {
  const reader = new ScriptedReader()
    .finds(/电梯停了/, LIFT)
    .hears(/还没来修/, { concern: 1, kind: 'more' })
    .hears(/好了/, { concern: 1, kind: 'settled' })
  await using town = await openTown({ reader })
  await town.say('平安是福', '我们栋电梯停了')
  await town.pass(35)
  await town.say('邹姨', '电梯还没来修哦')
  await town.pass(24 * 60)
  await town.say('平安是福', '电梯好了')
  await town.pass(35)
  expect((await listEvidence(town.db, 1)).map(({ role }) => role)).toEqual(['told', 'more', 'settled'])
  expect(await getConcern(town.db, 1)).toMatchObject({ status: 'open' })
  await town.order('黎翠萍', '确认 1号')
  expect(await getConcern(town.db, 1)).toMatchObject({ status: 'resolved' })
})

test('the same again is not filed twice; the same of another building is linked and filed', async () => {
  const reader = new ScriptedReader()
    .finds(/我们栋电梯停了/, LIFT)
    .finds(/又停一回/, { ...LIFT, sameAs: 1 })
    .finds(/别栋也停/, { ...LIFT, placeWords: '碧阳12栋', sameAs: 1 })
  await using town = await openTown({ reader })
  await town.say('平安是福', '我们栋电梯停了')
  await town.pass(35)
  await town.say('平安是福', '我们栋电梯又停一回')
  await town.say('邹姨', '碧阳12栋别栋也停')
  await town.pass(35)
  expect((await listConcerns(town.db, {})).map(({ place }) => place.building)).toEqual(['BY-02', 'BY-12'])
  expect(await town.db.selectFrom('concern_link').selectAll().execute()).toEqual([
    { concern: 2, other: 1, kind: 'related' },
  ])
})

test('a place that is not said in the lines is not believed, and an ambiguous one is filled by a later line only', async () => {
  const reader = new ScriptedReader()
    .finds(/5栋门口灯不亮/, {
      title: '门口路灯不亮',
      category: 'lighting_signage',
      placeKind: 'building',
      placeWords: '碧阳5栋',
    })
    .hears(/就是碧阳5栋/, { concern: 1, kind: 'place', placeWords: '碧阳5栋' })
  await using town = await openTown({ reader })
  await town.say('阳光心态', '5栋门口灯不亮')
  await town.pass(35)
  expect((await getConcern(town.db, 1)).place).toMatchObject({ kind: 'ambiguous', building: null })
  await town.say('阳光心态', '就是碧阳5栋噻')
  await town.pass(35)
  expect((await getConcern(town.db, 1)).place).toMatchObject({ kind: 'building', building: 'BY-05' })
})

test('the evening line knows what was said minutes before: waiting talk is read first', async () => {
  const reader = new ScriptedReader().finds(/我们栋电梯停了/, LIFT)
  await using town = await openTown({ reader })
  await town.pass(minutesUntil(town.clock.now(), '18:25'))
  await town.say('平安是福', '我们栋电梯停了')
  await town.pass(6)
  expect(town.heard('members')).toEqual(['今天记下1件:\n1号电梯停运\n记错了请回“不对 1号”。'])
})

function minutesUntil(now: Date, time: string): number {
  const [hour, minute] = time.split(':').map(Number)
  const { hour: atHour, minute: atMinute } = localParts(now)
  return (hour! - atHour) * 60 + (minute! - atMinute)
}

test('who still speaks of what was settled is not lost: the committee hears of it, once a day', async () => {
  const reader = new ScriptedReader().finds(/我们栋电梯停了/, LIFT).hears(/又停了/, { concern: 1, kind: 'more' })
  await using town = await openTown({ reader })
  await town.say('平安是福', '我们栋电梯停了')
  await town.pass(35)
  await town.say('史德芬', '办结 1号 换了门机', { room: 'committee' })
  await town.say('平安是福', '哪里修好了,电梯又停了')
  await town.say('邹姨', '就是,又停了')
  await town.pass(35)
  expect(await getConcern(town.db, 1)).toMatchObject({ status: 'resolved' })
  expect(town.heard('committee').filter((text) => text.includes('又说起'))).toEqual([
    '1号办结后,群里又说起:\n碧阳2栋 电梯停运\n还没解决,请回“没解决 1号”。',
  ])
})
