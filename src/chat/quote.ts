/** What a message in the plain-text form of a quote holds. */
export type Quote = { quotedSender: string; quotedText: string; own: string }

const QUOTE = /^\s*「([^：:\n]{1,64})[：:]([\s\S]*)」[ \t]*\n[ \t]*[-—](?:[ \t]*[-—]){2,}[ \t]*(?:\n([\s\S]*))?$/

/**
 * Reads the form in which WeChat's web protocol delivers a quote. Only what stands after the last separator was
 * said now; of a quoted message that is itself a quote, only its own words are given.
 * @example '「张三：楼道灯\n坏了」\n- - - - - - -\n修好了' → { quotedSender: '张三', quotedText: '楼道灯\n坏了', own: '修好了' }
 * @example '「3号楼」的灯坏了\n---' → null
 */
export function parseQuote(text: string): Quote | null {
  const found = QUOTE.exec(text)
  if (!found) return null
  const [, quotedSender = '', quoted = '', own = ''] = found
  return { quotedSender: quotedSender.trim(), quotedText: parseQuote(quoted)?.own ?? quoted.trim(), own: own.trim() }
}
