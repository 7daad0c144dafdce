import { STATUS_WORDS } from '../concerns/status.ts'
import type { Baseline, Figures, Item } from './figures.ts'
import { INDENT, itemLines, numberLines, type Words, wrap } from './lines.ts'
import { askedShares, shareText } from './rates.ts'

/** A heading and its lines; without lines it has nothing to say. */
export type Section = { heading: string; lines: string[] }

/** How many concerns of something were filed. */
export type Tally = { label: string; filed: number }

const MOST_NUMBERS = 15
const UNDER_WAY = ['open', 'in_progress', 'referred', 'on_agenda'] as const

/** The figures of a week, against the week before: counts of concerns, never a ranking of people. */
export function figureSections(figures: Figures, previous: Baseline | null, words: Words): Section[] {
  return [
    { heading: '办理情况', lines: progressLines(figures, previous) },
    { heading: '各小区', lines: wrap(compoundTallies(figures, words).map(tally), '、') },
    { heading: '各党小组', lines: wrap(groupTallies(figures).map(tally), '、') },
    { heading: '类别前三', lines: wrap(figures.topCategories.map(tally), '、') },
    { heading: '同一栋楼又有', lines: hotSpotLines(figures, words) },
    { heading: '好消息', lines: goodNewsLines(figures, words) },
    { heading: '三率', lines: rateLines(figures) },
  ]
}

function progressLines(figures: Figures, previous: Baseline | null): string[] {
  const { standing, closed, settledNumbers } = figures
  const parts = UNDER_WAY.filter((status) => standing[status] > 0).map(
    (status) => `${STATUS_WORDS[status]}${standing[status]}件`,
  )
  return [
    ...against('新记', figures.filed, previous?.filed),
    ...against('办结', figures.settled, previous?.settled),
    ...numberLines(settledNumbers.items, MOST_NUMBERS, settledNumbers.total),
    ...against('在办', underWay(figures), previous ? underWay(previous) : undefined),
    ...wrap(parts, '、'),
    ...against('挂账', standing.deferred, previous?.standing.deferred),
    ...(closed > 0 ? [`销号${closed}件`] : []),
  ]
}

/** 「新记6件(上周1件)」; without a week before only the count. */
function against(word: string, count: number, before?: number): string[] {
  if (count + (before ?? 0) === 0) return []
  return [`${word}${count}件${before === undefined ? '' : `(上周${before}件)`}`]
}

/** How many are being worked on. */
export function underWay({ standing }: Baseline): number {
  return UNDER_WAY.reduce((sum, status) => sum + standing[status], 0)
}

/** The counts of the compounds by the names people use. */
export function compoundTallies({ byCompound }: Pick<Figures, 'byCompound'>, { placeName }: Words): Tally[] {
  return byCompound.map(({ compound, filed }) => {
    if (compound === null) return { label: '没定到小区', filed }
    return { label: placeName({ kind: 'compound', compound, building: null, unit: null, partyGroup: null }), filed }
  })
}

/** The counts of the party groups by name. */
export function groupTallies({ byPartyGroup }: Pick<Figures, 'byPartyGroup'>): Tally[] {
  return byPartyGroup.map(({ name, filed }) => ({ label: name ?? '没定到党小组', filed }))
}

function tally({ label, filed }: Tally): string {
  return `${label}${filed}件`
}

function hotSpotLines({ hotSpots }: Figures, { placeName }: Words): string[] {
  return hotSpots.flatMap(({ place, numbers }) => [
    `${placeName(place)} 14天里${numbers.length}件`,
    ...numberLines(numbers, MOST_NUMBERS),
  ])
}

function goodNewsLines({ goodNews }: Figures, words: Words): string[] {
  if (!goodNews) return []
  return itemLines(goodNews, words, goodNewsText(goodNews))
}

/** How long the good news took. */
export function goodNewsText({ days }: Item): string {
  return days === 0 ? '当天就办好了' : `记下${days}天,办好了`
}

/** The three rates with their numbers. */
function rateLines({ responded, closed, reopened, followUp }: Figures): string[] {
  const { solved, content } = askedShares({ followUp, reopened })
  const { notReached, nobodyToAsk } = followUp
  return [
    ...(responded.whole > 0 ? [`响应率${shareText(responded)}`, `${INDENT}限期内有人接手的`] : []),
    ...(solved.whole > 0 ? [`解决率${shareText(solved)}`, `${INDENT}问到的里面说解决了的`] : []),
    ...(content.whole > 0 ? [`满意率${shareText(content)}`, `${INDENT}满意和基本满意的`] : []),
    ...(followUp.basicallySatisfied > 0 ? [`其中基本满意${followUp.basicallySatisfied}件`] : []),
    ...(followUp.dissatisfied > 0 ? [`解决了、不满意${followUp.dissatisfied}件`] : []),
    ...(reopened > 0 ? [`没解决、重办${reopened}件`] : []),
    ...(closed > 0 && notReached > 0 ? [`没联系上${notReached}件`] : []),
    ...(closed > 0 && nobodyToAsk > 0 ? [`没有人可问${nobodyToAsk}件`] : []),
  ]
}
