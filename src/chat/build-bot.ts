import { createRequire } from 'node:module'
import type { Wechaty } from 'wechaty'
import { UserError } from '../errors.ts'
import { newWechat4u, WECHAT4U } from './wechat4u/load.ts'

/**
 * Builds a Wechaty, not started yet; the library is loaded only here.
 * @param puppet the package name of a puppet, or a puppet
 * @param session the file that keeps the login over restarts; Wechaty adds `.memory-card.json`. Without it in memory only.
 * @throws UserError when there is no such package
 */
export async function buildBot(puppet: string | Wechaty['puppet'], session?: string): Promise<Wechaty> {
  if (typeof puppet === 'string' && !isInstalled(puppet)) throw new UserError(missingPuppet(puppet))
  const { WechatyBuilder } = await import('wechaty')
  const chosen = puppet === WECHAT4U ? await newWechat4u() : puppet
  return WechatyBuilder.build({ name: session, puppet: chosen as Wechaty['puppet'] })
}

/** Whether the package of a puppet can be loaded. */
export function isInstalled(puppet: string): boolean {
  try {
    createRequire(import.meta.url).resolve(puppet)
    return true
  } catch (error) {
    return (error as { code?: string }).code !== 'MODULE_NOT_FOUND'
  }
}

/** What to say about a puppet that is not installed. */
export function missingPuppet(puppet: string): string {
  return `没有装这个 Wechaty puppet:${puppet}。请改 .env 里的 WECHATY_PUPPET,一般是 ${WECHAT4U}。`
}
