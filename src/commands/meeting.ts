import { currentMeeting, decisionsOf, lastMeeting, openMeeting, startMeeting } from '../casework/meetings.ts'
import { dayText } from '../clock.ts'
import type { Concern } from '../concerns/concern.ts'
import { moveConcern } from '../concerns/ledger.ts'
import { getConcern, listConcerns } from '../concerns/repository.ts'
import { STATUS_WORDS } from '../concerns/status.ts'
import { UserError } from '../errors.ts'
import { shortCompoundName } from '../roster/look-up.ts'
import { parseNumeral } from '../roster/numerals.ts'
import { findPerson } from './assign.ts'
import type { Asked, Command } from './command.ts'
import { nextDate } from './defer.ts'
import { concernLine } from './words.ts'

const RANK = { red: 0, yellow: 1, blue: 2 }
const DECIDE =
  /^(?:[##]?(?<no>\d{1,6})\s*号?)?\s*[,,::、]?\s*(?<text>\S.*?)(?:\s+由?(?<owner>(?![一二三四五六七八九十]{1,2}月)\p{Script=Han}{2,4}))?(?:\s+(?<date>(?<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?<day>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?)(?:前|完成)?)?$/su

/** 会议 开始 · 会议 到会 … · 会议 决定 12号 … 谁 日期 · 会议 结束 · 会议 (agenda or minutes so far). */
export const meeting: Command = {
  name: '会议',
  synonyms: ['支委会', '议程'],
  takes: /^(?:第?(?<number>\d{1,4})次)?\s*(?:(?<what>开始|到会|决定|结束|记录|议程)\s*(?<rest>\S.*)?)?$/su,
  help: '支委会:开始、到会、决定、结束',
  example: '会议 开始',
  who: 'committee',
  isOrder: () => false,
  async run(asked, { number, what, rest }) {
    const { db, actor, now } = asked
    switch (what) {
      case '开始': {
        const { no } = await startMeeting(db, number === undefined ? null : Number(number), actor.name, now)
        return [
          `第${no}次支委会开始,${dayText(now)}。`,
          ...(await agenda(asked)),
          '到会的人请说:会议 到会 某某、某某',
        ].join('\n')
      }
      case '到会': {
        const { no } = await currentMeeting(db)
        if (rest === undefined) throw new UserError('请说谁到会。例:会议 到会 史德芬、黎翠萍')
        await db.updateTable('meeting').set({ present: rest.trim() }).where('no', '=', no).execute()
        return `好的,到会${rest.split(/[、,,\s]+/u).filter(Boolean).length}人:${rest.trim()}。`
      }
      case '决定':
        return decide(asked, rest)
      case '结束': {
        const { no } = await currentMeeting(db)
        await db.updateTable('meeting').set({ closed_at: now.toISOString() }).where('no', '=', no).execute()
        return [`第${no}次支委会结束。`, ...(await minutes(asked, no))].join('\n')
      }
      default: {
        const going = await openMeeting(db)
        if (going && what !== '议程')
          return [`第${going.no}次支委会,${dayText(going.heldAt)}。`, ...(await minutes(asked, going.no))].join('\n')
        const last = await lastMeeting(db)
        if (what === '记录' && last)
          return [`第${last.no}次支委会,${dayText(last.heldAt)}。`, ...(await minutes(asked, last.no))].join('\n')
        return (await agenda(asked)).join('\n')
      }
    }
  },
}

/** What became of the last decisions, then what waits for this meeting, by compound and urgency. */
async function agenda(asked: Asked): Promise<string[]> {
  const { db, roster } = asked
  const last = await lastMeeting(db)
  const decisions = last ? await decisionsOf(db, last.no) : []
  const before = await Promise.all(
    decisions.map(async ({ concern, text, owner }) => {
      const state = concern === null ? '' : `(${STATUS_WORDS[(await getConcern(db, concern)).status]})`
      return `${concern === null ? '' : `${concern}号 `}${text}${owner ? `,${owner}` : ''}${state}`
    }),
  )
  const waiting = await listConcerns(db, { statuses: ['on_agenda'] })
  const compounds = Map.groupBy(waiting, ({ place }) => place.compound)
  const items = [...compounds].flatMap(([compound, concerns]) => [
    `【${compound === null ? '其他' : shortCompoundName(roster, compound)}】`,
    ...concerns.toSorted(byUrgency).map((concern) => concernLine(asked, concern)),
  ])
  return [
    ...(before.length > 0 ? [`上次(第${last!.no}次)决定的:`, ...before] : []),
    ...(items.length > 0 ? [`这次要定的${waiting.length}件:`, ...items] : ['没有待上会的事。要加请说:上会 12号']),
  ]
}

function byUrgency(a: Concern, b: Concern): number {
  return RANK[a.urgency] - RANK[b.urgency] || a.no - b.no
}

/** A decision moves its concern from the agenda into somebody's hands. */
async function decide(asked: Asked, rest: string | undefined): Promise<string> {
  const { db, roster, actor, now } = asked
  const { no: meetingNo } = await currentMeeting(db)
  const match = rest === undefined ? null : DECIDE.exec(rest.trim())
  if (!match) throw new UserError('请说决定了什么。例:会议 决定 12号 请物业换灯 姚正林 6月10日')
  const { no, text, owner: said, date, month, day } = match.groups!
  const owner = said === undefined ? null : findPerson(roster, said)
  const due = date === undefined ? null : nextDate(now, parseNumeral(month!) ?? 0, parseNumeral(day!) ?? 0, date)
  const words = said !== undefined && owner === null ? `${text} ${said}` : text!
  const concern = no === undefined ? null : await getConcern(db, Number(no))
  await db
    .insertInto('decision')
    .values({
      meeting: meetingNo,
      concern: concern?.no ?? null,
      text: words,
      owner,
      due_at: due?.toISOString() ?? null,
      made_at: now.toISOString(),
    })
    .execute()
  if (concern?.status === 'on_agenda') {
    const handler =
      owner === null
        ? (concern.handler ?? { kind: 'person' as const, name: actor.name })
        : { kind: 'person' as const, name: owner }
    await moveConcern(db, concern.no, { to: 'in_progress', handler }, actor, now)
  }
  return `好的,记下决定:${no === undefined ? '' : `${no}号 `}${words}${owner === null ? '' : `,${owner}`}${due === null ? '' : `,${dayText(due)}前`}。`
}

async function minutes({ db }: Asked, no: number): Promise<string[]> {
  const { present } = await db.selectFrom('meeting').select('present').where('no', '=', no).executeTakeFirstOrThrow()
  const decisions = await decisionsOf(db, no)
  return [
    `到会:${present === '' ? '还没记' : present}`,
    decisions.length === 0 ? '没有记下决定。' : `决定${decisions.length}条:`,
    ...decisions.map(({ concern, text, owner, due_at }, index) => {
      const due = due_at === null ? '' : `,${dayText(new Date(due_at))}前`
      return `${index + 1}. ${concern === null ? '' : `${concern}号 `}${text}${owner ? `,${owner}` : ''}${due}`
    }),
  ]
}
