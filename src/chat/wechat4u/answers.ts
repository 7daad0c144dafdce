import { xmlText } from '../raw-text.ts'

/** What WeChat says when the session has ended: logged out on the phone, logged in elsewhere, unknown cookies. */
const LOGGED_OUT = new Set([1100, 1101, 1102])

/** The call an address stands for: https://wx2.qq.com/cgi-bin/mmwebwx-bin/webwxsync?sid=… → webwxsync */
export function callOf(url: string): string {
  return /\/([^/?]+)(?:\?|$)/.exec(url)?.[1] ?? ''
}

/**
 * Reads the answer to a look for news; null when it is none.
 * @example 'window.synccheck={retcode:"0",selector:"2"}' → { code: 0, selector: 2 }
 */
export function readSyncCheck(body: unknown): { code: number; selector: number } | null {
  const found = /retcode\s*:\s*"(-?\d+)"\s*,\s*selector\s*:\s*"(\d+)"/.exec(String(body))
  return found && { code: Number(found[1]), selector: Number(found[2]) }
}

/** The code of an answer in JSON; null when it has none. */
export function codeOf(data: unknown): number | null {
  const code = (data as { BaseResponse?: { Ret?: unknown } } | null)?.BaseResponse?.Ret
  return typeof code === 'number' ? code : null
}

/** Whether a code says that this session is over. */
export function isLoggedOut(code: number | null): boolean {
  return code !== null && LOGGED_OUT.has(code)
}

/**
 * Why WeChat refused a login, in its own words; null when it did not. The library would go on as if it had not.
 * @example '<error><ret>1203</ret><message>为了你的帐号安全…</message></error>' → '1203 为了你的帐号安全…'
 */
export function readRefusal(body: unknown): string | null {
  const code = xmlText(String(body), 'ret')
  return code === null || code === '0' ? null : `${code} ${xmlText(String(body), 'message') ?? ''}`.trim()
}
