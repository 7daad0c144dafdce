import type { Words } from '../../digest/lines.ts'
import type { MonthFigures } from '../../digest/month.ts'
import { changeText } from './figure-parts.ts'

const MOST = 5
const OFTEN = 3

/** What the meeting might talk about: sentences of fixed form around the month's figures, at most five. */
export function topicsOf(figures: MonthFigures, words: Words): string[] {
  return [
    ...frequent(figures),
    ...figures.hot
      .slice(0, 2)
      .map(
        ({ place, filed }) =>
          `${words.placeName(place)}${figures.month.label}${filed}件:能不能一起解决,不再一件一件修?`,
      ),
    ...silent(figures),
    ...undone(figures),
    ...unconfirmed(figures),
  ].slice(0, MOST)
}

/** The category with most concerns. */
function frequent({ current, previous, previousMonth }: MonthFigures): string[] {
  const [first] = current.byCategory
  if (!first || first.filed < OFTEN) return []
  const before = previous && (previous.byCategory.find(({ label }) => label === first.label)?.filed ?? 0)
  const change = before === null ? '' : `,比${previousMonth.label}${changeText(first.filed - before)}`
  return [`${first.label}的事最多,${first.filed}件${change}:根子在哪里?`]
}

/** Outside bodies that have not answered. */
function silent({ late }: MonthFigures): string[] {
  const referred = late.items.filter(({ status, handler }) => status === 'referred' && handler !== null)
  return [...Map.groupBy(referred, ({ handler }) => handler!)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .slice(0, 1)
    .map(([body, all]) => `转交${body}的有${all.length}件没有回音:请谁去问一问?`)
}

/** What was taken up again after it had been settled. */
function undone({ current: { reopened } }: MonthFigures): string[] {
  return reopened === 0 ? [] : [`有${reopened}件办了又没解决:办结前要不要先问一声居民?`]
}

function unconfirmed({ waiting }: MonthFigures): string[] {
  return waiting < OFTEN ? [] : [`等确认的有${waiting}件:请各党小组认一认是不是自己楼里的事。`]
}
