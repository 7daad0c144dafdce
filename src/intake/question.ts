import type { Db } from '../../db/database.ts'
import { clockText, dateWithWeekday, dayText } from '../clock.ts'
import type { Concern } from '../concerns/concern.ts'
import { findByEvidence, listTalkedAbout } from '../concerns/repository.ts'
import { isAlive } from '../concerns/status.ts'
import { categoryOf, type Taxonomy } from '../concerns/taxonomy.ts'
import { cleanText } from '../privacy/clean.ts'
import { findMentions } from '../roster/mentions.ts'
import { placeName } from '../roster/place-name.ts'
import type { Roster } from '../roster/roster.ts'
import { talkBefore } from './episodes.ts'
import type { MessageRow } from './inbox.ts'
import type { Line, OpenConcern, Question } from './reader.ts'

/** A question and what its numbers stand for; only the code knows, never the reader. */
export type AskedEpisode = {
  question: Question
  /** The message behind each line; index 0 is line 1. */
  messages: MessageRow[]
  open: Map<number, Concern>
}

const CONTEXT_LINES = 10
const MOST_OPEN = 20
const REGISTER_WORD = /^\s*登记[\s::,,]*/u

/** Turns an episode into numbered lines with what went before, and the concerns it may be about. */
export async function askAbout(
  db: Db,
  fresh: MessageRow[],
  { roster, taxonomy, isRegistered }: { roster: Roster; taxonomy: Taxonomy; isRegistered: boolean },
): Promise<AskedEpisode> {
  const [first] = fresh
  if (!first) throw new Error('an episode without messages is not asked about')
  const earlier = isRegistered ? [] : await talkBefore(db, first.room, first.seq, CONTEXT_LINES)
  const messages = [...earlier, ...fresh]
  const last = new Date(fresh.at(-1)!.said_at)
  const labels = new Map<string, string>()
  for (const { sender } of messages) if (!labels.has(sender)) labels.set(sender, `U${labels.size + 1}`)
  const quoted = await quotedMessages(db, messages)
  const about = await findByEvidence(db, [...quoted.values()])

  const lines = messages.map((message, index): Line => {
    const said = new Date(message.said_at)
    const quotedSeq = message.quote_id === null ? undefined : quoted.get(message.quote_id)
    const quotedLine = messages.findIndex((candidate) => candidate.seq === quotedSeq)
    return {
      number: index + 1,
      isNew: index >= earlier.length,
      time: dayText(said) === dayText(last) ? clockText(said) : `${dayText(said)} ${clockText(said)}`,
      speaker: labels.get(message.sender)!,
      kind: message.kind === 'voice' || message.kind === 'image' ? message.kind : 'text',
      text: cleanText(isRegistered ? message.text.replace(REGISTER_WORD, '') : message.text),
      quotes: quotedLine < 0 ? null : quotedLine + 1,
      quotesConcern: quotedSeq === undefined ? null : (about.get(quotedSeq) ?? null),
    }
  })

  const talkedAbout = await listTalkedAbout(db, last)
  // What these very lines had alarmed by rule is read now, not repeated.
  const alarmed = new Set(
    (
      await findByEvidence(
        db,
        fresh.map(({ seq }) => seq),
      )
    ).values(),
  )
  const known = talkedAbout.filter(({ no }) => !alarmed.has(no))
  const near = nearestFirst(known, lines, new Set(labels.keys()), roster).slice(0, MOST_OPEN)
  const open = near.map((concern): OpenConcern => {
    return {
      no: concern.no,
      category: categoryOf(taxonomy, concern.category).label,
      place: placeName(roster, concern.place),
      title: concern.title,
      reporter: concern.reporterId === null ? null : (labelOf(messages, labels, concern) ?? null),
      isSettled: !isAlive(concern.status),
    }
  })
  return {
    question: { date: dateWithWeekday(last), lines, open, speakers: labels },
    messages,
    open: new Map(near.map((concern) => [concern.no, concern])),
  }
}

/** Concerns that the lines name by quote, speaker, building, compound or matter come first, then the newest. */
function nearestFirst(concerns: Concern[], lines: Line[], senders: Set<string>, roster: Roster): Concern[] {
  const mentions = lines.filter((line) => line.isNew).flatMap((line) => findMentions(roster, line.text))
  const buildings = new Set(mentions.flatMap((mention) => mention.candidates.map((building) => building.code)))
  const compounds = new Set(mentions.flatMap((mention) => (mention.compound === null ? [] : [mention.compound])))
  const quoted = new Set(lines.map((line) => line.quotesConcern))
  const said = new Set(lines.filter((line) => line.isNew).flatMap((line) => [...line.text]))
  const nearness = ({ no, reporterId, reporter, place, title }: Concern) =>
    (quoted.has(no) ? 8 : 0) +
    (senders.has(reporterId ?? '') || senders.has(reporter ?? '') ? 4 : 0) +
    (place.building !== null && buildings.has(place.building) ? 2 : 0) +
    (place.compound !== null && compounds.has(place.compound) ? 1 : 0) +
    (matterOf(title).some((character) => said.has(character)) ? 1 : 0)
  return concerns
    .map((concern) => ({ concern, near: nearness(concern) }))
    .sort((a, b) => b.near - a.near || b.concern.no - a.concern.no)
    .map(({ concern }) => concern)
}

/** The characters that tell what a title is about: 碧阳12栋停水 → 停水; 来水了 has one of them. */
function matterOf(title: string): string[] {
  return [...title.replace(/小区|国际|一期|二期|[^\p{Script=Han}]|[栋楼单元的了不有无没人大小门口号家]/gu, '')]
}

function labelOf(messages: MessageRow[], labels: Map<string, string>, concern: Concern): string | undefined {
  const message = messages.find(({ sender_id, person }) => {
    return sender_id === concern.reporterId || (person !== null && person === concern.reporter)
  })
  return message && labels.get(message.sender)
}

/** Quoted message id → its seq, for the quotes that are known. */
async function quotedMessages(db: Db, messages: MessageRow[]): Promise<Map<string, number>> {
  const ids = messages.flatMap((message) => (message.quote_id === null ? [] : [message.quote_id]))
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('message').select(['msg_id', 'seq']).where('msg_id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.msg_id, row.seq]))
}
