import type { Wechaty } from 'wechaty'
import { newWechat4u, WECHAT4U } from './wechat4u/load.ts'

/**
 * Builds a Wechaty, not started yet; the library is loaded only here.
 * @param puppet the package name of a puppet, or a puppet
 * @param session the file that keeps the login over restarts; Wechaty adds `.memory-card.json`. Without it in memory only.
 */
export async function buildBot(puppet: string | Wechaty['puppet'], session?: string): Promise<Wechaty> {
  const { WechatyBuilder } = await import('wechaty')
  const chosen = puppet === WECHAT4U ? await newWechat4u() : puppet
  return WechatyBuilder.build({ name: session, puppet: chosen as Wechaty['puppet'] })
}
