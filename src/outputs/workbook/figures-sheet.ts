import { STATUS_WORDS } from '../../concerns/status.ts'
import type { LedgerFigures, PeriodFigures } from '../../digest/casebook-figures.ts'
import type { Standing } from '../../digest/figures.ts'
import { shortCompoundName } from '../../roster/look-up.ts'
import type { Column } from './table.ts'
import type { BookWords } from './words.ts'

/** A figure of this month, of the month before and of the whole ledger. */
export type FigureRow = { of: string; what: string; numbers: readonly number[] }

/** The columns of the 数字 sheet. */
export function figureColumns({ label: [thisMonth, lastMonth] }: LedgerFigures): Column<FigureRow>[] {
  return [
    { head: '分项', width: 16, value: (row) => row.of },
    { head: '项目', width: 34, kind: 'words', value: ({ what }) => what },
    { head: `${thisMonth}(到今天)`, width: 16, value: ({ numbers }) => numbers[0]! },
    { head: lastMonth, width: 16, value: ({ numbers }) => numbers[1]! },
    { head: '开始记到今天', width: 16, value: ({ numbers }) => numbers[2]! },
  ]
}

const COUNTED: [string, (figures: PeriodFigures) => number][] = [
  ['新记', ({ filed }) => filed],
  ['新记里的紧急', ({ red }) => red],
  ['新记里还待确认的', ({ suspected }) => suspected],
  ['办结', ({ settled }) => settled],
  ['没解决、重办', ({ reopened }) => reopened],
  ['销号', ({ closed }) => closed],
  ['挂账', ({ deferred }) => deferred],
  ['不受理', ({ dropped }) => dropped],
  ['回访满意', ({ followUp }) => followUp.satisfied],
  ['回访基本满意', ({ followUp }) => followUp.basicallySatisfied],
  ['回访解决了、不满意', ({ followUp }) => followUp.dissatisfied],
  ['回访没联系上', ({ followUp }) => followUp.notReached],
  ['没有人可问', ({ followUp }) => followUp.nobodyToAsk],
]

/** All rows of the sheet, counts first, then what stands, then how the filed ones spread. */
export function figureRows(
  { thisMonth, lastMonth, whole }: LedgerFigures,
  { roster, partyGroup }: BookWords,
): FigureRow[] {
  const all = [thisMonth, lastMonth, whole] as const
  const standing = Object.keys(whole.standing) as (keyof Standing)[]
  const compound = (name: string | null) => (name === null ? '没定到小区' : shortCompoundName(roster, name))
  return [
    ...COUNTED.map(([what, count]) => row('办理', what, all.map(count))),
    ...standing.map((status) =>
      row(
        '期末还在',
        STATUS_WORDS[status],
        all.map((figures) => figures.standing[status]),
      ),
    ),
    ...spread(
      '小区',
      all.map(({ byCompound }) => byCompound.map((one) => [compound(one.compound), one.filed])),
    ),
    ...spread(
      '党小组',
      all.map(({ byPartyGroup }) => byPartyGroup.map((one) => [partyGroup(one.number) || '没定到党小组', one.filed])),
    ),
    ...spread(
      '类别',
      all.map(({ byCategory }) => byCategory.map(({ label, filed }) => [label, filed])),
    ),
  ]
}

/** A row for everything that the whole ledger holds, in its order. */
function spread(of: string, periods: [string, number][][]): FigureRow[] {
  const counts = periods.map((period) => new Map(period))
  return [...counts[2]!.keys()].map((what) =>
    row(
      of,
      what,
      counts.map((one) => one.get(what) ?? 0),
    ),
  )
}

function row(of: string, what: string, numbers: readonly number[]): FigureRow {
  return { of, what, numbers }
}
