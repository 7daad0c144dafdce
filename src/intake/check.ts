import type { EvidenceRole, Source, Urgency } from '../../db/schema.ts'
import type { Concern } from '../concerns/concern.ts'
import type { NewConcern } from '../concerns/ledger.ts'
import type { Cited } from '../concerns/record.ts'
import type { Taxonomy } from '../concerns/taxonomy.ts'
import { identify } from '../people/identify.ts'
import type { Place } from '../roster/place.ts'
import type { Roster } from '../roster/roster.ts'
import type { MessageRow } from './inbox.ts'
import { placeOf } from './place-of.ts'
import type { AskedEpisode } from './question.ts'
import type { FoundConcern, FoundUpdate, Reading } from './reader.ts'
import { soundTitle } from './title.ts'

/** A found concern that held against the lines, ready to file or to attach. */
export type CheckedConcern = {
  draft: NewConcern
  cited: Cited[]
  /** Messages that say it is settled. */
  settled: number[]
  sameAs: number | null
}

/** News of a concern that held against the lines. */
export type CheckedUpdate = {
  no: number
  kind: FoundUpdate['kind']
  cited: number[]
  /** For `place`: where it is, found through the roster. */
  place: { place: Place; words: string } | null
  /** For `worse`: never less than before. */
  urgency: Urgency | null
}

export type CheckedReading = {
  concerns: CheckedConcern[]
  updates: CheckedUpdate[]
  /** Whether there was more than can be. */
  isCut: boolean
}

type Context = {
  roster: Roster
  taxonomy: Taxonomy
  isRegistered: boolean
  doubtOf(found: FoundConcern): string | null
}

/** Why a concern is doubted that the reader itself was not sure of. */
export const UNSURE = '拿不准是不是诉求'

const UNHEARD = '语音没听清'

/** What no episode of talk holds; a reading with more is cut, and people are told. */
const MOST_CONCERNS = 40
const LEAST_HEARD = 0.6
const RANK: Record<Urgency, number> = { blue: 0, yellow: 1, red: 2 }
const SOURCE_WORDS: [RegExp, Source][] = [
  [/走访|入户/, '走访'],
  [/巡查|巡逻|转了一圈/, '巡查'],
  [/议事角/, '议事角'],
]

/** Holds every claim of a reading against the lines, the roster and the ledger; what does not hold is left out, item by item. */
export function checkReading(asked: AskedEpisode, reading: Reading, context: Context): CheckedReading {
  const once = new Map(reading.concerns.map((found) => [JSON.stringify(found), found]))
  return {
    concerns: [...once.values()].slice(0, MOST_CONCERNS).flatMap((found) => checkConcern(asked, found, context)),
    updates: reading.updates.flatMap((found) => checkUpdate(asked, found, context)),
    isCut: once.size > MOST_CONCERNS,
  }
}

function checkConcern(asked: AskedEpisode, found: FoundConcern, context: Context): CheckedConcern[] {
  const core = messagesAt(asked, found.lines)
  const settled = messagesAt(asked, found.settled)
  const also = messagesAt(asked, found.also).filter((message) => !core.includes(message) && !settled.includes(message))
  const [first] = core
  if (!first || ![...found.lines, ...found.also, ...found.settled].some((line) => isNewLine(asked, line))) return []
  const category = context.taxonomy.categories.find(({ code }) => code === found.category)
  if (!category) return []

  const { place, words, line } = placeOf(asked, found, context.roster)
  const placeMessage = line === null ? undefined : asked.messages[line - 1]
  const teller = identify(context.roster, first)
  const unheard = core.every((message) => message.confidence !== null && message.confidence < LEAST_HEARD)
  const draft: NewConcern = {
    title: soundTitle(found.title, [...core, ...also], { category, roster: context.roster }),
    detail: found.detail ?? '',
    nature: found.nature,
    category: category.code,
    urgency: found.nature === 'inquiry' || found.nature === 'suggestion' ? 'blue' : found.urgency,
    place,
    placeWords: words,
    reporter: teller.name ?? first.sender,
    reporterId: first.sender_id,
    collectedBy: teller.name,
    source: sourceOf(core),
    sensitive: category.sensitive || found.nature === 'report',
    doubt: context.isRegistered ? null : unheard ? UNHEARD : context.doubtOf(found),
    toldAt: new Date(first.said_at),
  }
  const cited = [
    ...core.filter((message) => !settled.includes(message)).map(as('told')),
    ...also.map(as('more')),
    ...(placeMessage && ![...core, ...also, ...settled].includes(placeMessage) ? [as('place')(placeMessage)] : []),
  ]
  // A concern needs a told line even when the same line says that it is settled.
  const told = cited.some(({ role }) => role === 'told') ? cited : [as('told')(first), ...cited]
  const sameAs = found.sameAs !== null && asked.open.has(found.sameAs) ? found.sameAs : null
  return [{ draft, cited: told, settled: settled.map(({ seq }) => seq), sameAs }]
}

function checkUpdate(asked: AskedEpisode, found: FoundUpdate, context: Context): CheckedUpdate[] {
  const concern = asked.open.get(found.concern)
  const cited = found.lines.filter((line) => isNewLine(asked, line)).flatMap((line) => messagesAt(asked, [line]))
  if (!concern || cited.length === 0) return []
  const update = { no: found.concern, cited: cited.map(({ seq }) => seq), place: null, urgency: null }
  if (found.kind === 'place') return [{ ...update, kind: 'place', place: placeNews(asked, found, concern, context) }]
  if (found.kind === 'worse') return [{ ...update, kind: 'worse', urgency: raised(concern, found.urgency) }]
  return [{ ...update, kind: found.kind }]
}

/** News of a place fills only one that is missing or ambiguous, from a new line, through the roster. */
function placeNews(asked: AskedEpisode, found: FoundUpdate, concern: Concern, { roster }: Context) {
  if (concern.place.kind !== 'ambiguous' && concern.place.kind !== 'none') return null
  const { place, words } = placeOf(
    asked,
    { lines: found.lines, also: [], placeKind: 'building', placeWords: found.placeWords, placeLine: found.placeLine },
    roster,
    concern,
  )
  const isNews = place.kind === 'building' || place.kind === 'compound'
  const fits = concern.place.compound === null || concern.place.compound === place.compound
  return isNews && fits && words !== null ? { place, words } : null
}

function raised(concern: Concern, urgency: Urgency | null | undefined): Urgency | null {
  return urgency && RANK[urgency] > RANK[concern.urgency] ? urgency : null
}

/** Whether a concern told now may be the same as an older one: one kind of matter, and places that do not contradict. */
export function maybeSame(older: Concern, draft: NewConcern): boolean {
  return sameMatter(older.category, draft.category) && samePlace(older.place, draft.place)
}

const KIN = [
  ['housing_repair', 'neighbor_dispute'],
  ['housing_repair', 'water_drainage'],
  ['safety_hazard', 'parking_traffic'],
  ['safety_hazard', 'sanitation'],
  ['public_facility', 'elevator'],
  ['public_facility', 'parking_traffic'],
  ['noise_fume', 'neighbor_dispute'],
  ['property_service', 'policy_publicity'],
  ['power_gas_heat', 'lighting_signage'],
]

/** Whether two categories may name one matter. */
export function sameMatter(a: string, b: string): boolean {
  return a === b || KIN.some((pair) => pair.includes(a) && pair.includes(b))
}

function samePlace(a: Place, b: Place): boolean {
  if (a.building !== null && b.building !== null) return a.building === b.building
  if (a.compound !== null && b.compound !== null) return a.compound === b.compound
  return a.kind !== 'elsewhere' || b.kind !== 'building'
}

function messagesAt(asked: AskedEpisode, lines: number[]): MessageRow[] {
  const rows = [...new Set(lines)].sort((a, b) => a - b).map((line) => asked.messages[line - 1])
  return rows.filter((row) => row !== undefined)
}

function isNewLine(asked: AskedEpisode, line: number): boolean {
  return asked.question.lines[line - 1]?.isNew === true
}

function sourceOf(messages: MessageRow[]): Source {
  const words = SOURCE_WORDS.find(([pattern]) => messages.some(({ text }) => pattern.test(text)))
  return words?.[1] ?? '群聊'
}

function as(role: EvidenceRole) {
  return ({ seq }: MessageRow): Cited => ({ seq, role })
}
