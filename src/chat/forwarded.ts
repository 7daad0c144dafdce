import { xmlText } from './raw-text.ts'

const MOST_LINES = 60
const ITEM = /<dataitem\b([^>]*)>([\s\S]*?)<\/dataitem>/gu
const NESTED = /<recordxml\b[\s\S]*<\/recordxml>/gu
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
  const record = (xmlText(xml, 'recorditem') ?? '').replace(NESTED, '')
  const lines = [...record.matchAll(ITEM)].flatMap(([, attributes = '', item = '']) => readItem(attributes, item))
  const rest = lines.length - MOST_LINES
  return [
    `[聊天记录] ${oneLine(xmlText(xml, 'title') ?? '')}`.trim(),
    ...(lines.length > 0 ? lines.slice(0, MOST_LINES) : previewOf(xml)),
    ...(rest > 0 ? [`(还有${rest}条)`] : []),
  ].join('\n')
}

function readItem(attributes: string, item: string): string[] {
  const type = /\bdatatype="(\d+)"/u.exec(attributes)?.[1] ?? '1'
  const mark = type === '1' ? '' : (MARKS[type] ?? '[其他]')
  const words = [
    mark,
    type === '2' || type === '3' ? '' : (xmlText(item, 'datadesc') ?? xmlText(item, 'datatitle') ?? ''),
  ]
  const said = oneLine(words.join(' '))
  const author = oneLine(xmlText(item, 'sourcename') ?? '').replace(/[:：]/gu, '') || '某人'
  return said === '' ? [] : [`${author}: ${said}`]
}

function previewOf(xml: string): string[] {
  const lines = (xmlText(xml, 'des') ?? '').split('\n').map(oneLine)
  return lines.filter((line) => line !== '')
}

/** So that nobody can put a line into somebody else's mouth. */
function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}
