const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: ' ' }

/** The text of a message as WeChat's server sent it, and the id of the room or contact it came from. */
export type RawContent = { OriginalContent: string; FromUserName: string }

/**
 * The words exactly as typed. Wechaty's own `text()` cuts a text in a room at the first line ending in a colon and
 * leaves `&amp;` as it is.
 * @example { FromUserName: '@@r', OriginalContent: '@a1:<br/>反映:<br/>1. 电梯' } → '反映:\n1. 电梯'
 */
export function rawText({ OriginalContent, FromUserName }: RawContent): string {
  const isFromRoom = FromUserName.startsWith('@@')
  return decodeText(isFromRoom ? OriginalContent.replace(/^(?:@[0-9a-zA-Z]+|[\w-]+):<br\/>/, '') : OriginalContent)
}

/**
 * Decodes what WeChat escapes in texts and names, once: line breaks, emoji, entities.
 * @example '甲<br/>乙 A&amp;B' → '甲\n乙 A&B'; '&amp;lt;' → '&lt;', as somebody typed it
 */
export function decodeText(text: string): string {
  return text
    .replace(/<br\s*\/?>/g, '\n')
    .replace(/<span class="emoji emoji([0-9a-f]+)"><\/span>/g, (_, hex: string) => emoji(hex))
    .replace(/&(?:#(\d+)|#x([0-9a-f]+)|(lt|gt|amp|quot|apos|nbsp));/gi, (_, decimal, hex, name) => {
      if (name) return ENTITIES[name.toLowerCase()]!
      return character(decimal ? Number(decimal) : Number.parseInt(hex, 16))
    })
}

/**
 * The text of the first `<tag>` in a piece of XML, or null.
 * @example ('<title><![CDATA[小满]]></title>', 'title') → '小满'
 */
export function xmlText(xml: string, tag: string): string | null {
  const inner = new RegExp(`<${tag}(?:\\s[^>]*)?>([\\s\\S]*?)</${tag}>`).exec(xml)?.[1]
  if (inner === undefined) return null
  const verbatim = /^\s*<!\[CDATA\[([\s\S]*)\]\]>\s*$/.exec(inner)?.[1]
  return (verbatim ?? decodeText(inner)).trim()
}

function emoji(hex: string): string {
  const size = hex.length > 5 && hex.length % 5 === 0 ? 5 : hex.length === 8 ? 4 : hex.length
  return (hex.match(new RegExp(`.{${size}}`, 'g')) ?? []).map((point) => character(Number.parseInt(point, 16))).join('')
}

function character(point: number): string {
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : ''
}
