import type { Wechaty } from 'wechaty'
import { assertPuppet, assertVersions, type Wechat4uPuppet } from './insides.ts'

/** The name of the puppet that speaks WeChat's web protocol. */
export const WECHAT4U = 'wechaty-puppet-wechat4u'

/**
 * A new puppet. Importing it would make the process survive any uncaught error; that listener is taken off again.
 * @throws UserError when the installed versions are not those this project was written for.
 */
export async function newWechat4u(): Promise<Wechat4uPuppet> {
  const before = new Set(process.listeners('uncaughtException'))
  const { PuppetWechat4u, VERSION } = await import('wechaty-puppet-wechat4u')
  for (const listener of process.listeners('uncaughtException')) {
    if (!before.has(listener)) process.off('uncaughtException', listener)
  }
  assertVersions(VERSION)
  const puppet: object = new PuppetWechat4u()
  assertPuppet(puppet)
  return puppet
}

/** Whether this puppet is the one that speaks WeChat's web protocol. */
export function isWechat4u(puppet: Wechaty['puppet']): puppet is Wechat4uPuppet {
  return puppet.name().startsWith(WECHAT4U)
}
