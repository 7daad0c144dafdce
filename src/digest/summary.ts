import type { Db } from '../../db/database.ts'
import { ALIVE_STATUSES, STATUS_WORDS } from '../concerns/status.ts'
import { urgencyMark } from '../concerns/taxonomy.ts'
import { MEMBERS_BUBBLE } from '../outbox/members-bubble.ts'
import type { Item } from './figures.ts'
import { byUrgency, ITEM_COLUMNS, placeOf } from './items.ts'
import { closingLine, type ReadBy, type Words } from './lines.ts'
import { concernsIn, type Scope, scopeText } from './scope.ts'
import { countPending } from './unread.ts'

/** For whom a summary is: the members' room gets a short one without anything sensitive. */
export type Audience = 'members' | 'committee'

export type SummaryOptions = { words: Words; readBy: ReadBy }

/** What a summary says: of the concerns filed in its period and scope the first ones, the rest counted. */
export type Summary = {
  /** 「本周 5月18日—5月24日 碧阳12栋」 */
  about: string
  filed: number
  settled: number
  /** Of the filed ones, those not for the members' room. */
  sensitive: number
  items: SummaryItem[]
  /** Filed before the period and still waiting; only counted for the committee. */
  older: number
  /** Messages not read yet. */
  pending: number
}

export type SummaryItem = Pick<Item, 'no' | 'title' | 'urgency' | 'status' | 'place'>

const LIMITS = {
  committee: { items: 10, lines: 15, characters: 1800 },
  members: { items: 4, ...MEMBERS_BUBBLE },
}

/**
 * The answer to 汇总: the concerns filed in the period and within the scope, those still waiting and urgent first,
 * the rest counted. At most 15 lines for the committee; 6 lines and 96 characters for the members' room, where
 * sensitive ones are only counted. Says what has not been read yet, and kindly when there is nothing.
 */
export async function summarise(
  db: Db,
  scope: Scope,
  audience: Audience,
  { words, readBy }: SummaryOptions,
): Promise<string> {
  const limit = LIMITS[audience]
  const summary = await collectSummary(db, scope, audience, { words, limit: limit.items })
  const { about, filed, settled } = summary
  const tail = tailLines(summary)
  if (filed === 0) return [`${about}没有记下诉求。`, '有事直接在群里说,小助手会记。', ...tail].join('\n')
  const head = `${about}:记下${filed}件${settled > 0 ? `,已办结${settled}件` : ''}`
  const { items } = summary
  const hidden = audience === 'members' ? summary.sensitive : 0
  const fits = (lines: string[]) => lines.length <= limit.lines && lines.join('\n').length <= limit.characters
  const forms = audience === 'members' ? [itemLine, shortLine] : [itemLine]
  for (let shown = items.length; ; shown--) {
    const more = filed - shown - hidden
    const isWide = audience === 'members' && scope.building === undefined
    const rests = [...(isWide ? wayOn(more, hidden, items.slice(shown), words) : []), restLine(more, hidden)]
    for (const form of forms) {
      const listed = items.slice(0, shown).map((item) => form(item, audience, words))
      const all = rests.map((rest) => [head, ...listed, ...rest, ...tail, closingLine(readBy)])
      const lines = all.find(fits) ?? (shown === 0 ? all.at(-1) : undefined)
      if (lines) return lines.join('\n')
    }
  }
}

/** Collects what a summary says, with at most `limit` concerns. */
export async function collectSummary(
  db: Db,
  scope: Scope,
  audience: Audience,
  { words, limit }: { words: Words; limit: number },
): Promise<Summary> {
  const label = audience === 'members' ? scope.period.label.split(' ')[0]! : scope.period.label
  return {
    about: [label, await scopeText(db, scope, words.placeName)].filter((word) => word !== '').join(' '),
    ...(await countFiled(db, scope)),
    items: await listItems(db, scope, audience, limit),
    older: audience === 'committee' ? await countOlder(db, scope) : 0,
    pending: await countPending(db, scope.period.before, audience === 'members' ? 'members' : undefined),
  }
}

/** What a summary leaves out: older ones that wait, and what was not read yet. */
export function tailLines({ older, pending }: Summary): string[] {
  return [...(older > 0 ? [`以前记的还有${older}件没办完`] : []), ...(pending > 0 ? [`还有${pending}条没读完`] : [])]
}

/** 「另有3件没列出,1件不便在这里说」 */
export function restLine(more: number, hidden: number): string[] {
  const parts = [...(more > 0 ? [`另有${more}件没列出`] : []), ...(hidden > 0 ? [`${hidden}件不便在这里说`] : [])]
  return parts.length === 0 ? [] : [parts.join(',')]
}

/** What is left out with a way to it, 「另有24件,可以说:汇总 碧阳5栋」; nothing where no building is known. */
function wayOn(more: number, hidden: number, left: readonly SummaryItem[], words: Words): string[][] {
  const next = left.find(({ place }) => place.building !== null)
  if (!next) return []
  return [[`另有${more}件,可以说:汇总 ${words.placeName(next.place)}`, ...restLine(0, hidden)]]
}

async function countFiled(db: Db, scope: Scope) {
  return filedIn(db, scope)
    .select(({ fn, or, eb }) => [
      fn.countAll<number>().as('filed'),
      fn.countAll<number>().filterWhere('concern.status', 'in', ['resolved', 'closed']).as('settled'),
      fn
        .countAll<number>()
        .filterWhere(or([eb('concern.sensitive', '=', 1), eb('category.sensitive', '=', 1)]))
        .as('sensitive'),
    ])
    .executeTakeFirstOrThrow()
}

async function countOlder(db: Db, scope: Scope): Promise<number> {
  const { older } = await concernsIn(db, scope)
    .select(({ fn }) => fn.countAll<number>().as('older'))
    .where('concern.status', 'in', ALIVE_STATUSES)
    .where('filed_at', '<', scope.period.from.toISOString())
    .executeTakeFirstOrThrow()
  return older
}

/** A concern counts as sensitive by its own flag and by that of its category, which may have been put right since. */
async function listItems(db: Db, scope: Scope, audience: Audience, limit: number): Promise<SummaryItem[]> {
  let query = filedIn(db, scope)
  if (audience === 'members') query = query.where('concern.sensitive', '=', 0).where('category.sensitive', '=', 0)
  const rows = await query
    .select(ITEM_COLUMNS)
    .orderBy((order) => order('concern.status', 'in', ['resolved', 'closed']))
    .orderBy(byUrgency)
    .orderBy('no')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, place: placeOf(row) }))
}

function itemLine({ no, urgency, place, title, status }: SummaryItem, audience: Audience, words: Words): string {
  const mark = audience === 'committee' || urgency === 'red' ? urgencyMark(words.taxonomy, urgency) : ''
  const parts = [`${no}号`, mark, words.placeName(place), title, STATUS_WORDS[status]]
  return parts.filter((part) => part !== '').join(' ')
}

/** An item without its status, where room is short. */
function shortLine({ no, place, title }: SummaryItem, _: Audience, words: Words): string {
  return [`${no}号`, words.placeName(place), title].filter((part) => part !== '').join(' ')
}

function filedIn(db: Db, scope: Scope) {
  return concernsIn(db, scope)
    .where('filed_at', '>=', scope.period.from.toISOString())
    .where('filed_at', '<', scope.period.before.toISOString())
}
