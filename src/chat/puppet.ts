import type { Wechaty } from 'wechaty'
import type { payloads } from 'wechaty-puppet'
import { decodeText } from './raw-text.ts'

/**
 * A Wechaty puppet with its raw reads, which its types hide. Only they are fresh: the other payloads stay for days
 * what they were when first asked for.
 */
export type Puppet = Wechaty['puppet'] & {
  messageRawPayload(id: string): Promise<unknown>
  contactRawPayload(id: string): Promise<unknown>
  contactRawPayloadParser(raw: unknown): Promise<payloads.Contact>
  roomRawPayload(id: string): Promise<unknown>
  roomRawPayloadParser(raw: unknown): Promise<payloads.Room>
}

/** The group card of a member, else the nickname; null when the room does not know them. */
export async function nameInRoom(puppet: Puppet, roomId: string, contactId: string): Promise<string | null> {
  const member = await puppet.roomMemberPayload(roomId, contactId).catch(() => null)
  return member && (decodeText(member.roomAlias ?? '').trim() || decodeText(member.name).trim() || null)
}

/** A contact as known now, or null. Asking wechat4u for one it does not hold would wait for most of a minute. */
export async function knownContact(puppet: Puppet, contactId: string): Promise<payloads.Contact | null> {
  const known = await puppet.contactList()
  if (!known.includes(contactId)) return null
  return puppet.contactRawPayloadParser(await puppet.contactRawPayload(contactId))
}

/** A room as it is now, or null. Asking wechat4u for one it does not hold would wait for most of a minute. */
export async function knownRoom(
  puppet: Puppet,
  roomId: string,
): Promise<{ topic: string; memberIds: string[] } | null> {
  const known = await puppet.roomList()
  if (!known.includes(roomId)) return null
  const room = await puppet.roomRawPayloadParser(await puppet.roomRawPayload(roomId))
  return { topic: decodeText(room.topic).trim(), memberIds: room.memberIdList }
}

/** The names the others in a room show, the bot left out. */
export async function memberNames(puppet: Puppet, roomId: string, memberIds: readonly string[]): Promise<string[]> {
  const others = memberIds.filter((id) => id !== puppet.currentUserId)
  const names = await Promise.all(others.map((id) => nameInRoom(puppet, roomId, id)))
  return names.filter((name) => name !== null)
}
