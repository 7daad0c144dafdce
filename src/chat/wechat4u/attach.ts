import type { Clock } from '../../clock.ts'
import { type FilledRooms, fillRooms } from './fill-rooms.ts'
import { freshIds } from './fresh-ids.ts'
import { assertWechat4u, type RawMessage, SLOT, type Wechat4u, type Wechat4uPuppet } from './insides.ts'
import { Liveness } from './liveness.ts'
import { ownLogin } from './own-login.ts'
import { plainEvents } from './plain-events.ts'
import { takeFirst } from './take-first.ts'
import { watchAnswers } from './watch-answers.ts'

export type LineListeners = {
  /** Resolves once every message of the batch is stored or none of our business. */
  take(batch: RawMessage[]): Promise<void>
  /** A batch could not be stored. The server is not told that it arrived and sends it again to the next process. */
  onUntaken(error: unknown): void
  /** More is known about people and rooms. */
  onLearnt(): void
  /** Every id known so far is void. */
  onNewIds(): void
  /** The server answered a look for news. */
  onSync(): void
  /** The server has nothing more to give. */
  onQuiet(): void
  /** The server took a message from us under this id. */
  onSent(id: string): void
  /** WeChat refused the account that scanned the code, in its own words. */
  onRefusal(reason: string): void
  /** The session is over; the next process needs a QR code. */
  onDead(): void
  /** The server has been silent for too long. */
  onStale(): void
}

/** The hardened connection of a puppet to WeChat. */
export type Line = {
  wechat4u(): Wechat4u | undefined
  isOwn(id: string): boolean
  isEnding(): boolean
  /** Whether nothing more will be learnt about the rooms soon. */
  isSettled(): boolean
  /** Whether the list of contacts has come since the last greeting. */
  knowsPeople(): boolean
  /** Ends the connection and leaves the session alive, so that the next start needs no QR code. */
  detach(): Promise<void>
}

/** Makes the puppet's connection to WeChat safe; to be called before it is started. */
export function attach(puppet: Wechat4uPuppet, clock: Clock, listeners: LineListeners): Line {
  let isEnding = false
  let isDetached = false
  let isOwn = (_: string) => false
  let rooms: FilledRooms | null = null
  const liveness = new Liveness({ clock, isLoggedIn: () => puppet.isLoggedIn, onStale: listeners.onStale })
  const endWith = (last: () => void) => {
    if (isEnding) return
    isEnding = true
    liveness.stop()
    last()
  }
  const onDead = async () => {
    await puppet.memory.delete(SLOT)
    await puppet.memory.save()
    endWith(listeners.onDead)
  }

  // Wechaty's watchdog bites when the machine has slept, and would begin a second connection beside the first.
  puppet.reset = async () => {}
  const monkeyPatch = puppet.monkeyPatch.bind(puppet)
  puppet.monkeyPatch = (wechat4u) => {
    assertWechat4u(wechat4u)
    monkeyPatch(wechat4u)
    plainEvents(wechat4u, () => isDetached)
    const { isAlive } = ownLogin(wechat4u, { isEnding: () => isEnding, onDead: () => void onDead() })
    watchAnswers(wechat4u, {
      ...listeners,
      // A server that greets again and again without giving any news is as good as silent.
      onAnswer: () => {
        if (!puppet.isLoggedIn) liveness.answered()
      },
      onSync: () => {
        isAlive()
        liveness.answered()
        listeners.onSync()
      },
    })
    isOwn = freshIds(wechat4u, puppet, listeners.onNewIds).isOwn
    const filled = fillRooms(wechat4u, puppet, { isEnding: () => isEnding, onLearnt: listeners.onLearnt })
    rooms = filled
    takeFirst(wechat4u, puppet, {
      take: (batch) => {
        filled.want(batch)
        return listeners.take(batch)
      },
      onUntaken: (error) => endWith(() => listeners.onUntaken(error)),
    })
    liveness.start()
  }

  return {
    wechat4u: () => puppet.wechat4u,
    isOwn: (id) => isOwn(id),
    isEnding: () => isEnding,
    isSettled: () => rooms?.isSettled() === true,
    knowsPeople: () => rooms?.knowsPeople() === true,
    detach: async () => {
      const wasDying = isEnding
      isEnding = true
      isDetached = true
      liveness.stop()
      clearInterval(puppet.getContactInterval)
      // The puppet counts contacts until their number stands still, and would go on counting nothing.
      puppet.contactList = () => new Promise(() => {})
      if (wasDying || !puppet.wechat4u || !puppet.isLoggedIn) return
      await puppet.memory.set(SLOT, puppet.wechat4u.botData)
      await puppet.memory.save()
    },
  }
}
