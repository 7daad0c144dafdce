import { beforeEach, expect, test } from 'vitest'
import { openTown, type Town } from '../town.ts'

let town: Town

beforeEach(async () => {
  town = await openTown({ at: '2026-05-18T09:05' })
  return () => town[Symbol.asyncDispose]()
})

type By = { senderId: string; remark?: string | null }

async function isKept(sender: string, by: By, text = '今天天气好'): Promise<boolean> {
  const id = await town.say(sender, text, by)
  const row = await town.db.selectFrom('message').select('text').where('msg_id', '=', id).executeTakeFirstOrThrow()
  return row.text === text
}

async function reply(sender: string, text: string, by: By): Promise<string> {
  town.heard('members')
  await town.say(sender, text, by)
  return town.heard('members').join('\n---\n')
}

test('of two who bear one name only the one who said 别记我 is not recorded, if both were here before', async () => {
  expect(await isKept('知足常乐', { senderId: '@zhang' })).toBe(true)
  expect(await isKept('知足常乐', { senderId: '@li' })).toBe(true)
  await town.pass(1)
  expect(await reply('知足常乐', '别记我', { senderId: '@zhang' })).toBe(
    '好的,以后不记您说的话。\n从前记的还可以问:我的资料、删除我的资料\n有事可以找楼栋长。\n改主意了请说:可以记我',
  )
  expect(await isKept('知足常乐', { senderId: '@zhang' })).toBe(false)
  expect(await isKept('知足常乐', { senderId: '@li' })).toBe(true)
})

test('of two who bear one name both may say 别记我, and each takes back their own wish', async () => {
  expect(await isKept('知足常乐', { senderId: '@zhang' })).toBe(true)
  expect(await isKept('知足常乐', { senderId: '@li' })).toBe(true)
  await town.pass(1)
  await reply('知足常乐', '别记我', { senderId: '@zhang' })
  await reply('知足常乐', '别记我', { senderId: '@li' })
  expect(await isKept('知足常乐', { senderId: '@li' })).toBe(false)
  await reply('知足常乐', '可以记我', { senderId: '@li' })
  expect(await isKept('知足常乐', { senderId: '@li' })).toBe(true)
  expect(await isKept('知足常乐', { senderId: '@zhang' })).toBe(false)
})

test('after a new login nobody can tell the two apart: neither is recorded, until one says 可以记我', async () => {
  await reply('知足常乐', '别记我', { senderId: '@zhang' })
  expect(await isKept('知足常乐', { senderId: '@zhang2' })).toBe(false)
  expect(await isKept('知足常乐', { senderId: '@li2' })).toBe(false)
  expect(await reply('知足常乐', '可以记我。', { senderId: '@li2' })).toBe(
    '好的,又可以记您说的话了。\n小助手下次重新登录后,请再说一次。',
  )
  expect(await isKept('知足常乐', { senderId: '@li2' })).toBe(true)
  expect(await isKept('知足常乐', { senderId: '@zhang2' })).toBe(false)
  expect(await isKept('知足常乐', { senderId: '@zhang3' })).toBe(false)
})

test('a new name does not bring the recording back, not even after a new login', async () => {
  await reply('知足常乐', '别记我', { senderId: '@zhang' })
  expect(await isKept('岁月静好', { senderId: '@zhang' })).toBe(false)
  expect(await isKept('岁月静好', { senderId: '@zhang2' })).toBe(false)
  expect(await isKept('知足常乐', { senderId: '@zhang3' })).toBe(false)
})

test('the owner’s remark is surer than any name: it holds over names and logins, and touches nobody else', async () => {
  await reply('知足常乐', '别记我', { senderId: '@zhang', remark: '张孃' })
  expect(await isKept('岁月静好', { senderId: '@zhang2', remark: '张孃' })).toBe(false)
  expect(await isKept('知足常乐', { senderId: '@li', remark: '李姨' })).toBe(true)
  expect(await isKept('知足常乐', { senderId: '@wang' })).toBe(true)
  expect(await reply('岁月静好', '可以记我', { senderId: '@zhang2', remark: '张孃' })).toBe('好的,又可以记您说的话了。')
  expect(await isKept('岁月静好', { senderId: '@zhang3', remark: '张孃' })).toBe(true)
})

test('somebody of the roster is known by every name the roster has of them', async () => {
  await reply('丁惠芳', '莫记我', { senderId: '@ding' })
  expect(await isKept('3组丁惠芳', { senderId: '@ding2' })).toBe(false)
  expect(await isKept('邹姨', { senderId: '@zou' })).toBe(true)
})

test('可以记我 from the same login takes the wish back for good', async () => {
  await reply('知足常乐', '别记我', { senderId: '@zhang' })
  await isKept('岁月静好', { senderId: '@zhang' })
  expect(await reply('岁月静好', '小助手,可以记我', { senderId: '@zhang' })).toBe('好的,又可以记您说的话了。')
  expect(await isKept('岁月静好', { senderId: '@zhang' })).toBe(true)
  expect(await isKept('知足常乐', { senderId: '@zhang2' })).toBe(true)
})

test('我的资料 counts what the remark tells over logins and names, and says what to do without one', async () => {
  await town.say('知足常乐', '早', { senderId: '@zhang', remark: '张孃' })
  expect(await reply('岁月静好', '我的资料', { senderId: '@zhang2', remark: '张孃' })).toBe(
    '您说的话存着2条,没有反映过事。\n要删请说:删除我的资料',
  )
  expect(await reply('知足常乐', '我的资料', { senderId: '@li' })).toBe(
    '您说的话存着1条,没有反映过事。\n从前用别的名字说的没算,请问支委会。\n要删请说:删除我的资料',
  )
})

test('删除我的资料: the committee adds the names of before; who bears such a name under another remark loses nothing', async () => {
  await town.say('知足常乐', '早上好', { senderId: '@zhang' })
  await town.say('知足常乐', '大家好', { senderId: '@li', remark: '李姨' })
  await town.say('岁月静好', '中午好', { senderId: '@zhang2' })
  expect(await reply('岁月静好', '删除我的资料', { senderId: '@zhang2' })).toBe(
    '好的,已请支委会核实。\n核实后就删,诉求留着,不带您的名字。\n从前用过别的名字,请告诉支委会。',
  )
  town.heard('committee')
  await town.order('黎翠萍', '同意删除 1 从前叫 知足常乐')
  expect(town.heard('committee')).toEqual(['好的,删了3条话,0件诉求去掉了名字。'])
  const left = await town.db.selectFrom('message').select('text').where('room', '=', 'members').execute()
  expect(left.map(({ text }) => text).filter((text) => text !== '')).toEqual(['大家好'])
})

test('after 别记我 people still see and delete what is kept of them, and their asking is not kept', async () => {
  await town.say('知足常乐', '早上好', { senderId: '@zhang' })
  await town.pass(1)
  await reply('知足常乐', '别记我', { senderId: '@zhang' })
  expect(await reply('知足常乐', '我的资料', { senderId: '@zhang' })).toBe(
    '您说的话存着2条,没有反映过事。\n从前用别的名字说的没算,请问支委会。\n要删请说:删除我的资料',
  )
  expect(await reply('知足常乐', '小助手,隐私。', { senderId: '@zhang' })).toContain('看和删:我的资料、删除我的资料')
  expect(await reply('知足常乐', '删除我的资料', { senderId: '@zhang' })).toContain('好的,已请支委会核实。')
  expect(await reply('知足常乐', '隐私不隐私的', { senderId: '@zhang' })).toBe('')
  const rows = await town.db.selectFrom('message').select(['sender', 'text', 'state']).orderBy('seq').execute()
  expect(rows.slice(0, 2).map(({ text }) => text)).toEqual(['早上好', '别记我'])
  expect(rows.slice(2).map(({ sender, text }) => sender + text)).toEqual(['', '', '', ''])
  const asked = await town.db.selectFrom('asked_command').select('command').execute()
  expect(asked).toEqual([{ command: '别记我' }])
  town.heard('committee')
  await town.order('黎翠萍', '同意删除 1')
  expect(town.heard('committee')).toEqual(['好的,删了2条话,0件诉求去掉了名字。'])
})
