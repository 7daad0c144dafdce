import type { Wechat4u, Wechat4uPuppet } from './insides.ts'

/**
 * Keeps the ids of a dead session out of a new one: when the account's own id has changed, everything known is
 * forgotten before anything new is learnt, and the puppet goes on under the new id instead of throwing.
 */
export function freshIds(
  wechat4u: Wechat4u,
  puppet: Wechat4uPuppet,
  onNewIds: () => void,
): { isOwn(id: string): boolean } {
  const own = new Set<string>([wechat4u.user.UserName].filter(Boolean))
  const init = wechat4u.init.bind(wechat4u)
  wechat4u.init = async () => {
    const before = wechat4u.user.UserName
    const data = await init()
    own.add(wechat4u.user.UserName)
    if (before === wechat4u.user.UserName) return data
    wechat4u.contacts = {}
    puppet.cache.clear()
    onNewIds()
    return data
  }
  const login = puppet.login.bind(puppet)
  puppet.login = (id) => {
    if (puppet.isLoggedIn) puppet.__currentUserId = id
    else login(id)
  }
  return { isOwn: (id) => id === '' || own.has(id) }
}
