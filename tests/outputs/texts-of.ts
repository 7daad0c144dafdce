import type { Block, Section } from '../../src/outputs/picture/blocks.ts'

/** Every text that stands on the picture, in order. */
export function textsOf(sections: readonly Section[]): string[] {
  return sections.flat().flatMap(textsOfBlock)
}

function textsOfBlock(block: Block): string[] {
  switch (block.kind) {
    case 'title':
      return [block.text, block.below]
    case 'numbers':
      return block.items.flatMap(({ value, label }) => [String(value), label])
    case 'heading':
      return [block.text]
    case 'concern':
      return [block.no, block.mark, block.state, block.text]
    case 'line':
      return [block.text, ...block.below]
    case 'bars':
      return block.rows.flatMap(({ label, filed }) => [label, String(filed)])
    case 'trend':
      return [block.points[0]!, block.points.at(-1)!].flatMap(({ label, filed }) => [label, String(filed)])
    case 'closing':
      return block.lines
  }
}
