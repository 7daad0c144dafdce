import { createHash } from 'node:crypto'
import { UserError } from '../errors.ts'
import type { ChatMessage } from './chat.ts'
import { isChainText, readWords } from './words.ts'

const HEAD =
  /^(?<sender>\S.*?)\s+(?<year>\d{4})[/\-年.](?<month>\d{1,2})[/\-月.](?<day>\d{1,2})日?\s+(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?\s*$/u
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
  const messages: { head: RegExpExecArray; words: string[] }[] = []
  for (const [index, line] of lines.entries()) {
    const head = HEAD.exec(line)
    const last = messages.at(-1)
    if (head) messages.push({ head, words: [] })
    else if (last) last.words.push(line)
    else if (line.trim() !== '') {
      throw new UserError(
        `第${index + 1}行看不懂:“${line.slice(0, 20)}”。要像这样:昵称 2026/5/18 21:07,下一行是说的话。`,
      )
    }
  }
  if (messages.length === 0) throw new UserError('里面没有聊天。要像这样:昵称 2026/5/18 21:07,下一行是说的话。')
  return messages.map(({ head, words }, index) => toMessage(head.groups!, words.join('\n').trim(), index, botName))
}

function toMessage(
  head: Record<string, string | undefined>,
  words: string,
  index: number,
  botName: string,
): ChatMessage {
  const two = (part: string) => (head[part] ?? '0').padStart(2, '0')
  const at = new Date(
    `${head.year}-${two('month')}-${two('day')}T${two('hour')}:${two('minute')}:${two('second')}+08:00`,
  )
  if (Number.isNaN(at.getTime()))
    throw new UserError(`第${index + 1}条的时间不对:${head.year}/${head.month}/${head.day} ${head.hour}:${head.minute}`)
  const sender = head.sender!
  const id = createHash('sha256')
    .update(JSON.stringify([sender, at.toISOString(), words]))
    .digest('hex')
    .slice(0, ID_LENGTH)
  return {
    ...{ id: `pasted-${id}`, room: 'members', at, senderId: sender, sender, remark: null },
    ...{ confidence: null, quote: null, revokes: null },
    ...readWords(words, botName),
    isChain: isChainText(words),
  }
}
