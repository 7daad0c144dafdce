import type { RawContact, RawMessage, Wechat4u, Wechat4uPuppet } from './insides.ts'
import { pause } from './pause.ts'

const AT_ONCE = 50
const TRIES = 8
const BETWEEN = 2000
/** A room that shows nobody after so many questions is not waited for. */
const ENOUGH_TRIES = 3
const STATUS = 51

export type FilledRooms = {
  /** Looks through a batch of messages for rooms that are not known yet. */
  want(batch: RawMessage[]): void
  /** Whether nothing more will be learnt about the rooms soon. */
  isSettled(): boolean
  /** Whether the list of contacts has come since the last greeting. */
  knowsPeople(): boolean
}

/**
 * Learns the rooms and who is in them: few calls, one at a time. The puppet would ask for every single member of
 * every room, 13 calls for 500 people, which alone can make WeChat refuse everything for an hour.
 */
export function fillRooms(
  wechat4u: Wechat4u,
  puppet: Wechat4uPuppet,
  { isEnding, onLearnt }: { isEnding(): boolean; onLearnt(): void },
): FilledRooms {
  let lists = 0
  const tries = new Map<string, number>()
  let isAsking = false

  const lacking = () =>
    [...tries].filter(([id, tried]) => tried < TRIES && isEmpty(wechat4u.contacts[id])).map(([id]) => id)
  const want = (ids: string[]) => {
    for (const id of ids) {
      if (isRoom(id) && isEmpty(wechat4u.contacts[id]) && !tries.has(id)) tries.set(id, 0)
    }
    if (!isAsking && lacking().length > 0) void ask()
  }
  const ask = async () => {
    isAsking = true
    for (let wanted = lacking(); wanted.length > 0 && !isEnding(); wanted = lacking()) {
      const ids = wanted.slice(0, AT_ONCE)
      for (const id of ids) tries.set(id, tries.get(id)! + 1)
      try {
        wechat4u.updateContacts(await wechat4u.batchGetContact(ids.map((UserName) => ({ UserName }))))
      } catch (error) {
        wechat4u.emit('error', error)
      }
      for (const id of ids) if (!isEmpty(wechat4u.contacts[id])) tries.delete(id)
      const most = Math.max(0, ...lacking().map((id) => tries.get(id)!))
      if (lacking().length > 0) await pause(BETWEEN * 2 ** Math.max(0, most - 1))
    }
    isAsking = false
  }

  puppet.getContactsInfo = () => {
    puppet.unknownContactId.length = 0
    clearInterval(puppet.getContactInterval)
    puppet.getContactInterval = undefined
  }
  keepWhatIsKnown(wechat4u)
  wechat4u.on('contacts-updated', (contacts: RawContact[]) => {
    want(contacts.map(({ UserName }) => UserName))
    onLearnt()
  })
  const getContact = wechat4u._getContact.bind(wechat4u)
  wechat4u._getContact = async (seq) => {
    lists += 1
    try {
      return await getContact(seq)
    } finally {
      // Whoever asked for the list learns from it first.
      setTimeout(() => {
        lists -= 1
      })
    }
  }
  return {
    want: (batch) => {
      want(
        batch.flatMap((message) =>
          message.MsgType === STATUS ? (message.StatusNotifyUserName ?? '').split(',') : [message.FromUserName],
        ),
      )
    },
    knowsPeople: () => lists === 0,
    isSettled: () => lists === 0 && lacking().every((id) => tries.get(id)! >= ENOUGH_TRIES),
  }
}

/** An update without members must not empty a room, and a remark taken away must not stay: it can authorise. */
function keepWhatIsKnown(wechat4u: Wechat4u): void {
  const update = wechat4u.updateContacts.bind(wechat4u)
  wechat4u.updateContacts = (contacts) => {
    for (const contact of contacts ?? []) {
      if (!isRoom(contact.UserName) || (contact.MemberList?.length ?? 0) > 0) continue
      contact.MemberList = wechat4u.contacts[contact.UserName]?.MemberList ?? []
    }
    update(contacts)
  }
  const handle = wechat4u.handleSync.bind(wechat4u)
  wechat4u.handleSync = (data) => {
    for (const { UserName, RemarkName } of data?.ModContactList ?? []) {
      const known = wechat4u.contacts[UserName]
      if (known && RemarkName === '') known.RemarkName = ''
    }
    handle(data)
  }
}

function isRoom(id: string): boolean {
  return id.startsWith('@@')
}

function isEmpty(room: RawContact | undefined): boolean {
  return !room?.MemberList || room.MemberList.length === 0
}
