import { STATUS_WORDS } from '../../concerns/status.ts'
import type { Figures } from '../../digest/figures.ts'
import { closingLine, type ReadBy, type Words } from '../../digest/lines.ts'
import { compoundTallies, groupTallies } from '../../digest/render-figures.ts'
import { restLine, type Summary, tailLines } from '../../digest/summary.ts'
import { bars, lines, type Section, section } from './blocks.ts'
import { concernBlock } from './concern-block.ts'

/** How the concerns of a whole period spread; null when the summary is narrowed to something. */
export type Breakdown = Pick<Figures, 'byCompound' | 'byPartyGroup' | 'topCategories'> | null

/** The answer to 汇总 as sections of blocks, for the committee. */
export function summarySections(
  summary: Summary,
  breakdown: Breakdown,
  { words, readBy }: { words: Words; readBy: ReadBy },
): Section[] {
  const { about, filed, settled, items } = summary
  const sections: Section[] = [
    [
      { kind: 'title', text: '汇总', below: about },
      {
        kind: 'numbers',
        items: [
          { value: filed, label: '记下', isPressing: false },
          { value: settled, label: '已办结', isPressing: false },
        ],
      },
      ...lines(tailLines(summary)),
    ],
    section('记下的', [
      ...items.map((item) => concernBlock(item, words, STATUS_WORDS[item.status])),
      ...lines(restLine(filed - items.length, 0)),
    ]),
    ...(breakdown
      ? [
          section('各小区', bars(compoundTallies(breakdown, words))),
          section('各党小组', bars(groupTallies(breakdown))),
          section('类别前三', bars(breakdown.topCategories)),
        ]
      : []),
    [{ kind: 'closing', lines: [closingLine(readBy)] }],
  ]
  return sections.filter((blocks) => blocks.length > 0)
}
