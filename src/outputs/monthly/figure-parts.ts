import type { PeriodFigures } from '../../digest/casebook-figures.ts'
import type { Words } from '../../digest/lines.ts'
import type { MonthFigures } from '../../digest/month.ts'
import { askedShares, shareText } from '../../digest/rates.ts'
import { compoundTallies, groupTallies, type Tally, underWay } from '../../digest/render-figures.ts'
import { captioned, type Part, points, type TablePart } from './parts.ts'

const LONGEST_BAR = 20
const MOST_CATEGORIES = 6

/** The month in figures, against the month before: counts of concerns, never a ranking of people. */
export function figureParts(figures: MonthFigures, words: Words): Part[] {
  const { month, current, previous, previousMonth } = figures
  const { filed, settled, red } = current
  const urgent = red > 0 ? `其中${red}件紧急` : '没有紧急的'
  const notHeard = previous === null ? `${previousMonth.label}还没有开始记,没有可比的。` : ''
  const compounds = tallyTable('小区', compoundTallies(current, words), previous && compoundTallies(previous, words))
  const groups = tallyTable('党小组', groupTallies(current), previous && groupTallies(previous))
  const categories = tallyTable('类别', current.byCategory.slice(0, MOST_CATEGORIES), previous?.byCategory ?? null)
  const more = current.byCategory.length - MOST_CATEGORIES
  return [
    {
      kind: 'text',
      text: `${month.label}记下${filed}件,${urgent};办结${settled}件。月底还有${underWay(current)}件在办。${notHeard}`,
    },
    ...captioned(previous === null ? '一共' : `和${previousMonth.label}比`, countTable(figures)),
    ...points(rateLines(figures)),
    ...captioned('最近几个月', trendTable(figures)),
    ...captioned('各小区', labelled(compounds, figures)),
    ...captioned('各党小组', labelled(groups, figures)),
    ...captioned(
      more > 0 ? `类别(最多的${MOST_CATEGORIES}类,另有${more}类没列)` : '类别',
      labelled(categories, figures),
    ),
  ]

  function tallyTable(what: string, now: readonly Tally[], before: readonly Tally[] | null): [string, Row[]] {
    const known = new Map(before?.map((one) => [one.label, one.filed]))
    return [what, now.map((one) => [one.label, one.filed, before && (known.get(one.label) ?? 0)])]
  }
}

/** What is counted, this month's count and that of the month before. */
type Row = [string, number, number | null]

const COUNTED: readonly [string, (figures: PeriodFigures) => number][] = [
  ['新记', ({ filed }) => filed],
  ['  其中紧急', ({ red }) => red],
  ['  其中还待确认', ({ suspected }) => suspected],
  ['办结', ({ settled }) => settled],
  ['没解决、重办', ({ reopened }) => reopened],
  ['销号(回访过了)', ({ closed }) => closed],
  ['不受理', ({ dropped }) => dropped],
  ['月底在办', underWay],
  ['月底挂账', ({ standing }) => standing.deferred],
]

function countTable(figures: MonthFigures): TablePart {
  const { current, previous } = figures
  const rows = COUNTED.map(([what, count]): Row => [what, count(current), previous && count(previous)])
  return labelled(['', rows], figures)
}

/** Without a month before there is nothing to hold it against. */
function labelled([what, rows]: [string, Row[]], { month, previous, previousMonth }: MonthFigures): TablePart {
  const isAlone = previous === null
  return {
    kind: 'table',
    head: [what, month.label, ...(isAlone ? [] : [previousMonth.label, '多了、少了'])],
    rows: rows.map(([label, now, before]) => [
      label,
      `${now}件`,
      ...(before === null ? [] : [`${before}件`, changeText(now - before)]),
    ]),
    widths: isAlone ? [60, 40] : [40, 20, 20, 20],
    left: [0],
  }
}

/** 多3件 · 少2件 · 一样 */
export function changeText(change: number): string {
  if (change === 0) return '一样'
  return change > 0 ? `多${change}件` : `少${-change}件`
}

/** The three rates with their numbers. */
function rateLines({ responded, current }: MonthFigures): string[] {
  const { solved, content } = askedShares(current)
  const { dissatisfied, notReached } = current.followUp
  return [
    ...(responded.whole > 0 ? [`响应率 ${shareText(responded)}:限期内有人接手的`] : []),
    ...(solved.whole > 0 ? [`解决率 ${shareText(solved)}:问到的里面说解决了的`] : []),
    ...(content.whole > 0 ? [`满意率 ${shareText(content)}:满意和基本满意的`] : []),
    ...(dissatisfied > 0 ? [`解决了、不满意${dissatisfied}件`] : []),
    ...(notReached > 0 ? [`回访没联系上${notReached}件`] : []),
  ]
}

/** A bar of blocks beside each month; a single month is no trend. */
function trendTable({ trend }: MonthFigures): TablePart {
  const most = Math.max(1, ...trend.map(({ filed }) => filed))
  const bar = (filed: number) => '█'.repeat(Math.round((LONGEST_BAR * filed) / most))
  const rows = trend.map(({ label, filed, settled }) => [label, `${filed}件`, `${settled}件`, bar(filed)])
  return {
    kind: 'table',
    head: ['月份', '新记', '办结', '新记有多少'],
    rows: trend.length < 2 ? [] : rows,
    widths: [15, 17, 17, 51],
    left: [3],
  }
}
