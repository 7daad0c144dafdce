import { createHash } from 'node:crypto'
import type { MessageKind } from '../../db/schema.ts'
import { HOUR } from '../clock.ts'
import { UserError } from '../errors.ts'
import type { ChatMessage } from './chat.ts'
import { isChainText, readWords } from './words.ts'

const HEAD =
  /^(?<sender>\S.*?)\s+(?<year>\d{4})[/\-年.](?<month>\d{1,2})[/\-月.](?<day>\d{1,2})日?\s+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?\s*$/u
/** Ends like a head, but without a date that says on which day: 「昵称 昨天 21:07」, 「昵称 下午9:07」. */
const UNSURE_HEAD =
  /^\S.{0,40}?\s+(?:昨天|前天|今天|星期[一二三四五六日天]|周[一二三四五六日天]|[\d/\-.年月日]+)?\s*(?:上午|下午|晚上|凌晨|中午)?\s*\d{1,2}:\d{2}(?::\d{2})?\s*$/u
/** What stands in a copy where something was that has no words. */
const WORDLESS: [RegExp, MessageKind][] = [
  [/^\[图片\]$/, 'image'],
  [/^\[语音\]/, 'voice'],
  [/^\[文件\]/, 'file'],
  [/^\[(?:动画表情|表情|视频)\]$/, 'other'],
]
const SHAPE = '要像这样:昵称 2026/5/18 21:07,下一行是说的话。'
const ID_LENGTH = 24

/**
 * Chat as WeChat's desktop clients copy it, several messages at once: 「昵称 2022/11/17 21:07」, the words in the next
 * lines, an empty line, and so on. The same message always gets the same id.
 * @throws UserError naming the first line that does not fit; nothing is half read.
 */
export function readPasted(text: string, botName = '小助手'): ChatMessage[] {
  const lines = text
    .replace(/^\ufeff/u, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
  const messages: { head: RegExpExecArray; at: Date; words: string[] }[] = []
  for (const [index, line] of lines.entries()) {
    const head = HEAD.exec(line)
    const last = messages.at(-1)
    if (head) messages.push({ head, at: timeOf(head.groups!) ?? refuse(index, line, '时间不对'), words: [] })
    else if (line.trim() !== '' && (!last || isDoubtfulHead(lines, index))) refuse(index, line, '看不懂')
    else last?.words.push(line)
  }
  if (messages.length === 0) throw new UserError(`里面没有聊天。${SHAPE}`)
  return messages.map(({ head, at, words }) => toMessage(head.groups!.sender!, at, words.join('\n').trim(), botName))
}

function refuse(index: number, line: string, why: string): never {
  throw new UserError(`第${index + 1}行${why}:“${line.slice(0, 20)}”。${SHAPE}`)
}

/** Stands alone after an empty line like the head of another message, with words below. */
function isDoubtfulHead(lines: string[], index: number): boolean {
  const [before = '', line = '', after = ''] = lines.slice(index - 1, index + 2)
  return before.trim() === '' && after.trim() !== '' && UNSURE_HEAD.test(line)
}

/** Null for what no calendar has, such as 2026/2/31. */
function timeOf(head: Record<string, string | undefined>): Date | null {
  const two = (part: string) => (head[part] ?? '0').padStart(2, '0')
  const text = `${head.year}-${two('month')}-${two('day')}T${two('hour')}:${two('minute')}:${two('second')}`
  const at = new Date(`${text}+08:00`)
  const isReal = !Number.isNaN(at.getTime()) && new Date(at.getTime() + 8 * HOUR).toISOString().startsWith(text)
  return isReal ? at : null
}

function toMessage(sender: string, at: Date, words: string, botName: string): ChatMessage {
  const id = createHash('sha256')
    .update(JSON.stringify([sender, at.toISOString(), words]))
    .digest('hex')
    .slice(0, ID_LENGTH)
  const wordless = WORDLESS.find(([pattern]) => pattern.test(words))
  return {
    ...{ id: `pasted-${id}`, room: 'members', at, senderId: sender, sender, remark: null },
    ...{ confidence: null, quote: null, revokes: null },
    ...readWords(wordless ? '' : words, botName),
    isChain: isChainText(words),
    ...(wordless ? { kind: wordless[1] } : {}),
  }
}
