import type { Db } from '../../db/database.ts'
import { ALIVE_STATUSES, STATUS_WORDS } from '../concerns/status.ts'
import { urgencyMark } from '../concerns/taxonomy.ts'
import { byUrgency, ITEM_COLUMNS, placeOf } from './items.ts'
import { closingLine, type ReadBy, type Words } from './lines.ts'
import { concernsIn, type Scope, scopeText } from './scope.ts'
import { countPending } from './unread.ts'

/** For whom a summary is: the members' room gets a short one without anything sensitive. */
export type Audience = 'members' | 'committee'

export type SummaryOptions = { words: Words; readBy: ReadBy }

const LIMITS = {
  committee: { items: 10, lines: 15, characters: 1800 },
  members: { items: 4, lines: 6, characters: 96 },
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
  const counts = await countFiled(db, scope)
  const older = audience === 'committee' ? await countOlder(db, scope) : 0
  const pending = await countPending(db, scope.period.before, audience === 'members' ? 'members' : undefined)
  const label = audience === 'members' ? scope.period.label.split(' ')[0]! : scope.period.label
  const about = [label, await scopeText(db, scope, words.placeName)].filter((word) => word !== '').join(' ')
  const tail = [
    ...(older > 0 ? [`以前记的还有${older}件没办完`] : []),
    ...(pending > 0 ? [`还有${pending}条没读完`] : []),
  ]
  if (counts.filed === 0) return [`${about}没有记下诉求。`, '有事直接在群里说,小助手会记。', ...tail].join('\n')
  const head = `${about}:记下${counts.filed}件${counts.settled > 0 ? `,已办结${counts.settled}件` : ''}`
  const items = await listItems(db, scope, audience, limit.items, words)
  const hidden = audience === 'members' ? counts.sensitive : 0
  for (let shown = items.length; ; shown--) {
    const rest = restLine(counts.filed - shown - hidden, hidden)
    const lines = [head, ...items.slice(0, shown), ...rest, ...tail, closingLine(readBy)]
    const text = lines.join('\n')
    if (shown === 0 || (lines.length <= limit.lines && text.length <= limit.characters)) return text
  }
}

function restLine(more: number, hidden: number): string[] {
  const parts = [...(more > 0 ? [`另有${more}件没列出`] : []), ...(hidden > 0 ? [`${hidden}件不便在这里说`] : [])]
  return parts.length === 0 ? [] : [parts.join(',')]
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
async function listItems(db: Db, scope: Scope, audience: Audience, limit: number, words: Words): Promise<string[]> {
  let query = filedIn(db, scope)
  if (audience === 'members') query = query.where('concern.sensitive', '=', 0).where('category.sensitive', '=', 0)
  const rows = await query
    .select(ITEM_COLUMNS)
    .orderBy((order) => order('concern.status', 'in', ['resolved', 'closed']))
    .orderBy(byUrgency)
    .orderBy('no')
    .limit(limit)
    .execute()
  return rows.map((row) => {
    const mark = audience === 'committee' || row.urgency === 'red' ? urgencyMark(words.taxonomy, row.urgency) : ''
    const parts = [`${row.no}号`, mark, words.placeName(placeOf(row)), row.title, STATUS_WORDS[row.status]]
    return parts.filter((part) => part !== '').join(' ')
  })
}

function filedIn(db: Db, scope: Scope) {
  return concernsIn(db, scope)
    .where('filed_at', '>=', scope.period.from.toISOString())
    .where('filed_at', '<', scope.period.before.toISOString())
}
