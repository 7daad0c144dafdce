import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { z } from 'zod'
import { ROOMS } from '../../db/schema.ts'
import { UserError } from '../errors.ts'
import type { ChatMessage } from './chat.ts'
import { readWords } from './words.ts'

const DAY = 24 * 3600 * 1000

const EXPECTED: Record<string, string> = {
  id: '“id”(编号)要有,写成文字',
  at: '“at”(时间)要写成 2026-05-18T06:48:09+08:00 这样',
  sender: '“sender”(说话人的群名)要有,写成文字',
  room: '“room”只能是 members(居民群,不写就是它)或 committee(支委群)',
  type: '“type”只能是 text、voice、image、recall、system 之一',
  text: '“text”(内容)要有,写成文字',
  quote: '“quote”要写成被引用消息的编号',
  revokes: '“revokes”要写成被撤回消息的编号',
  confidence: '“confidence”要写成 0 到 1 之间的数',
}

const LINE = z.object({
  id: z.string().min(1),
  at: z.iso.datetime({ offset: true }).endsWith('+08:00'),
  sender: z.string().min(1),
  room: z.enum(ROOMS).default('members'),
  type: z.enum(['text', 'voice', 'image', 'recall', 'system']),
  text: z.string(),
  quote: z.string().min(1).nullish(),
  revokes: z.string().min(1).nullish(),
  confidence: z.number().min(0).max(1).nullish(),
})

/**
 * Reads a whole `.chat.jsonl` file in the order of its lines: talk in the members' room, where a line does not
 * name the committee's.
 * Nothing is returned unless every line is sound; a line may be up to a day older than one before it.
 * @throws UserError naming the file, the line and what is wrong with it.
 */
export function readTranscript(path: string, botName = '小助手'): ChatMessage[] {
  const messages: ChatMessage[] = []
  const lineOf = new Map<string, number>()
  let latest = Number.NEGATIVE_INFINITY
  for (const [index, line] of readLines(path).entries()) {
    if (line.trim() === '') continue
    const number = index + 1
    const fault = (what: string) => new UserError(`${basename(path)} 第${number}行读不了:${what}。`)
    const message = parseLine(line, botName, fault)
    const earlier = lineOf.get(message.id)
    if (earlier) throw fault(`编号 ${message.id} 在第${earlier}行已经用过`)
    if (message.at.getTime() < latest - DAY) throw fault('时间比前面的消息早了一天以上,请按时间先后排列')
    latest = Math.max(latest, message.at.getTime())
    lineOf.set(message.id, number)
    messages.push(message)
  }
  return messages
}

function readLines(path: string): string[] {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code === 'ENOENT' ? '没有这个文件' : '打不开'
    throw new UserError(`聊天记录 ${path} 读不了:${why}。`, { cause })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).split(/\r?\n/)
  } catch (cause) {
    throw new UserError(`聊天记录 ${path} 读不了:请另存为 UTF-8 编码。`, { cause })
  }
}

function parseLine(line: string, botName: string, fault: (what: string) => UserError): ChatMessage {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    throw fault('不是一条完整的 JSON')
  }
  const checked = LINE.safeParse(json)
  if (!checked.success) {
    const field = String(checked.error.issues[0]?.path[0] ?? '')
    throw fault(EXPECTED[field] ?? '每行要是一条消息,写成 {"id": …, "at": …}')
  }
  const { id, at, room, sender, type, text, quote = null, revokes = null, confidence = null } = checked.data
  const words = type === 'text' ? readWords(text, botName) : { kind: type, text, toBot: false, quotedText: null }
  return {
    id,
    room,
    at: new Date(at),
    senderId: sender,
    sender,
    remark: null,
    confidence,
    quote,
    revokes,
    ...words,
  }
}
