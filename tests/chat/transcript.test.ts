import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readTranscript } from '../../src/chat/transcript.ts'
import { UserError } from '../../src/errors.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'transcript-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const LINE = { id: 'm1', at: '2026-05-18T08:00:00+08:00', sender: '丁惠芳', type: 'text', text: '电梯又停了' }

function file(...lines: (object | string)[]): string {
  const path = join(folder, 'day.chat.jsonl')
  writeFileSync(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  return path
}

describe('reading a transcript', () => {
  it('puts a line that names the committee into its room, and knows no other rooms', () => {
    expect(readTranscript(file(LINE, { ...LINE, id: 'm2', room: 'committee' })).map(({ room }) => room)).toEqual([
      'members',
      'committee',
    ])
    expect(() => readTranscript(file({ ...LINE, room: 'kitchen' }))).toThrow('“room”只能是')
  })

  it('gives each line as a message of the members room', () => {
    expect(readTranscript(file(LINE, ''))).toEqual([
      {
        id: 'm1',
        room: 'members',
        at: new Date('2026-05-18T00:00:00Z'),
        senderId: '丁惠芳',
        sender: '丁惠芳',
        remark: null,
        kind: 'text',
        text: '电梯又停了',
        confidence: null,
        quote: null,
        quotedText: null,
        revokes: null,
        toBot: false,
      },
    ])
  })

  it('keeps what is said of quotes, withdrawals and transcripts', () => {
    const [voice, answer, recall, system] = readTranscript(
      file(
        { ...LINE, type: 'voice', confidence: 0.6 },
        { ...LINE, id: 'm2', quote: 'm1' },
        { ...LINE, id: 'm3', type: 'recall', revokes: 'm2', text: '“丁惠芳”撤回了一条消息' },
        { ...LINE, id: 'm4', sender: '系统', type: 'system' },
      ),
    )
    expect(voice).toMatchObject({ kind: 'voice', confidence: 0.6 })
    expect(answer).toMatchObject({ kind: 'text', quote: 'm1' })
    expect(recall).toMatchObject({ kind: 'recall', revokes: 'm2' })
    expect(system).toMatchObject({ kind: 'system', sender: '系统' })
  })

  it('tells talk, things passed on and words to the bot apart', () => {
    const read = (text: string, botName?: string) => readTranscript(file({ ...LINE, text }), botName)[0]
    expect(read('@小助手 查 12号')).toMatchObject({ kind: 'text', text: '查 12号', toBot: true })
    expect(read('@小灵通 查 12号', '小灵通')).toMatchObject({ text: '查 12号', toBot: true })
    expect(read('[链接] 小满将至')).toMatchObject({ kind: 'link', text: '[链接] 小满将至' })
    expect(read('[视频] 广场舞')).toMatchObject({ kind: 'link' })
    expect(read('[聊天记录] 物业群')).toMatchObject({ kind: 'link' })
    expect(read('[强]')).toMatchObject({ kind: 'text' })
    expect(read('#接龙\n1. 张三')).toMatchObject({ kind: 'text', text: '#接龙\n1. 张三' })
  })

  it.each([
    ['不是一条完整的 JSON', '{"id": "m2"'],
    ['写成 {"id"', '[]'],
    ['“id”', { ...LINE, id: undefined }],
    ['“at”', { ...LINE, id: 'm2', at: '2026-05-18 08:00' }],
    ['“at”', { ...LINE, id: 'm2', at: '2026-05-18T08:00:00Z' }],
    ['“at”', { ...LINE, id: 'm2', at: '2026-02-30T08:00:00+08:00' }],
    ['“sender”', { ...LINE, id: 'm2', sender: '' }],
    ['“type”', { ...LINE, id: 'm2', type: 'video' }],
    ['“text”', { ...LINE, id: 'm2', text: 5 }],
    ['“confidence”', { ...LINE, id: 'm2', confidence: 1.2 }],
    ['编号 m1 在第1行已经用过', LINE],
    ['早了一天以上', { ...LINE, id: 'm2', at: '2026-05-17T07:59:59+08:00' }],
  ])('names file, line and fault: %s', (fault, line) => {
    const read = () => readTranscript(file(LINE, line))
    expect(read).toThrow(UserError)
    expect(read).toThrow('day.chat.jsonl 第2行')
    expect(read).toThrow(fault)
  })

  it('bears a line up to a day late', () => {
    expect(readTranscript(file(LINE, { ...LINE, id: 'm2', at: '2026-05-17T08:00:00+08:00' }))).toHaveLength(2)
  })

  it('says when there is no such file, or one in another encoding', () => {
    expect(() => readTranscript(join(folder, 'none.chat.jsonl'))).toThrow('没有这个文件')
    const path = join(folder, 'gbk.chat.jsonl')
    writeFileSync(path, Buffer.from([0xb5, 0xe7, 0xcc, 0xdd]))
    expect(() => readTranscript(path)).toThrow('UTF-8')
  })

  it('reads the sample week', () => {
    const messages = readTranscript('db/sample/week-may.chat.jsonl')
    expect(messages.length).toBeGreaterThan(150)
    expect(messages.find(({ id }) => id === 'm141')).toMatchObject({ text: '查 12号', toBot: true })
    expect(messages.find(({ id }) => id === 'm065')).toMatchObject({ kind: 'recall', revokes: 'm063' })
    expect(messages.find(({ id }) => id === 'm005')).toMatchObject({ kind: 'link' })
    expect(messages.find(({ id }) => id === 'm101')).toMatchObject({ kind: 'text' })
  })
})
