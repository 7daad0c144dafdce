import { dayText } from '../../clock.ts'
import { STATUS_WORDS } from '../../concerns/status.ts'
import type { Words } from '../../digest/lines.ts'
import type { MonthFigures } from '../../digest/month.ts'
import type { DecisionItem } from '../../digest/month-decisions.ts'
import { whatText } from './open-parts.ts'
import { cut, orElse, type Part, points } from './parts.ts'

/** What was settled, what took longest first, and what was done together. */
export function goodParts({ month, good, prevented, activities }: MonthFigures, words: Words): Part[] {
  const more = good.total - good.items.length
  const settled: Part[] =
    good.total === 0
      ? []
      : [
          {
            kind: 'text',
            text: `${month.label}办结、没有再反复的有${good.total}件${more > 0 ? `,先列等得最久的${good.items.length}件` : ''}。`,
          },
          {
            kind: 'table',
            head: ['几号', '什么事', '用了多久', '怎么办好的'],
            rows: good.items.map((item) => [
              `${item.no}号`,
              whatText(item, words),
              item.days === 0 ? '当天' : `${item.days}天`,
              cut(item.result ?? ''),
            ]),
            widths: [11, 42, 13, 34],
            left: [1, 3],
          },
        ]
  const together = activities.map(({ kind, times, people }) => `${kind}${times}次${people > 0 ? `,${people}人次` : ''}`)
  return orElse(
    [...settled, ...points([...(prevented > 0 ? [`劝住了${prevented}起诈骗`] : []), ...together])],
    `${month.label}没有好消息可报。`,
  )
}

/** What was decided in the month's meetings and what became of it. */
export function decisionParts({ month, decisions }: MonthFigures, now: Date): Part[] {
  if (decisions.total === 0) return [{ kind: 'text', text: `${month.label}没有在支委会上记下决定。` }]
  const more = decisions.total - decisions.items.length
  return [
    {
      kind: 'table',
      head: ['哪次会', '定了什么', '谁办、几时', `${dayText(now)}怎样了`],
      rows: decisions.items.map((item) => [meetingText(item), decisionText(item), dutyText(item), stateText(item)]),
      widths: [17, 41, 20, 22],
      left: [1],
    },
    ...(more > 0 ? [{ kind: 'text', text: `还有${more}条,在支委群回“会议 记录”可以看到。` } as const] : []),
  ]
}

function meetingText({ meeting, heldAt }: DecisionItem): string {
  return `第${meeting}次\n${dayText(heldAt)}`
}

function decisionText({ no, text }: DecisionItem): string {
  return no === null ? cut(text) : `${no}号 ${cut(text)}`
}

function dutyText({ owner, dueAt }: DecisionItem): string {
  return [owner ?? '没定谁办', ...(dueAt === null ? [] : [`${dayText(dueAt)}前`])].join('\n')
}

function stateText({ status, late }: DecisionItem): string {
  if (status === null) return '请会上说说'
  return `${STATUS_WORDS[status]}${late ? ',过了日子' : ''}`
}
