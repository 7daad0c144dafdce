import type { Words } from '../../digest/lines.ts'
import type { MonthFigures } from '../../digest/month.ts'
import { shareText } from '../../digest/rates.ts'
import { compoundTallies, groupTallies, type Tally, underWay } from '../../digest/render-figures.ts'
import { captioned, type Part, points, type TablePart } from './parts.ts'

const LONGEST_BAR = 20
const MOST_CATEGORIES = 8

/** The month in figures, against the month before: counts of concerns, never a ranking of people. */
export function figureParts(figures: MonthFigures, words: Words): Part[] {
  const { current, previous } = figures
  const { filed, settled, red } = current
  const urgent = red > 0 ? `其中${red}件紧急` : '没有紧急的'
  return [
    { kind: 'text', text: `这个月记下${filed}件,${urgent};办结${settled}件。月底还有${underWay(current)}件在办。` },
    ...captioned('和上个月比', countTable(figures)),
    ...points(rateLines(figures)),
    ...captioned('最近几个月', trendTable(figures)),
    ...captioned('各小区', tallyTable('小区', compoundTallies(current, words), compoundTallies(previous, words))),
    ...captioned('各党小组', tallyTable('党小组', groupTallies(current), groupTallies(previous))),
    ...captioned('类别', tallyTable('类别', current.byCategory.slice(0, MOST_CATEGORIES), previous.byCategory)),
  ]
}

function countTable({ current, previous }: MonthFigures): TablePart {
  const rows: [string, number, number][] = [
    ['新记', current.filed, previous.filed],
    ['  其中紧急', current.red, previous.red],
    ['  其中还待确认', current.suspected, previous.suspected],
    ['办结', current.settled, previous.settled],
    ['没解决、重办', current.reopened, previous.reopened],
    ['销号(回访过了)', current.closed, previous.closed],
    ['不受理', current.dropped, previous.dropped],
    ['月底在办', underWay(current), underWay(previous)],
    ['月底挂账', current.standing.deferred, previous.standing.deferred],
  ]
  return {
    kind: 'table',
    head: ['', '这个月', '上个月', '多了、少了'],
    rows: rows.map(([what, now, before]) => [what, `${now}件`, `${before}件`, changeText(now - before)]),
    widths: [40, 20, 20, 20],
    left: [0],
  }
}

/** 多3件 · 少2件 · 一样 */
export function changeText(change: number): string {
  if (change === 0) return '一样'
  return change > 0 ? `多${change}件` : `少${-change}件`
}

/** The three rates with their numbers; what was taken up again counts as asked, not solved and not satisfied. */
function rateLines({ responded, current: { followUp, reopened } }: MonthFigures): string[] {
  const content = followUp.satisfied + followUp.basicallySatisfied
  const asked = content + reopened
  return [
    ...(responded.whole > 0 ? [`响应率 ${shareText(responded)}:限期内有人接手的`] : []),
    ...(asked > 0 ? [`解决率 ${shareText({ part: content, whole: asked })}:问到的里面说解决了的`] : []),
    ...(asked > 0 ? [`满意率 ${shareText({ part: content, whole: asked })}:满意和基本满意的`] : []),
    ...(followUp.notReached > 0 ? [`回访没联系上${followUp.notReached}件`] : []),
  ]
}

/** A bar of blocks beside each month; a single month is no trend. */
function trendTable({ trend }: MonthFigures): TablePart {
  const most = Math.max(1, ...trend.map(({ filed }) => filed))
  const bar = (filed: number) => '█'.repeat(Math.round((LONGEST_BAR * filed) / most))
  return {
    kind: 'table',
    head: ['月份', '新记', '办结', '新记有多少'],
    rows:
      trend.length < 2
        ? []
        : trend.map(({ label, filed, settled }) => [label, `${filed}件`, `${settled}件`, bar(filed)]),
    widths: [15, 17, 17, 51],
    left: [3],
  }
}

/** Of this month's, in their order; what was there only last month has nothing to say now. */
function tallyTable(what: string, current: readonly Tally[], previous: readonly Tally[]): TablePart {
  const before = new Map(previous.map(({ label, filed }) => [label, filed]))
  return {
    kind: 'table',
    head: [what, '这个月', '上个月'],
    rows: current.map(({ label, filed }) => [label, `${filed}件`, `${before.get(label) ?? 0}件`]),
    widths: [50, 25, 25],
    left: [0],
  }
}
