import { codeOf, isLoggedOut } from './answers.ts'
import type { Wechat4u } from './insides.ts'
import { backOff, pause } from './pause.ts'

/** WeChat said no to the account that scanned the code. */
export class LoginRefused extends Error {
  override readonly name = 'LoginRefused'
}

type Options = {
  /** Whether the process is on its way out; nothing is begun any more. */
  isEnding(): boolean
  /** The session is over for good. */
  onDead(): void
}

const TRIES_OF_A_REFUSED_SESSION = 3
const AFTER_REFUSAL = 60_000

/**
 * Takes wechat4u's starting, restarting and stopping into our hands. By itself it would call the server thousands of
 * times a second while there is no network, throw a session away at the first error of a server, stay deaf after a
 * late recovery, and log in again among the ids of a dead session.
 * @returns what is to be told each time the session proves to be alive.
 */
export function ownLogin(wechat4u: Wechat4u, { isEnding, onDead }: Options): { isAlive(): void } {
  let isRenewing = false
  let doubts = 0

  wechat4u.start = async () => {
    for (let failures = 0; !isEnding(); ) {
      try {
        await wechat4u._login()
        return await wechat4u.restart()
      } catch (error) {
        if (isEnding()) return
        wechat4u.emit('error', error)
        failures = isExpiredCode(error) ? 0 : failures + 1
        await pause(error instanceof LoginRefused ? AFTER_REFUSAL : backOff(failures))
      }
    }
  }

  wechat4u.restart = async () => {
    if (isRenewing || isEnding()) return
    isRenewing = true
    wechat4u.state = 'init'
    for (let failures = 1; !isEnding(); failures++) {
      try {
        await wechat4u._init()
        break
      } catch (error) {
        if (isEnding()) return
        wechat4u.emit('error', error)
        const answer = answerOf(error)
        if (answer === 'over' || (answer === 'refused' && failures >= TRIES_OF_A_REFUSED_SESSION)) return onDead()
        await pause(backOff(failures))
      }
    }
    isRenewing = false
  }

  // Whoever stops a running session believes it dead; only a new greeting of the server tells. One that is greeted
  // and yet thrown out again and again is dead too.
  wechat4u.stop = () => {
    clearTimeout(wechat4u.retryPollingId)
    clearTimeout(wechat4u.checkPollingId)
    wechat4u.state = 'logout'
    if (isEnding()) return
    doubts += 1
    if (doubts >= TRIES_OF_A_REFUSED_SESSION) return onDead()
    setTimeout(() => void wechat4u.restart(), doubts === 1 ? 0 : backOff(doubts))
  }

  return {
    isAlive: () => {
      doubts = 0
    },
  }
}

type HttpError = Error & { response?: { status?: number; data?: unknown } }

function answerOf(error: unknown): 'over' | 'refused' | 'unreachable' {
  const { message, response } = error as HttpError
  if (message === 'already logout') return 'over'
  const code = codeOf(response?.data)
  if (isLoggedOut(code)) return 'over'
  return code === null ? 'unreachable' : 'refused'
}

function isExpiredCode(error: unknown): boolean {
  return (error as Error).message?.includes('400 != 400') === true
}
