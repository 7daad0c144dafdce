import type { RawMessage, SyncData, Wechat4u, Wechat4uPuppet } from './insides.ts'
import { pause } from './pause.ts'

const LONGEST_REST = 10_000

type Takers = {
  /** Resolves once every message of the batch is stored or none of our business. */
  take(batch: RawMessage[]): Promise<void>
  /** Called when a batch could not be stored; the server is then never told that it arrived. */
  onUntaken(error: unknown): void
}

/**
 * Takes each batch of messages from the server's own answer, in its order, before anybody else hears of it. The key
 * that tells the server it arrived moves on only then; the library would move it at once, and keep an old one over a
 * new greeting, so that a batch still being stored counts as delivered. The puppet's own way drops what was said while
 * it was away, mixes up the order, waits most of a minute for unknown people and loses unknown rooms; it gets nothing.
 */
export function takeFirst(wechat4u: Wechat4u, puppet: Wechat4uPuppet, { take, onUntaken }: Takers): void {
  const sync = wechat4u.sync.bind(wechat4u)
  const updateSyncKey = wechat4u.updateSyncKey.bind(wechat4u)
  let earlier: Promise<unknown> = Promise.resolve()
  let empty = 0

  const next = async () => {
    const data = await sync()
    const batch = data.AddMsgList ?? []
    const { ModContactCount } = data
    learn(wechat4u, data)
    try {
      await take(batch.map((message) => ({ ...message })))
    } catch (error) {
      onUntaken(error)
      return new Promise<never>(() => {})
    }
    updateSyncKey(data)
    for (const message of batch) remember(wechat4u, puppet, message)
    empty = batch.length > 0 || ModContactCount ? 0 : empty + 1
    if (empty > 1) await pause(Math.min(LONGEST_REST, 500 * empty))
    return { ...data, ModContactCount: 0 }
  }
  // A greeting begins a second round of looking for news while the first still stores what it got.
  wechat4u.sync = () => {
    const own = earlier.then(next)
    earlier = own.catch(() => {})
    return own
  }
  wechat4u.updateSyncKey = (data) => {
    if (isGreeting(data)) {
      wechat4u.PROP.formatedSyncKey = ''
      updateSyncKey(data)
    }
  }
  wechat4u.handleMsg = () => {}
}

/** The answer to a greeting describes the account; that to a look for news does not. */
function isGreeting(data: SyncData): boolean {
  return data.User !== undefined
}

/** What has changed about people and rooms comes with the messages, and counts for them already. */
function learn(wechat4u: Wechat4u, data: SyncData): void {
  try {
    wechat4u.handleSync(data)
  } catch (error) {
    wechat4u.emit('error', error)
  }
}

/** So that the puppet can fetch the file of a message when asked for it. */
function remember(wechat4u: Wechat4u, puppet: Wechat4uPuppet, message: RawMessage): void {
  if (wechat4u.contacts[message.FromUserName]?.MemberList === undefined && message.FromUserName.startsWith('@@')) return
  puppet.cacheMessageRawPayload.set(message.MsgId, wechat4u.Message.extend(message))
}
