import { dayText } from '../../clock.ts'
import { eventWord } from '../../concerns/event-words.ts'
import { STATUS_WORDS } from '../../concerns/status.ts'
import { urgencyMark } from '../../concerns/taxonomy.ts'
import type { Item } from '../../digest/figures.ts'
import type { Words } from '../../digest/lines.ts'
import type { MonthFigures } from '../../digest/month.ts'
import type { HotHouse } from '../../digest/month-hot.ts'
import type { LateLine } from '../../digest/month-late.ts'
import type { Shown } from '../../digest/month-shown.ts'
import { whyText } from '../../digest/render-digest.ts'
import { cut, orElse, type Part } from './parts.ts'

/** Buildings where it happens again and again, with what had been there before. */
export function hotParts({ hot, month }: MonthFigures, words: Words): Part[] {
  return orElse(
    hot.flatMap((house) => houseParts(house, month.label, words)),
    `${month.label}没有哪一栋楼记了三件以上。`,
  )
}

function houseParts(house: HotHouse, month: string, words: Words): Part[] {
  const { place, filed, settled, before, sensitive, items } = house
  const more = filed - sensitive - items.length
  const parts = [
    `${month}${filed}件,已办结${settled}件`,
    before === 0 ? '以前90天没有' : `以前90天${before}件`,
    ...(sensitive > 0 ? [`敏感的${sensitive}件不列`] : []),
    ...(more > 0 ? [`另有${more}件没列`] : []),
  ]
  return [
    { kind: 'caption', text: `${words.placeName(place)}:${parts.join(',')}` },
    {
      kind: 'table',
      head: ['哪天', '几号', '什么事', '类别', '现在'],
      rows: items.map((item) => [
        dayText(item.filedAt),
        `${item.no}号`,
        item.title,
        item.category,
        STATUS_WORDS[item.status],
      ]),
      widths: [16, 12, 38, 18, 16],
      left: [2],
    },
  ]
}

/** What is overdue, most urgent first, and why. */
export function lateParts({ late }: MonthFigures, words: Words, now: Date): Part[] {
  if (late.total === 0) return [{ kind: 'text', text: '没有过了期限还没办完的。' }]
  const more = late.total - late.items.length
  return [
    {
      kind: 'text',
      text: `到${dayText(now)},过了期限还没办完的有${late.total}件${more > 0 ? `,先列${late.items.length}件` : ''}。`,
    },
    {
      kind: 'table',
      head: ['几号', '什么事', '记下', '为什么还没办完'],
      rows: late.items.map((line) => [`${line.no}号`, whatText(line, words), `${line.days}天`, reasonOf(line)]),
      widths: [11, 38, 11, 40],
      left: [1, 3],
    },
  ]
}

/** Why it is late, in words made of its status, its handler and its last step. */
export function reasonOf(line: LateLine): string {
  const { status, handler, reason, last, nudged } = line
  const since = last === null ? '' : `,${dayText(last.at)}${lastText(last, status)}`
  const hurried = nudged > 0 ? `,催过${nudged}次` : ''
  switch (status) {
    case 'suspected':
      return '还没有人确认是不是诉求'
    case 'open':
      return `还没有人接手${since}${hurried}`
    case 'in_progress':
      return `在${handler}手里${since}${hurried}`
    case 'referred':
      return `转交${handler}了,还没有回音,该再问问${hurried}`
    case 'on_agenda':
      return '等支委会定'
    default:
      return `挂账到期了${reason === null ? '' : `,当时说${cut(reason)}`}`
  }
}

/** What somebody did and told is said in their words. */
function lastText(last: NonNullable<LateLine['last']>, status: LateLine['status']): string {
  const isTold = last.note !== null && (last.kind === 'progress' || last.kind === 'visit')
  return isTold ? `:${cut(last.note!)}` : eventWord({ kind: last.kind, note: null, from: null, to: status })
}

/** What waits for a decision, and why. */
export function decideParts({ decide }: MonthFigures, words: Words): Part[] {
  if (decide.total === 0) return [{ kind: 'text', text: '没有等着定的事。' }]
  const more = decide.total - decide.items.length
  return [
    {
      kind: 'table',
      head: ['几号', '什么事', '为什么要定', '定了什么(手填)'],
      rows: decide.items.map((item) => [`${item.no}号`, whatText(item, words), whyText(item), '']),
      widths: [11, 37, 24, 28],
      left: [1, 2],
    },
    ...(more > 0 ? [{ kind: 'text', text: `还有${more}件也等着定,在支委群回“待办”可以看到。` } as const] : []),
  ]
}

/** 「▲较急 碧阳12栋 电梯停了」; of a sensitive one its category and compound. */
export function whatText(item: Shown<Item>, { taxonomy, placeName }: Words): string {
  const place = placeName(item.place)
  const title = item.sensitive ? `${item.category}${item.title}` : item.title
  return [urgencyMark(taxonomy, item.urgency), place, title].filter((part) => part !== '').join(' ')
}
