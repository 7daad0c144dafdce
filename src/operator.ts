import type { Log } from './log.ts'

const PATIENCE = 10_000

type Options = { webhook: string | null; log: Log; print(text: string): void }

/**
 * Who keeps the bot alive: reads the terminal, and hears of what cannot wait through the webhook of a group robot, since
 * WeChat itself may be what is broken. A webhook that fails is logged and holds nothing up.
 */
export class Operator {
  readonly #options: Options
  readonly #sending = new Set<Promise<void>>()

  constructor(options: Options) {
    this.#options = options
  }

  /** Tells something in the terminal, in Chinese. */
  tell(text: string): void {
    this.#options.print(text)
  }

  /** Tells something in the terminal and outside. */
  warn(text: string): void {
    this.tell(text)
    this.alert(text)
  }

  /** Tells something outside, at once. It must not hold what residents said. */
  alert(text: string): void {
    const { webhook } = this.#options
    if (webhook === null) return
    const sending = this.#post(webhook, text).finally(() => this.#sending.delete(sending))
    this.#sending.add(sending)
  }

  /** Resolves when every alert has arrived or failed, after ten seconds at most: to be awaited before the process ends. */
  async settled(): Promise<void> {
    await Promise.all(this.#sending)
  }

  /** The JSON is the text message that the group robots of WeCom and DingTalk understand; both say in it what went wrong. */
  async #post(webhook: string, text: string): Promise<void> {
    const { log } = this.#options
    const body = JSON.stringify({ msgtype: 'text', text: { content: `居民诉求小助手:${text}` } })
    const headers = { 'content-type': 'application/json' }
    try {
      const response = await fetch(webhook, { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE) })
      const answer = (await response.json().catch(() => null)) as { errcode?: number } | null
      const code = answer?.errcode ?? 0
      if (!response.ok || code !== 0) log.warn({ status: response.status, code }, 'the alert webhook refused')
    } catch (error) {
      log.warn({ err: error }, 'the alert webhook cannot be reached')
    }
  }
}
