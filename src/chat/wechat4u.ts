import type { Wechaty } from 'wechaty'

/** The name of the puppet that speaks WeChat's web protocol. */
export const WECHAT4U = 'wechaty-puppet-wechat4u'

const SLOT = 'PUPPET-WECHAT4U'

type Insides = {
  isLoggedIn: boolean
  memory: { set(slot: string, value: unknown): Promise<void>; save(): Promise<void> }
  getContactInterval?: NodeJS.Timeout
  wechat4u?: { botData: unknown; logout(): Promise<void>; removeAllListeners(event: string): void }
}

/** A new puppet. Importing it would make the process survive any uncaught error; that listener is taken off again. */
export async function newWechat4u(): Promise<Wechaty['puppet']> {
  const before = new Set(process.listeners('uncaughtException'))
  const { PuppetWechat4u } = await import('wechaty-puppet-wechat4u')
  for (const listener of process.listeners('uncaughtException')) {
    if (!before.has(listener)) process.off('uncaughtException', listener)
  }
  return new PuppetWechat4u()
}

/**
 * Makes stopping this puppet leave WeChat's session alive, so that the next start needs no QR code: unprepared, a
 * stop logs out and deletes the session. Does nothing to other puppets.
 */
export async function keepSession(puppet: Wechaty['puppet']): Promise<void> {
  const insides = puppet as unknown as Insides
  const { wechat4u } = insides
  if (!wechat4u) return
  wechat4u.removeAllListeners('logout')
  wechat4u.logout = async () => {}
  clearInterval(insides.getContactInterval)
  if (!insides.isLoggedIn) return
  await insides.memory.set(SLOT, wechat4u.botData)
  await insides.memory.save()
}
