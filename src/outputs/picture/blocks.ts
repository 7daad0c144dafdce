import type { Urgency } from '../../../db/schema.ts'
import { dayText } from '../../clock.ts'
import { STATUS_WORDS } from '../../concerns/status.ts'
import { urgencyMark } from '../../concerns/taxonomy.ts'
import type { Baseline, Figures, Item } from '../../digest/figures.ts'
import { closingLine, type ReadBy, type Words } from '../../digest/lines.ts'
import { spanText } from '../../digest/period.ts'
import { shareText } from '../../digest/rates.ts'
import type { WeekCount } from '../../digest/weeks.ts'

/** What a picture is made of, before anything is drawn; every text of the picture stands here. */
export type Block =
  | { kind: 'title'; text: string; below: string }
  | { kind: 'numbers'; items: { value: string; label: string; tone: Tone }[] }
  | { kind: 'heading'; text: string }
  | { kind: 'concern'; mark: string; tone: Urgency; head: string; text: string; state: string }
  | { kind: 'line'; text: string }
  | { kind: 'bars'; rows: { label: string; value: number }[] }
  | { kind: 'trend'; weeks: WeekCount[] }
  | { kind: 'closing'; text: string }

type Tone = 'ink' | 'red'

/** A section is drawn on one page as a whole where it fits. */
export type Section = Block[]

const MOST = 8

/** The digest as sections of blocks, from the same figures as its text twin. */
export function digestSections(
  figures: Figures,
  previous: Baseline,
  weeks: WeekCount[],
  { words, readBy }: { words: Words; readBy: ReadBy },
): Section[] {
  const { filed, settled, red, standing, decide, pressing, byCompound, byPartyGroup, topCategories, responded } =
    figures
  const underWay = standing.open + standing.in_progress + standing.referred + standing.on_agenda
  const span = spanText({ from: new Date(figures.from), before: new Date(figures.before) })
  const concern = (item: Item): Block => {
    const where = words.placeName(item.place)
    const state = `${STATUS_WORDS[item.status]}${item.late ? ',还没办完' : ''},记下${item.days}天`
    return {
      kind: 'concern',
      mark: urgencyMark(words.taxonomy, item.urgency),
      tone: item.urgency,
      head: `${item.no}号`,
      text: `${where === '' ? '' : `${where} `}${item.title}`,
      state,
    }
  }
  const list = (items: Item[], total: number): Block[] => [
    ...items.slice(0, MOST).map(concern),
    ...(total > MOST
      ? [{ kind: 'line' as const, text: `还有${total - Math.min(items.length, MOST)}件,回“待办”看全部` }]
      : []),
  ]
  const sections: Section[] = [
    [
      { kind: 'title', text: '一周民情汇总', below: span },
      {
        kind: 'numbers',
        items: [
          { value: String(filed), label: `记下(上周${previous.filed})`, tone: 'ink' },
          { value: String(settled), label: `办结(上周${previous.settled})`, tone: 'ink' },
          { value: String(red), label: '紧急', tone: red > 0 ? 'red' : 'ink' },
          { value: String(underWay), label: '正在办', tone: 'ink' },
        ],
      },
    ],
    section('请支委会定的事', list(decide.items, decide.total)),
    section('紧急和还没办完', list(pressing.items, pressing.total)),
    section('新记的', list(figures.fresh, filed)),
    section(
      '各小区',
      bars(byCompound.map(({ compound, filed: value }) => ({ label: compoundLabel(compound, words), value }))),
    ),
    section('各党小组', bars(byPartyGroup.map(({ name, filed: value }) => ({ label: name ?? '没定到组', value })))),
    section('类别', bars(topCategories.map(({ label, filed: value }) => ({ label, value })))),
    section('最近八周', [{ kind: 'trend', weeks }]),
    section(
      '响应率',
      responded.whole === 0 ? [] : [{ kind: 'line', text: `${shareText(responded)},限期内有人接手的` }],
    ),
    section('好消息', figures.goodNews ? [concern(figures.goodNews)] : []),
    [{ kind: 'closing', text: `${closingLine(readBy)}。查哪一件,回“查 12号”。` }],
  ]
  return sections.filter((blocks) => blocks.length > 0)
}

/** Every text that stands on the picture; for tests, and for whoever reads it aloud. */
export function textsOf(sections: readonly Section[]): string[] {
  return sections.flat().flatMap((block) => {
    switch (block.kind) {
      case 'title':
        return [block.text, block.below]
      case 'numbers':
        return block.items.flatMap(({ value, label }) => [value, label])
      case 'concern':
        return [block.mark, block.head, block.text, block.state]
      case 'bars':
        return block.rows.flatMap(({ label, value }) => [label, String(value)])
      case 'trend':
        return block.weeks.flatMap(({ from, filed }) => [dayText(new Date(from)), String(filed)])
      default:
        return [block.text]
    }
  })
}

function section(heading: string, blocks: Block[]): Section {
  return blocks.length === 0 ? [] : [{ kind: 'heading', text: heading }, ...blocks]
}

function bars(rows: { label: string; value: number }[]): Block[] {
  return rows.length === 0 ? [] : [{ kind: 'bars', rows }]
}

function compoundLabel(compound: string | null, { placeName }: Words): string {
  if (compound === null) return '没定到小区'
  return placeName({ kind: 'compound', compound, building: null, unit: null, partyGroup: null })
}
