import type { Wechat4u } from './insides.ts'

/**
 * Lets errors go on without the request and the answer they carry: the keys of the session and what people said.
 * After the end nobody hears of what still comes in; the puppet would stumble over what is gone.
 */
export function plainEvents(wechat4u: Wechat4u, isOver: () => boolean): void {
  const emit = wechat4u.emit.bind(wechat4u)
  wechat4u.emit = (event, ...args) => !isOver() && emit(event, ...(event === 'error' ? [plain(args[0])] : args))
}

function plain(error: unknown): Error {
  const { tips, message, code } = error as Error & { tips?: string; code?: string }
  return new Error([tips, message, code].filter(Boolean).join(' '))
}
