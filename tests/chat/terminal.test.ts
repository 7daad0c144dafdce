import { PassThrough } from 'node:stream'
import { text as readAll } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import type { ChatMessage } from '../../src/chat/chat.ts'
import { TerminalChat } from '../../src/chat/terminal.ts'

const NOW = new Date('2026-05-18T00:00:00Z')

async function talk(
  lines: string[],
  answer: (chat: TerminalChat, message: ChatMessage) => Promise<void> = async () => {},
) {
  const [input, output, heard, errors] = [new PassThrough(), new PassThrough(), [] as ChatMessage[], [] as unknown[]]
  let next = 1
  const chat = new TerminalChat({
    input,
    output,
    clock: { now: () => NOW },
    ids: () => `t${next++}`,
    onError: (error) => errors.push(error),
  })
  await chat.start(async (message) => {
    heard.push(message)
    await answer(chat, message)
  })
  input.end(lines.join('\n'))
  await chat.ended
  output.end()
  return { heard, errors, shown: await readAll(output) }
}

const said = ({ heard }: { heard: ChatMessage[] }) =>
  heard.map(({ room, sender, text }) => `${room} ${sender}: ${text}`)

describe('talking in a terminal', () => {
  it('hears a named speaker in the members room', async () => {
    const { heard } = await talk(['丁惠芳: 我们栋电梯又停了'])
    expect(heard).toEqual([
      {
        id: 't1',
        room: 'members',
        at: NOW,
        senderId: '丁惠芳',
        sender: '丁惠芳',
        remark: '丁惠芳',
        kind: 'text',
        text: '我们栋电梯又停了',
        confidence: null,
        quote: null,
        quotedText: null,
        revokes: null,
        toBot: false,
      },
    ])
  })

  it('lets people speak in either room, and go on speaking', async () => {
    const lines = [
      '丁惠芳：水管漏了',
      '5栋的',
      '',
      '支委群> 汇总',
      '待办',
      '支委群＞黎翠萍: 查 3号',
      '更多',
      '居民群> 8:30停水',
      '5栋3:2的票',
    ]
    expect(said(await talk(lines))).toEqual([
      'members 丁惠芳: 水管漏了',
      'members 丁惠芳: 5栋的',
      'committee 支委: 汇总',
      'committee 支委: 待办',
      'committee 黎翠萍: 查 3号',
      'committee 黎翠萍: 更多',
      'members 居民: 8:30停水',
      'members 居民: 5栋3:2的票',
    ])
  })

  it('explains itself with one example while nobody has spoken', async () => {
    const { heard, shown } = await talk(['电梯又停了'])
    expect(heard).toEqual([])
    expect(shown).toContain('例如:丁惠芳: 我们栋电梯又停了')
  })

  it('reads lists, quotes and words to the bot', async () => {
    const { heard } = await talk([
      String.raw`丁惠芳: 反映:\n1. 电梯⏎2. 漏水`,
      '「丁惠芳：灯坏了」⏎---⏎@小助手 登记',
      '[链接] 小满将至',
    ])
    expect(heard[0]).toMatchObject({ text: '反映:\n1. 电梯\n2. 漏水' })
    expect(heard[1]).toMatchObject({ sender: '丁惠芳', text: '登记', toBot: true, quotedText: '灯坏了' })
    expect(heard[2]).toMatchObject({ kind: 'link' })
  })

  it('shows in which room the bot speaks', async () => {
    const { shown } = await talk(['支委群> 汇总'], (chat, { room }) => chat.say(room, '本周记下3件\n办结1件'))
    expect(shown).toBe('【支委群】小助手:\n  本周记下3件\n  办结1件\n')
  })

  it('hears no more after 退出', async () => {
    expect(said(await talk(['丁惠芳: 在吗', '退出', '丁惠芳: 还在吗']))).toEqual(['members 丁惠芳: 在吗'])
  })

  it('goes on when hearing a line fails', async () => {
    const { heard, errors } = await talk(['丁惠芳: 甲', '乙'], async (_, { text }) => {
      if (text === '甲') throw new Error('broken')
    })
    expect(heard).toHaveLength(2)
    expect(errors).toEqual([new Error('broken')])
  })

  it('ends when it is stopped, and survives a reader gone away', async () => {
    const output = new PassThrough()
    const error = Promise.withResolvers<unknown>()
    const onError = error.resolve
    const chat = new TerminalChat({
      input: new PassThrough(),
      output,
      clock: { now: () => NOW },
      ids: () => '',
      onError,
    })
    await chat.start(async () => {})
    output.end()
    await chat.say('members', '好的')
    await chat.stop()
    await chat.ended
    expect(await error.promise).toBeInstanceOf(Error)
  })
})
