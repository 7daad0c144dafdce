import { callOf, codeOf, isLoggedOut, readRefusal, readSyncCheck } from './answers.ts'
import type { Wechat4u } from './insides.ts'
import { LoginRefused } from './own-login.ts'
import { pause } from './pause.ts'

type Listeners = {
  /** The server answered while logging in. */
  onAnswer(): void
  /** The server answered a look for news; the session is alive. */
  onSync(): void
  /** There is nothing left to fetch. */
  onQuiet(): void
  /** WeChat refused the account, in its own words. */
  onRefusal(reason: string): void
  /** The server named a message it took from us. */
  onSent(id: string): void
}

const LOGGING_IN = new Set(['jslogin', 'login', 'webwxnewloginpage', 'webwxinit'])
const SHORTEST_POLL = 1000

/** Reads every answer of the server before wechat4u does, which overlooks or misreads several. */
export function watchAnswers(wechat4u: Wechat4u, listeners: Listeners): void {
  const send = wechat4u.request
  wechat4u.request = async (options) => {
    const asked = performance.now()
    const answer = await send(options)
    const call = callOf(options.url)
    if (LOGGING_IN.has(call)) listeners.onAnswer()
    if (call === 'login' && performance.now() - asked < SHORTEST_POLL) await pause(SHORTEST_POLL)
    if (call === 'webwxnewloginpage') throwRefusal(answer.data, listeners)
    if (call === 'synccheck') readCheck(wechat4u, answer.data, listeners)
    if (call === 'webwxsync' && codeOf(answer.data) === 0) listeners.onSync()
    if (call.startsWith('webwxsend') && codeOf(answer.data) === 0) {
      listeners.onSent(String((answer.data as { MsgID?: unknown }).MsgID ?? ''))
    }
    return answer
  }
}

function throwRefusal(body: unknown, { onRefusal }: Listeners): void {
  const reason = readRefusal(body)
  if (reason === null) return
  onRefusal(reason)
  throw Object.assign(new LoginRefused(reason), { response: { status: 200 } })
}

function readCheck(wechat4u: Wechat4u, body: unknown, { onSync, onQuiet }: Listeners): void {
  const check = readSyncCheck(body)
  if (!check) return
  if (check.code === 0) {
    // It counts failures since the last message, so that three in as many days would end the session.
    wechat4u.syncErrorCount = 0
    onSync()
    if (check.selector === 0) onQuiet()
  } else if (isLoggedOut(check.code)) {
    // It compares the code with a number and never sees this; three more rounds would take 11 seconds.
    wechat4u.stop()
  }
}
