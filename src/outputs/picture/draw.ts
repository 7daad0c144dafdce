import { dayText } from '../../clock.ts'
import type { WeekCount } from '../../digest/weeks.ts'
import type { Block, Section } from './blocks.ts'
import { COLOURS } from './colours.ts'
import { drawable } from './glyphs.ts'

/** Sizes in pixels on a page 1,080 wide: for eyes of 75 on a phone. */
export const SIZES = {
  page: 1080,
  margin: 56,
  body: 48,
  heading: 68,
  title: 84,
  number: 132,
  closing: 48,
  line: 1.4,
} as const

/** A node of the renderer: boxes and texts with CSS-like styles. */
export type Drawn =
  | { type: 'container'; style: Record<string, string | number>; children: Drawn[] }
  | { type: 'text'; text: string; style: Record<string, string | number> }

/** A page of sections, one below the other on white paper. */
export function page(sections: readonly Section[]): Drawn {
  return box(
    { flexDirection: 'column', width: SIZES.page, padding: SIZES.margin, gap: 56, backgroundColor: COLOURS.paper },
    sections.map(drawSection),
  )
}

/** One section, as wide as the page lets it be. */
export function drawSection(section: Section): Drawn {
  return box({ flexDirection: 'column', gap: 28, width: SIZES.page - 2 * SIZES.margin }, section.map(drawBlock))
}

function drawBlock(block: Block): Drawn {
  switch (block.kind) {
    case 'title':
      return box({ flexDirection: 'column', gap: 8 }, [
        text(block.text, SIZES.title, { color: COLOURS.accent, fontWeight: 700 }),
        text(block.below, SIZES.body, { color: COLOURS.soft }),
      ])
    case 'numbers':
      return box({ flexDirection: 'row', flexWrap: 'wrap', rowGap: 24 }, block.items.map(drawNumber))
    case 'heading':
      return box({ flexDirection: 'column', gap: 12 }, [
        box({ height: 4, width: '100%', backgroundColor: COLOURS.rule }, []),
        text(block.text, SIZES.heading, { color: COLOURS.accent, fontWeight: 700 }),
      ])
    case 'concern':
      return box({ flexDirection: 'column', gap: 4 }, [
        box({ flexDirection: 'row', gap: 24 }, [
          text(block.head, SIZES.body, { fontWeight: 700 }),
          text(block.mark, SIZES.body, { color: COLOURS[block.tone], fontWeight: 700 }),
        ]),
        text(block.text, SIZES.body, {}),
        text(block.state, SIZES.body, { color: COLOURS.soft }),
      ])
    case 'line':
      return text(block.text, SIZES.body, { color: COLOURS.soft })
    case 'bars':
      return drawBars(block.rows)
    case 'trend':
      return drawTrend(block.weeks)
    case 'closing':
      return text(block.text, SIZES.closing, { color: COLOURS.soft })
  }
}

function drawNumber({ value, label, tone }: { value: string; label: string; tone: 'ink' | 'red' }): Drawn {
  return box({ flexDirection: 'column', width: '50%' }, [
    text(value, SIZES.number, { color: COLOURS[tone], fontWeight: 700, lineHeight: 1.1 }),
    text(label, SIZES.body, { color: COLOURS.soft }),
  ])
}

/** Bars with their number at the end; the longest takes all the room there is. */
function drawBars(rows: { label: string; value: number }[]): Drawn {
  const longest = Math.max(1, ...rows.map(({ value }) => value))
  const room = SIZES.page - 2 * SIZES.margin - LABEL_WIDTH - 24 - NUMBER_WIDTH - 20
  const drawRow = ({ label, value }: { label: string; value: number }) =>
    box({ flexDirection: 'row', alignItems: 'center', gap: 20 }, [
      text(label, SIZES.body, { width: LABEL_WIDTH }),
      box({ width: Math.max(6, Math.round((room * value) / longest)), height: 40, backgroundColor: COLOURS.bar }, []),
      text(String(value), SIZES.body, { fontWeight: 700 }),
    ])
  return box({ flexDirection: 'column', gap: 16 }, rows.map(drawRow))
}

const LABEL_WIDTH = 390
const NUMBER_WIDTH = 90
const TREND_HEIGHT = 260

/** Eight columns with the number on top; the first and the last week are named. */
function drawTrend(weeks: WeekCount[]): Drawn {
  const most = Math.max(1, ...weeks.map(({ filed }) => filed))
  const column = ({ filed }: WeekCount) =>
    box(
      {
        flexDirection: 'column',
        alignItems: 'center',
        justifyContent: 'flex-end',
        height: TREND_HEIGHT + 80,
        width: 110,
      },
      [
        text(String(filed), SIZES.body, { fontWeight: 700 }),
        box(
          { width: 64, height: Math.max(6, Math.round((TREND_HEIGHT * filed) / most)), backgroundColor: COLOURS.bar },
          [],
        ),
      ],
    )
  const name = (week: WeekCount | undefined) =>
    text(week ? `${dayText(new Date(week.from))}那周` : '', SIZES.body, { color: COLOURS.soft })
  return box({ flexDirection: 'column', gap: 12 }, [
    text('每周记下几件', SIZES.body, { color: COLOURS.soft }),
    box({ flexDirection: 'row', justifyContent: 'space-between', alignItems: 'flex-end' }, weeks.map(column)),
    box({ flexDirection: 'row', justifyContent: 'space-between' }, [name(weeks[0]), name(weeks.at(-1))]),
  ])
}

function text(words: string, size: number, style: Record<string, string | number>): Drawn {
  return {
    type: 'text',
    text: drawable(words),
    style: {
      fontSize: size,
      lineHeight: SIZES.line,
      color: COLOURS.ink,
      fontFamily: 'Noto Sans SC Variable',
      ...style,
    },
  }
}

function box(style: Record<string, string | number>, children: Drawn[]): Drawn {
  return { type: 'container', style: { display: 'flex', ...style }, children }
}
