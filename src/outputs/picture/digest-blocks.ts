import { dayText } from '../../clock.ts'
import { STATUS_WORDS } from '../../concerns/status.ts'
import type { Baseline, Figures } from '../../digest/figures.ts'
import { closingLine, type Words } from '../../digest/lines.ts'
import {
  doubtLine,
  isQuiet,
  moreText,
  pressingBelow,
  pressingText,
  quietLine,
  type RenderOptions,
  spanOf,
  unreadLines,
  waitingLines,
  whyText,
} from '../../digest/render-digest.ts'
import { compoundTallies, figureSections, goodNewsText, groupTallies, underWay } from '../../digest/render-figures.ts'
import type { WeekCount } from '../../digest/weeks.ts'
import { type Block, bars, lines, type Section, section } from './blocks.ts'
import { concernBlock } from './concern-block.ts'

/** A picture is read with the thumb; its text twin lists more. */
const MOST_FRESH = 12
const COUNTED = ['', '', '两', '三', '四', '五', '六', '七', '八']

/** The weekly digest as sections of blocks: what its text twin says, from the same figures and in the same words. */
export function digestSections(
  figures: Figures,
  previous: Baseline | null,
  weeks: readonly WeekCount[],
  { words, readBy, notes = [] }: RenderOptions,
): Section[] {
  const unread = [...unreadLines(figures), ...notes]
  const sections = [
    ...(isQuiet(figures)
      ? [[titleBlock(figures), ...lines([quietLine(figures)])]]
      : busySections(figures, previous, weeks, words)),
    section('没读到的', lines(unread)),
    [closingBlock(figures, closingLine(readBy))],
  ]
  return sections.filter((blocks) => blocks.length > 0)
}

function busySections(
  figures: Figures,
  previous: Baseline | null,
  weeks: readonly WeekCount[],
  words: Words,
): Section[] {
  const { decide, waiting, topCategories, goodNews } = figures
  const moreToDecide = decide.total - decide.items.length
  const pressing = pressingBelow(figures)
  const drawn: Record<string, Block[]> = {
    各小区: bars(compoundTallies(figures, words)),
    各党小组: bars(groupTallies(figures)),
    类别前三: bars(topCategories),
    好消息: goodNews ? [concernBlock(goodNews, words, goodNewsText(goodNews))] : [],
  }
  const [progress, ...rest] = figureSections(figures, previous, words).map(({ heading, lines: texts }) =>
    section(heading, drawn[heading] ?? lines(texts)),
  )
  return [
    [titleBlock(figures), numbersBlock(figures), ...lines(doubtLine(figures))],
    section('请支委会定的事', [
      ...decide.items.map((item) => concernBlock(item, words, whyText(item))),
      ...lines(moreToDecide > 0 ? [`还有${moreToDecide}件也等着定`] : []),
    ]),
    section('紧急和还没办完', [
      ...pressing.items.map((item) => concernBlock(item, words, pressingText(item))),
      ...lines(pressing.more > 0 ? [moreText(pressing.more)] : []),
    ]),
    freshSection(figures, words),
    progress!,
    trendSection(figures, previous, weeks),
    ...rest,
    section(`等确认的${waiting.total}件`, lines(waitingLines(figures))),
  ]
}

function titleBlock(figures: Figures): Block {
  return { kind: 'title', text: '一周民情汇总', below: spanOf(figures) }
}

function numbersBlock(figures: Figures): Block {
  const { filed, settled, red } = figures
  return {
    kind: 'numbers',
    items: [
      { value: filed, label: '新记', isPressing: false },
      { value: settled, label: '办结', isPressing: false },
      { value: red, label: '着急', isPressing: red > 0 },
      { value: underWay(figures), label: '在办', isPressing: false },
    ],
  }
}

/** What stands above is not said again. */
function freshSection(figures: Figures, words: Words): Section {
  const above = new Set([...figures.decide.items, ...pressingBelow(figures).items].map((item) => item.no))
  const rest = figures.fresh.filter((item) => !above.has(item.no))
  const shown = rest.slice(0, MOST_FRESH)
  const more = figures.filed - (figures.fresh.length - rest.length) - shown.length
  const state = (status: keyof typeof STATUS_WORDS) => (status === 'open' ? '' : STATUS_WORDS[status])
  return section(rest.length < figures.fresh.length ? '其他新记的' : '新记的', [
    ...shown.map((item) => concernBlock(item, words, state(item.status))),
    ...lines(more > 0 ? [`还有${more}件,回“待办”看全部`] : []),
  ])
}

/** The line ends with the figures that the digest tells; a single week is no line. */
function trendSection(figures: Figures, previous: Baseline | null, weeks: readonly WeekCount[]): Section {
  const told = [figures.filed, previous?.filed]
  const points = weeks.map(({ from, filed }, index) => ({
    label: `${dayText(new Date(from))}那周`,
    filed: told[weeks.length - 1 - index] ?? filed,
  }))
  return points.length < 2 ? [] : section(`最近${COUNTED[points.length]}周新记`, [{ kind: 'trend', points }])
}

function closingBlock({ heard }: Figures, closing: string): Block {
  return { kind: 'closing', lines: [...(heard > 0 ? [`本周读了${heard}条消息。`] : []), closing] }
}
