import { DAY, dayText, localMidnight, localParts } from '../clock.ts'
import { moveConcern } from '../concerns/ledger.ts'
import { UserError } from '../errors.ts'
import { assertMayMove, type Command, NUMBER } from './command.ts'
import { inWork } from './standing.ts'
import { concernLine } from './words.ts'

const NINE = 9

/** 挂账 12号 原因 到期: it takes long; it is looked at again on that day, 90 days at most. */
export const defer: Command = {
  name: '挂账',
  synonyms: ['缓办'],
  takes: new RegExp(
    `^${NUMBER}\\s*[,,::、]?\\s*(?<why>\\S.*?)\\s*[,,]?\\s*(?:到)?(?:(?<month>\\d{1,2})月(?<day>\\d{1,2})[日号]?|(?<days>\\d{1,3})天)(?:到期|后再看|再看)?$`,
    'su',
  ),
  help: '一时办不了,到期再看',
  example: '挂账 12号 等维修资金 30天',
  who: 'entitled',
  async run(asked, { no, why, month, day, days }) {
    const concern = await inWork(asked, Number(no))
    assertMayMove(asked, concern, 'deferred')
    const nextLook =
      days === undefined
        ? nextDate(asked.now, Number(month), Number(day))
        : new Date(localMidnight(asked.now, NINE).getTime() + Number(days) * DAY)
    if (nextLook <= asked.now) throw new UserError('到期的日子要在今天以后。例:挂账 12号 等维修资金 30天')
    const deferred = await moveConcern(
      asked.db,
      concern.no,
      { to: 'deferred', reason: why!, nextLook },
      asked.actor,
      asked.now,
    )
    return `好的,${deferred.no}号先挂账,${dayText(nextLook)}再看。\n${concernLine(asked, deferred)}`
  },
}

/** The next time that day comes, at nine. @throws UserError for a day that does not exist, in the words `said`. */
export function nextDate(now: Date, month: number, day: number, said = `${month}月${day}日`): Date {
  const { year } = localParts(now)
  const at = (inYear: number) => new Date(Date.UTC(inYear, month - 1, day, NINE - 8))
  const date = at(year) > now ? at(year) : at(year + 1)
  if (localParts(date).month !== month || localParts(date).day !== day)
    throw new UserError(`没有“${said}”这一天,请换个日子。`)
  return date
}
