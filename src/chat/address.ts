/**
 * Cuts an @ of the bot from the start and the end of a text, whatever follows the name: the separator WeChat
 * puts there (U+2005), a space, or nothing. Without such an @ the text comes back as it was.
 * @example '@小助手\u2005查 12号' → { text: '查 12号', toBot: true }; '汇总＠小助手' → { text: '汇总', toBot: true }
 * @example '@张三 查 12号' and '@小助手二号\u2005在吗' (another name) → unchanged, toBot false
 */
export function cutAddress(text: string, ...botNames: string[]): { text: string; toBot: boolean } {
  const names = botNames.filter((name) => name.trim() !== '').sort((a, b) => b.length - a.length)
  if (names.length === 0) return { text, toBot: false }
  // A longer name ends at its own U+2005; only then is the bot's name known to be a mere beginning of it.
  const at = `[@＠](?:${names.map(escapeForRegExp).join('|')})(?![^\\s@＠]+\\u2005)`
  const cut = text
    .replace(new RegExp(`^\\s*(?:${at}[\\s,，、:：]*)+`), '')
    .replace(new RegExp(`(?:\\s*${at})+\\s*$`), '')
  return cut === text ? { text, toBot: false } : { text: cut.trim(), toBot: true }
}

function escapeForRegExp(name: string): string {
  return name.trim().replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}
