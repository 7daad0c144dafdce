import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'

/** A span of time as the database writes it. */
export type Span = { from: string; before: string }

const ALIVE = `('suspected', 'open', 'in_progress', 'referred', 'on_agenda', 'deferred')`

/**
 * Counts again what the outputs say: by SQL of its own over the bare events, knowing nothing of the queries in src.
 * Only what no event holds (urgency, category, place, limits) is read from the concern itself.
 */
export async function openRecount(db: Db) {
  await run(`create temp view stands as select concern as no, to_status as status from event
    where id in (select max(id) from event group by concern)`)
  await run(`create temp view kept as select no, status from stands where status not in ('merged', 'dropped')`)
  await run(`create temp view filed as select kept.no, kept.status, event.at from kept join event on event.concern = kept.no
    where event.from_status is null`)
  await run(`create temp view step as select event.*, kept.status from event join kept on kept.no = event.concern`)

  async function run(statement: string): Promise<void> {
    await sql.raw(statement).execute(db)
  }

  async function rows<Row>(query: string): Promise<Row[]> {
    return (await sql.raw<Row>(query).execute(db)).rows
  }

  async function count(query: string): Promise<number> {
    const [row] = await rows<{ n: number }>(query)
    return row!.n
  }

  const within = ({ from, before }: Span, at = 'at') => `${at} >= '${from}' and ${at} < '${before}'`
  const steps = (span: Span, which: string) =>
    count(`select count(distinct concern) as n from step where ${within(span)} and ${which}`)
  const isSettled = `from_status in ('resolved', 'closed')`

  /** Everything counted in a span of time. */
  async function spanOf(span: Span) {
    const answered = (answer: string) =>
      steps(
        span,
        `to_status = 'closed' and from_status = 'resolved' and status = 'closed' and note = '${answer}'
         and id = (select max(id) from event e where e.concern = step.concern and e.to_status = 'closed' and e.from_status <> 'closed')`,
      )
    const standing = async (status: string) =>
      count(`select count(*) as n from kept where '${status}' = (select to_status from event
        where concern = kept.no and at < '${span.before}' order by id desc limit 1)`)
    const filed = `from filed join concern using (no) where ${within(span)}`
    const tally = (label: string, joined: string) =>
      rows<{ label: string; n: number }>(
        `select ${label} as label, count(*) as n from filed join concern on concern.no = filed.no ${joined}
         where ${within(span)} group by 1`,
      )
    return {
      filed: await count(`select count(*) as n from filed where ${within(span)}`),
      red: await count(`select count(*) as n ${filed} and urgency = 'red'`),
      suspected: await count(`select count(*) as n from filed where ${within(span)} and status = 'suspected'`),
      settled: await steps(span, `to_status = 'resolved' and from_status in ${ALIVE}`),
      reopened: await steps(span, `to_status in ${ALIVE} and ${isSettled}`),
      closed: await steps(span, `to_status = 'closed' and from_status = 'resolved'`),
      deferred: await steps(span, `to_status = 'deferred' and from_status not in ('deferred', 'merged', 'dropped')`),
      dropped: await count(`select count(distinct concern) as n from event join stands on no = concern
        where status = 'dropped' and to_status = 'dropped' and ${within(span)}`),
      satisfied: await answered('satisfied'),
      basicallySatisfied: await answered('basically_satisfied'),
      dissatisfied: await answered('dissatisfied'),
      notReached: await answered('not_reached'),
      nobodyToAsk: await answered('nobody_to_ask'),
      waiting: await standing('suspected'),
      open: await standing('open'),
      inProgress: await standing('in_progress'),
      referred: await standing('referred'),
      onAgenda: await standing('on_agenda'),
      shelved: await standing('deferred'),
      compounds: await tally(`coalesce(compound, '')`, ''),
      groups: await tally(`coalesce(name, '')`, 'left join party_group on number = party_group'),
      categories: await tally('label', 'join category on code = category'),
      heard: await count(`select count(*) as n from message where ${within(span, 'heard_at')}
        and (select state from episode where id = message.episode) = 'read'`),
      toPeople: await count(
        `select count(*) as n from episode where state = 'people' and ${within(span, 'closed_at')}`,
      ),
    }
  }

  /** 响应率: of those filed in the span whose time is over or that somebody took up, those taken up in time. */
  async function responded(span: Span, now: string) {
    const hours = `case urgency when 'red' then 1 when 'yellow' then 24 else 72 end`
    const told = `select (cast(strftime('%s', filed.at) as int) + 3600 * ${hours}) as until,
      (select min(strftime('%s', at)) from event where concern = filed.no and actor_kind = 'person' and kind <> 'wish') as answer
      from filed join concern using (no) where ${within(span, 'filed.at')}`
    const whole = `(answer is not null or until < cast(strftime('%s', '${now}') as int))`
    return {
      part: await count(
        `select count(*) as n from (${told}) where answer is not null and cast(answer as int) <= until`,
      ),
      whole: await count(`select count(*) as n from (${told}) where ${whole}`),
    }
  }

  return { rows, count, spanOf, responded, within }
}

export type Recount = Awaited<ReturnType<typeof openRecount>>

/** What is overdue, as a condition on concerns and what they stand as. */
export function lateAt(now: string): string {
  return `(status in ('suspected', 'open', 'in_progress', 'on_agenda') and due_at < '${now}'
    or status in ('referred', 'deferred') and next_look < '${now}')`
}
