import type { Log } from './log.ts'

const PATIENCE = 10_000

/**
 * What tells the operator something: the terminal, and outside WeChat a webhook when there is one. The JSON is the text
 * message that the group robots of WeCom and DingTalk understand. A webhook that fails is logged and holds nothing up.
 */
export function createTell({ webhook, log, print }: { webhook: string | null; log: Log; print(text: string): void }) {
  return (text: string): void => {
    print(text)
    if (webhook === null) return
    const body = JSON.stringify({ msgtype: 'text', text: { content: `居民诉求小助手:${text}` } })
    const headers = { 'content-type': 'application/json' }
    fetch(webhook, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE) })
      .then((response) => {
        if (!response.ok) log.warn({ status: response.status }, 'the alert webhook refused')
      })
      .catch((error: unknown) => log.warn({ err: error }, 'the alert webhook cannot be reached'))
  }
}
