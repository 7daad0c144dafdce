import { cutAddress } from './address.ts'
import type { ChatMessage } from './chat.ts'
import { parseQuote } from './quote.ts'

/** What a typed text says, apart from who said it and where. */
export type Words = Pick<ChatMessage, 'text' | 'toBot' | 'quotedText'> & { kind: 'text' | 'link' }

const CHAIN = /^\s*#接龙/
const SHARED = /^\s*\[(?:链接|视频|聊天记录)\]/

/**
 * Reads a typed text: the quote it answers, the @ of the bot, and whether it only passes something on.
 * @example '[链接] 小满将至' → kind link; '#接龙\n1. 张三' → kind text
 */
export function readWords(said: string, ...botNames: string[]): Words {
  const quote = parseQuote(said)
  const { text, toBot } = cutAddress(quote ? quote.own : said, ...botNames)
  return { kind: SHARED.test(text) ? 'link' : 'text', text, toBot, quotedText: quote?.quotedText ?? null }
}

/** Whether a text is a list to which everybody adds a line (接龙); WeChat sends it whole again each time. */
export function isChainText(said: string): boolean {
  return CHAIN.test(said)
}
