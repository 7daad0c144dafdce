import type { Db } from '../../db/database.ts'
import type { RoomKey } from '../../db/schema.ts'
import type { ChatMessage } from '../chat/chat.ts'
import { comparable, isForgotten } from '../privacy/forgotten.ts'
import { lastingWords } from './chain.ts'

type Heard = { sender: string; kind: string; words: string }

/** Shorter words of the bot may be anybody's. */
const LONG_ENOUGH = 6
const MENTION = /^[@＠][^\s\u2005]+[\s\u2005]+/u

/**
 * Leaves out of a copied chat what is known already or was removed on purpose: heard within the same minute in the same
 * words (each hearing stands for one copy, by the same name first, since a copy may show another name of the same
 * person), said by the bot itself, or withdrawn, purged, deleted, or never to be kept.
 */
export async function leaveOutKnown(db: Db, messages: readonly ChatMessage[], botName: string): Promise<ChatMessage[]> {
  const heard = await heardMeanwhile(db, messages)
  /** Takes one hearing that fits out of the list. */
  const take = (message: ChatMessage, byName: boolean): boolean => {
    const list = heard.get(placeOf(message.room, message.at.toISOString())) ?? []
    const at = list.findIndex((one) => isSame(one, message) && (!byName || one.sender === message.sender))
    if (at >= 0) list.splice(at, 1)
    return at >= 0
  }
  const unnamed = messages.filter((message) => !take(message, true))
  const unheard = unnamed.filter((message) => !take(message, false))
  const own = await ownWords(db)
  const fresh: ChatMessage[] = []
  for (const message of unheard) {
    const { room, sender, text } = message
    if (sender === botName || own.has(comparable(text))) continue
    const trace = { room, sender, saidAt: message.at.toISOString(), text }
    if (await isForgotten(db, trace)) continue
    if (!(await isForgotten(db, { ...trace, text: lastingWords(text) }))) fresh.push(message)
  }
  return fresh
}

function isSame(heard: Heard, { kind, text }: ChatMessage): boolean {
  if (text === '') return heard.kind === kind
  const words = comparable(text)
  return words !== '' && (heard.words === words || heard.words === comparable(text.replace(MENTION, '')))
}

/** What was heard from the first to the last of these messages, by room and minute. */
async function heardMeanwhile(db: Db, messages: readonly ChatMessage[]): Promise<Map<string, Heard[]>> {
  const minutes = messages.map(({ at }) => minuteOf(at.toISOString())).sort()
  const rows = await db
    .selectFrom('message')
    .select(['room', 'said_at', 'sender', 'kind', 'text'])
    .where('said_at', '>=', minutes[0] ?? '')
    .where('said_at', '<=', `${minutes.at(-1) ?? ''}~`)
    .execute()
  return Map.groupBy(
    rows.map(({ room, said_at, sender, kind, text }) => ({
      ...{ place: placeOf(room, said_at), sender, kind, words: comparable(text) },
    })),
    ({ place }) => place,
  )
}

function placeOf(room: RoomKey, saidAt: string): string {
  return `${room} ${minuteOf(saidAt)}`
}

function minuteOf(saidAt: string): string {
  return saidAt.slice(0, 16)
}

/** What the bot itself has said in the rooms: in a copy it stands like anybody's words. */
async function ownWords(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('outbox').select('text').where('state', 'in', ['sent', 'unsure']).execute()
  return new Set(rows.map(({ text }) => comparable(text)).filter((words) => words.length >= LONG_ENOUGH))
}
