import { STATUS_WORDS } from '../concerns/status.ts'
import type { Baseline, DecideItem, Figures, Item } from './figures.ts'
import { closingLine, itemLines, numberLines, type ReadBy, type Words } from './lines.ts'
import { spanText } from './period.ts'
import { figureSections } from './render-figures.ts'

/** What a digest needs besides its figures. `notes` are further sentences on what was not heard or not sent. */
export type RenderOptions = { words: Words; readBy: ReadBy; notes?: readonly string[] }

/** Sorts behind every name. */
const LAST = '\uffff'
const MOST_PRESSING = 10
const MOST_FRESH = 20
const MOST_NUMBERS = 15

/**
 * The weekly digest in plain Chinese, the first screen first; sections with nothing to say are left out.
 * `previous` are the counts of the week before, null when it was not heard. A week in which nothing happened is one line, and what was not read.
 */
export function renderDigest(
  figures: Figures,
  previous: Baseline | null,
  { words, readBy, notes = [] }: RenderOptions,
): string {
  const unread = [...unreadLines(figures), ...notes]
  if (isQuiet(figures)) return [quietLine(figures), ...unread].join('\n')
  const sections = [
    [`一周民情汇总 ${spanOf(figures)}`, ...summaryLines(figures)],
    section('请支委会定的事', decideLines(figures, words)),
    section('紧急和还没办完', pressingLines(figures, words)),
    section('新记的', freshLines(figures, words)),
    ...figureSections(figures, previous, words).map(({ heading, lines }) => section(heading, lines)),
    section(`等确认的${figures.waiting.total}件`, waitingLines(figures)),
    section('没读到的', unread),
    [...(figures.heard > 0 ? [`本周读了${figures.heard}条消息。`] : []), closingLine(readBy)],
  ]
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')
}

function section(heading: string, lines: string[]): string[] {
  return lines.length === 0 ? [] : [`【${heading}】`, ...lines]
}

/** Whether nothing happened and nothing waits. */
export function isQuiet(figures: Figures): boolean {
  const { filed, settled, reopened, closed, deferred, dropped, decide, pressing, waiting } = figures
  return filed + settled + reopened + closed + deferred + dropped + decide.total + pressing.total + waiting.total === 0
}

/** The one line of a quiet week. */
export function quietLine(figures: Figures): string {
  const alive = Object.values(figures.standing).reduce((sum, count) => sum + count, 0)
  return `本周(${spanOf(figures)})没有新记的事${alive > 0 ? `,有${alive}件正在办` : ''}。`
}

/** 「5月18日—5月24日」 */
export function spanOf({ from, before }: Figures): string {
  return spanText({ from: new Date(from), before: new Date(before) })
}

function summaryLines(figures: Figures): string[] {
  const { filed, settled, red } = figures
  const first =
    filed === 0
      ? `本周没有新记的事,办结${settled}件。`
      : `本周记下${filed}件,办结${settled}件,${red > 0 ? `${red}件着急` : '没有着急的'}。`
  return [first, ...doubtLine(figures)]
}

/** 「其中待确认5件,另有1件没有受理。」 */
export function doubtLine({ suspected, dropped }: Figures): string[] {
  const parts = [
    ...(suspected > 0 ? [`其中待确认${suspected}件`] : []),
    ...(dropped > 0 ? [`另有${dropped}件没有受理`] : []),
  ]
  return parts.length === 0 ? [] : [`${parts.join(',')}。`]
}

function decideLines({ decide }: Figures, words: Words): string[] {
  const lines = decide.items.flatMap((item) => itemLines(item, words, whyText(item)))
  const more = decide.total - decide.items.length
  return more > 0 ? [...lines, `还有${more}件也等着定`] : lines
}

/** Why it is to be decided. */
export function whyText(item: DecideItem): string {
  switch (item.why) {
    case 'on_agenda':
      return `待上会,${sinceText(item)}`
    case 'recurrence':
      return `又出现了,上次是${item.before}号`
    case 'red_late':
      return `${sinceText(item)},还没办完`
    case 'deferred_late':
      return '挂账到期,该再看了'
  }
}

function pressingLines(figures: Figures, words: Words): string[] {
  const { items, more } = pressingBelow(figures)
  const lines = items.flatMap((item) => itemLines(item, words, pressingText(item)))
  return more > 0 ? [...lines, moreText(more)] : lines
}

/** What presses and is shown; what the committee is asked to decide stands above already and is not said twice. */
export function pressingBelow({ decide, pressing }: Figures): { items: Item[]; more: number } {
  const above = new Set(decide.items.map((item) => item.no))
  const items = pressing.items.filter((item) => !above.has(item.no)).slice(0, MOST_PRESSING)
  const saidAbove = decide.items.filter((item) => item.urgency === 'red' || item.late).length
  return { items, more: pressing.total - saidAbove - items.length }
}

/** 「还有3件,回“待办”都看得到」 */
export function moreText(more: number): string {
  return `还有${more}件,回“待办”都看得到`
}

/** How a pressing one stands. */
export function pressingText(item: Item): string {
  if (item.status === 'referred') return item.late ? '已转交,该再问问' : `已转交,${sinceText(item)}`
  if (item.status === 'deferred') return item.late ? '挂账到期,该再看了' : `挂账,${sinceText(item)}`
  if (item.status === 'suspected') return `待确认,${sinceText(item)}`
  return item.late ? `${sinceText(item)},还没办完` : `${STATUS_WORDS[item.status]},${sinceText(item)}`
}

function sinceText({ days }: Item): string {
  return days === 0 ? '今天记下' : `记下${days}天`
}

/** Under their building or compound, in the order of the roster's codes. */
function freshLines({ fresh, filed }: Figures, words: Words): string[] {
  const items = fresh.slice(0, MOST_FRESH).sort((a, b) => compare(placeKey(a), placeKey(b)) || a.no - b.no)
  const groups = Map.groupBy(items, (item) => words.placeName({ ...item.place, unit: null }) || '地点还不清楚')
  const lines = [...groups].flatMap(([place, here]) => [
    place,
    ...here.flatMap((item) =>
      itemLines(item, { ...words, placeName: () => '' }, item.status === 'open' ? '' : STATUS_WORDS[item.status]),
    ),
  ])
  const more = filed - items.length
  return more > 0 ? [...lines, `还有${more}件,回“待办”看全部`] : lines
}

function placeKey({ place }: Item): string {
  return `${place.compound ?? LAST} ${place.building ?? LAST}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** What waits to be confirmed, and how to answer. */
export function waitingLines({ waiting }: Figures): string[] {
  const [first] = waiting.items
  if (first === undefined) return []
  return [
    ...numberLines(waiting.items, MOST_NUMBERS, waiting.total),
    `是,回“确认 ${first}号”`,
    `不是,回“不是诉求 ${first}号”`,
  ]
}

/** What was heard and could not be read. */
export function unreadLines({
  unread: { voices, pictures, toPeople, skipped, pending },
}: Pick<Figures, 'unread'>): string[] {
  return [
    ...(voices > 0 ? [`${voices}段语音没听清`] : []),
    ...(pictures > 0 ? [`${pictures}张图片没看`] : []),
    ...(toPeople > 0 ? [`${toPeople}段话没读成,要请人看`] : []),
    ...(skipped > 0 ? [`${skipped}条消息读不了,跳过了`] : []),
    ...(pending > 0 ? [`${pending}条消息还没读完`] : []),
  ]
}
