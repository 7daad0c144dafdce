import type { MediaKind, MessageKind, RoomKey } from '../../db/schema.ts'

/** What a room is called wherever people see it. */
export const ROOM_WORDS: Record<RoomKey, string> = { members: '居民群', committee: '支委群' }

/** One message as plain data; no type of any chat library goes further than this folder. */
export type ChatMessage = {
  /** The server's own id, the same over restarts and re-logins: the key against hearing twice. */
  id: string
  room: RoomKey
  /** When it was said. */
  at: Date
  /** An opaque id of the sender; the same over logins only for whom the account's owner gave a remark. */
  senderId: string
  /** The name shown in the room: the group card, else the nickname. */
  sender: string
  /** The name the account's owner gave this contact; the only name that can authorise. */
  remark: string | null
  kind: MessageKind
  /** The words; of a voice message its transcript, of a picture what stands or shows on it. */
  text: string
  /** How sure a transcript is, 0 to 1; null where nothing was transcribed. */
  confidence: number | null
  /** Id of the message this one answers. */
  quote: string | null
  /** The words this one answers, where the chat names no id; found again by room and text. */
  quotedText: string | null
  /** Id of the message this one withdraws (kind `recall`). */
  revokes: string | null
  /** Whether the bot was addressed with @; the @ and the name are already cut from the text. */
  toBot: boolean
  /** Set for a list that is sent whole again with every addition (接龙); only what is new in it is kept. */
  isChain?: boolean
  /** Set for a message that has ended the process twice: its words are left out, and it is carried out no more. */
  isSkipped?: boolean
}

/** The group chat behind the bot: WeChat through Wechaty, a terminal, or a test. */
export interface Chat {
  /** Begins to listen; each heard message is handed over in order, one at a time. */
  start(hear: (message: ChatMessage) => Promise<void>): Promise<void>
  /**
   * Says a text in a room.
   * @throws SendRefused when it certainly did not arrive; any other error means it may have arrived.
   */
  say(room: RoomKey, text: string): Promise<void>
  /** Sends a file of this machine to a room: a picture as a picture, anything else as a document; throws as `say`. */
  sendFile(room: RoomKey, path: string): Promise<void>
  /**
   * Fetches the file of a voice message or picture that was heard without its words; chats that always bring the
   * words have none. @throws FileGone when it can never be had; any other error means later perhaps.
   */
  fetchFile?(id: string, kind: MediaKind): Promise<Buffer>
  stop(): Promise<void>
}

/** The largest files taken, in bytes: a voice message lasts a minute at most, a picture is as WeChat shrinks it. */
export const MOST_BYTES: Record<MediaKind, number> = { voice: 2_000_000, image: 5_000_000 }

/** The file of a message is not there any more, or is larger than a voice message or picture should be. */
export class FileGone extends Error {
  override readonly name = 'FileGone'
}

/** The message certainly did not arrive; it may be tried again after `retryAfterSeconds`. */
export class SendRefused extends Error {
  override readonly name = 'SendRefused'
  readonly retryAfterSeconds: number

  constructor(message: string, retryAfterSeconds: number, options?: ErrorOptions) {
    super(message, options)
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** One room is not known in this login; the others can still be spoken to. */
export class RoomUnknown extends SendRefused {}

/** This very message was not accepted; others may well be. */
export class NotAccepted extends SendRefused {}
