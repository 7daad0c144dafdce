import type { Block, Section } from './blocks.ts'
import { SIZES } from './pen.ts'

/** A block and how high it is, in pixels. */
export type Measured = { block: Block; height: number }

/**
 * Spreads sections over as few pages of at most `highest` pixels (without margins) as they need, and evenly: a page with
 * two lines after three full ones looks forgotten. A section that does not fit goes to the next page; only one that is
 * higher than a page is broken between its blocks, its heading said again.
 */
export function breakPages(sections: readonly Measured[][], highest: number): Section[][] {
  let pages = fill(sections, highest)
  for (let lower = highest - STEP; lower > 0; lower -= STEP) {
    const even = fill(sections, lower, highest)
    if (even.length > pages.length || even.some((page) => heightOf(page) > highest)) break
    pages = even
  }
  return pages.map((page) => page.map((part) => part.map(({ block }) => block)))
}

const STEP = 50

/** Fills pages up to `aim`; what does not break may be higher than that, up to `highest`. */
function fill(sections: readonly Measured[][], aim: number, highest = aim): Measured[][][] {
  const pages: Measured[][][] = [[]]
  const left = () => aim - heightOf(pages.at(-1)!) - (pages.at(-1)!.length > 0 ? SIZES.gap : 0)
  for (const section of sections) {
    const parts = sectionHeight(section) <= highest ? [section] : breakSection(section, left(), aim)
    for (const part of parts) {
      if (pages.at(-1)!.length > 0 && sectionHeight(part) > left()) pages.push([])
      pages.at(-1)!.push(part)
    }
  }
  return pages
}

/** The first part may use what is `left` of a page, if its heading does not stand there alone. */
function breakSection(section: Measured[], left: number, aim: number): Measured[][] {
  const heading = section[0]?.block.kind === 'heading' ? section[0] : null
  const again = heading ? [{ ...heading, block: sayAgain(heading.block) }] : []
  let part = heading ? [heading] : []
  let room = sectionHeight(section.slice(0, part.length + 1)) <= left ? left : aim
  const parts: Measured[][] = []
  for (const block of section.slice(part.length)) {
    if (part.length > again.length && sectionHeight([...part, block]) > room) {
      parts.push(part)
      part = again
      room = aim
    }
    part = [...part, block]
  }
  return [...parts, part]
}

function sayAgain(block: Block): Block {
  return block.kind === 'heading' ? { kind: 'heading', text: `${block.text}(接上页)` } : block
}

function heightOf(page: readonly Measured[][]): number {
  return page.reduce((sum, section) => sum + sectionHeight(section), 0) + Math.max(0, page.length - 1) * SIZES.gap
}

function sectionHeight(section: readonly Measured[]): number {
  return section.reduce((sum, { height }) => sum + height, 0) + Math.max(0, section.length - 1) * SIZES.blockGap
}
