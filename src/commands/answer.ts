import { answerQuestion, type OpenQuestion, type Option, questionsFor } from '../casework/questions.ts'
import { amendConcern, moveConcern, noteConcern } from '../concerns/ledger.ts'
import { getConcern } from '../concerns/repository.ts'
import { isAlive } from '../concerns/status.ts'
import type { MessageRow } from '../intake/inbox.ts'
import { partyGroupOf } from '../roster/look-up.ts'
import type { Place } from '../roster/place.ts'
import { placeName } from '../roster/place-name.ts'
import type { Asked } from './command.ts'
import { plainWords } from './parse.ts'
import { resolveWords } from './places.ts'

/** How long a bare 「对」 counts for a question that is put to a whole room. */
const BARE_WORD = 30 * 60_000

/** What counts as an answer to a question of the bot: 对 · 不对 · 1–4 · 改成 … , with or without the number of the concern. */
const ANSWER =
  /^(?:(?<yes>对|对的|是的)|(?<nay>不对|没好)|(?<pick>[1-4])|(?:改成|是在|在)[\s::]*(?<place>\S.{1,20}?))(?:[\s,,]*[##]?(?<no>\d{1,6})\s*号)?$/u

/** Whether the words could answer a question at all; only then are the open questions looked at. */
export function looksLikeAnswer({ kind, text }: Pick<MessageRow, 'kind' | 'text'>): boolean {
  return kind === 'text' && ANSWER.test(plainWords(text).words)
}

/** An answer that fits an open question, or null when the words are talk. */
export async function findAnswer(
  asked: Pick<Asked, 'db' | 'message' | 'now' | 'audience'>,
): Promise<{ question: OpenQuestion; groups: Record<string, string | undefined> } | 'which' | null> {
  const { db, message, now } = asked
  const match = ANSWER.exec(plainWords(message.text).words)
  if (!match) return null
  const groups = match.groups!
  const open = await questionsFor(db, message.room, message.sender_id, now)
  const fitting = open
    .filter(({ concern }) => groups.no === undefined || concern === Number(groups.no))
    .filter(({ kind, options }) => fits(kind, options, groups))
  if (fitting.length === 0) return null
  // Without the number it must be the next thing this person says.
  if (groups.no === undefined && !(await isNextWord(asked, fitting[0]!))) return null
  const isOld = now.getTime() - fitting[0]!.askedAt.getTime() > BARE_WORD
  if (groups.no === undefined && fitting[0]!.kind === 'settled' && isOld) return null
  if (fitting.length > 1 && groups.no === undefined) return 'which'
  return { question: fitting[0]!, groups }
}

/** Carries an answer out. @returns what to say. */
export async function applyAnswer(
  asked: Asked,
  question: OpenQuestion,
  groups: Record<string, string | undefined>,
): Promise<string> {
  return question.kind === 'settled' ? applySettled(asked, question, groups) : applyPlace(asked, question, groups)
}

async function applySettled(
  { db, actor, now }: Asked,
  { id, concern: no }: OpenQuestion,
  { yes }: Record<string, string | undefined>,
) {
  const concern = await getConcern(db, no)
  await answerQuestion(db, id, yes === undefined ? '不对' : '对', now)
  if (!isAlive(concern.status)) return `${no}号已经不用问了。`
  if (yes === undefined) {
    await noteConcern(db, no, { kind: 'settled_denied', note: null }, actor, now)
    return `好的,${no}号还没解决,接着办。`
  }
  if (concern.status === 'suspected') await moveConcern(db, no, { to: 'open' }, actor, now)
  await moveConcern(db, no, { to: 'resolved', result: '群里说已经解决' }, actor, now)
  return `好的,${no}号办结了。`
}

async function applyPlace(
  asked: Asked,
  { id, concern: no, options }: OpenQuestion,
  groups: Record<string, string | undefined>,
) {
  const { db, roster, message, actor, now } = asked
  const { pick, place: words } = groups
  const place = words === undefined ? placeOf(asked, options[Number(pick ?? 1) - 1]!) : resolveWords(asked, words)
  if (place.kind !== 'building' && place.kind !== 'compound' && place.compound === null) {
    return `没听清是哪里。\n例:改成 碧阳5栋`
  }
  const label = placeName(roster, place)
  await answerQuestion(db, id, label, now)
  // Written words are evidence, so that they go when they are withdrawn.
  const cited = words === undefined ? [] : [{ seq: message.seq, role: 'place' as const }]
  const change = { place, placeWords: words ?? label }
  await amendConcern(db, no, change, { kind: 'place', note: label }, actor, now, cited)
  return `好的,${no}号是${label}的。`
}

function placeOf({ roster }: Asked, { building, compound }: Option): Place {
  if (building === null) return { kind: 'ambiguous', compound, building: null, unit: null, partyGroup: null }
  return {
    kind: 'building',
    compound,
    building,
    unit: null,
    partyGroup: partyGroupOf(roster, building)?.number ?? null,
  }
}

function fits(
  kind: 'place' | 'settled',
  options: Option[],
  { yes, nay, pick, place }: Record<string, string | undefined>,
): boolean {
  if (kind === 'settled') return yes !== undefined || nay !== undefined
  if (pick !== undefined) return Number(pick) <= options.length
  return place !== undefined || (yes !== undefined && options.length === 1)
}

/** Whether this is the next thing the person says after the question. */
async function isNextWord({ db, message }: Pick<Asked, 'db' | 'message'>, { askedAt }: OpenQuestion): Promise<boolean> {
  const earlier = await db
    .selectFrom('message')
    .select('seq')
    .where('room', '=', message.room)
    .where('sender_id', '=', message.sender_id)
    .where('heard_at', '>=', askedAt.toISOString())
    .where('seq', '<', message.seq)
    .executeTakeFirst()
  return earlier === undefined
}
