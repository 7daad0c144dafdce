import { xmlText } from './raw-text.ts'

const MOST_LINES = 60
const NESTED = /(<\/?recordxml\b[^>]*>)/u
const MARKS: Record<string, string> = {
  2: '[图片]',
  3: '[语音]',
  4: '[视频]',
  5: '[链接]',
  6: '[位置]',
  8: '[文件]',
  17: '[聊天记录]',
  19: '[链接]',
}

/**
 * A forwarded chat record as text, each line with the author the record names; who really said it nobody knows.
 * Without its items what the preview shows.
 * @example <title>群聊的聊天记录</title><recordinfo>…<dataitem datatype="1"><sourcename>小吴</sourcename><datadesc>灯坏了</datadesc>…
 * → '[聊天记录] 群聊的聊天记录\n小吴: 灯坏了'
 */
export function readForwarded(xml: string): string {
  const items = withoutNested(xmlText(xml, 'recorditem') ?? '')
    .split('</dataitem>')
    .slice(0, -1)
  const lines = items.flatMap((item) => readItem(item.slice(item.lastIndexOf('<dataitem'))))
  const rest = lines.length - MOST_LINES
  return [
    `[聊天记录] ${oneLine(xmlText(xml, 'title') ?? '')}`.trim(),
    ...(lines.length > 0 ? lines.slice(0, MOST_LINES) : previewOf(xml)),
    ...(rest > 0 ? [`(还有${rest}条)`] : []),
  ].join('\n')
}

function readItem(item: string): string[] {
  const type = /^<dataitem\b[^>]*\bdatatype="(\d+)"/u.exec(item)?.[1] ?? '1'
  const mark = type === '1' ? '' : (MARKS[type] ?? '[其他]')
  const words = [
    mark,
    type === '2' || type === '3' ? '' : (xmlText(item, 'datadesc') ?? xmlText(item, 'datatitle') ?? ''),
  ]
  const said = oneLine(words.join(' '))
  const author = oneLine(xmlText(item, 'sourcename') ?? '').replace(/[:：]/gu, '') || '某人'
  return said === '' ? [] : [`${author}: ${said}`]
}

/** Records inside a record are named, not read. */
function withoutNested(record: string): string {
  let depth = 0
  const kept = record.split(NESTED).filter((part) => {
    if (part.startsWith('<recordxml')) depth += 1
    else if (part.startsWith('</recordxml')) depth -= 1
    else return depth === 0
    return false
  })
  return kept.join('')
}

function previewOf(xml: string): string[] {
  const lines = (xmlText(xml, 'des') ?? '').split('\n').map(oneLine)
  return lines.filter((line) => line !== '')
}

/** So that nobody can put a line into somebody else's mouth. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
