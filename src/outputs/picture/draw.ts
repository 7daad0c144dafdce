import type { Bar, BigNumber, Block, ConcernBlock, Section } from './blocks.ts'
import { COLOURS, TONES } from './colours.ts'
import { type Drawn, INNER, type Pen, SIZES } from './pen.ts'
import { drawTrend } from './trend.ts'

/** A page of sections, one below the other on white paper; `foot` says which page it is. */
export function drawPage(sections: readonly Section[], foot: string, pen: Pen): Drawn {
  return pen.box(
    {
      flexDirection: 'column',
      width: SIZES.page,
      padding: SIZES.margin,
      gap: SIZES.gap,
      backgroundColor: COLOURS.paper,
    },
    [...sections.map((section) => drawSection(section, pen)), ...(foot === '' ? [] : [drawFoot(foot, pen)])],
  )
}

/** One section, as wide as the page lets it be. */
export function drawSection(section: Section, pen: Pen): Drawn {
  return pen.box(
    { flexDirection: 'column', gap: SIZES.blockGap, width: INNER },
    section.map((block) => drawBlock(block, pen)),
  )
}

/** 「第1张,共3张」 at the foot of a page. */
export function drawFoot(foot: string, { text, box }: Pen): Drawn {
  return box({ width: INNER, justifyContent: 'center' }, [text(foot, SIZES.body, { color: COLOURS.soft })])
}

function drawBlock(block: Block, pen: Pen): Drawn {
  const { text, box } = pen
  switch (block.kind) {
    case 'title':
      return box({ flexDirection: 'column', gap: 4 }, [
        text(block.text, SIZES.title, { color: COLOURS.accent, fontWeight: 700 }),
        text(block.below, SIZES.body),
      ])
    case 'numbers':
      return box(
        { flexWrap: 'wrap', rowGap: 16 },
        block.items.map((item) => drawNumber(item, pen)),
      )
    case 'heading':
      return box({ flexDirection: 'column', gap: 28 }, [
        box({ height: 4, width: INNER, backgroundColor: COLOURS.rule }, []),
        text(block.text, SIZES.heading, { fontWeight: 700 }),
      ])
    case 'concern':
      return drawConcern(block, pen)
    case 'line':
      return box({ flexDirection: 'column' }, [
        text(block.text, SIZES.body),
        ...block.below.map((line) => text(line, SIZES.body, { color: COLOURS.soft })),
      ])
    case 'bars':
      return drawBars(block.rows, pen)
    case 'trend':
      return drawTrend(block.points, pen)
    case 'closing':
      return box(
        { flexDirection: 'column' },
        block.lines.map((line) => text(line, SIZES.body, { color: COLOURS.soft })),
      )
  }
}

function drawNumber({ value, label, isPressing }: BigNumber, { text, box }: Pen): Drawn {
  const color = isPressing ? COLOURS.accent : COLOURS.ink
  return box({ width: INNER / 2, alignItems: 'baseline', gap: 20 }, [
    text(String(value), SIZES.number, { color, fontWeight: 700, lineHeight: 1.3 }),
    text(label, SIZES.body, { color }),
  ])
}

function drawConcern({ no, mark, urgency, state, text: words }: ConcernBlock, { text, box }: Pen): Drawn {
  return box({ flexDirection: 'column', gap: 4 }, [
    box({ flexWrap: 'wrap', columnGap: 28 }, [
      text(no, SIZES.body, { fontWeight: 700 }),
      text(mark, SIZES.body, { fontWeight: 700, color: TONES[urgency] }),
      ...(state === '' ? [] : [text(state, SIZES.body, { color: COLOURS.soft })]),
    ]),
    text(words, SIZES.concern, { fontWeight: 500, textWrap: 'pretty' }),
  ])
}

const LABEL_WIDTH = 372
const NUMBER_WIDTH = 110
const BAR_GAP = 24
const BAR_HEIGHT = 44
const SHORTEST_BAR = 8

/** The longest bar takes all the room there is; the order is that of the roster, the first is not the best. */
function drawBars(rows: readonly Bar[], { text, box }: Pen): Drawn {
  const longest = Math.max(1, ...rows.map(({ filed }) => filed))
  const room = INNER - LABEL_WIDTH - NUMBER_WIDTH - 2 * BAR_GAP
  const drawRow = ({ label, filed }: Bar) =>
    box({ alignItems: 'center', gap: BAR_GAP }, [
      text(label, SIZES.body, { width: LABEL_WIDTH, flexShrink: 0 }),
      box(
        {
          width: Math.max(SHORTEST_BAR, Math.round((room * filed) / longest)),
          height: BAR_HEIGHT,
          flexShrink: 0,
          backgroundColor: COLOURS.bar,
        },
        [],
      ),
      text(String(filed), SIZES.body, { fontWeight: 700 }),
    ])
  return box({ flexDirection: 'column', gap: 16 }, rows.map(drawRow))
}
