import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Section } from '../../src/outputs/picture/blocks.ts'
import { breakPages, type Measured } from '../../src/outputs/picture/pages.ts'
import { SIZES } from '../../src/outputs/picture/pen.ts'

const seed = 2026
const HIGHEST = 3700

function sectionOf(name: string, heights: readonly number[]): Measured[] {
  const lines = heights.map((height, index) => ({
    block: { kind: 'line' as const, text: `${name}.${index}`, below: [] },
    height,
  }))
  return [{ block: { kind: 'heading', text: name }, height: 130 }, ...lines]
}

function namesOf(pages: readonly Section[][]): string[][] {
  return pages.map((page) => page.flat().map((block) => ('text' in block ? block.text : block.kind)))
}

test('a section that does not fit goes to the next page, and pages are even', () => {
  const sections = ['甲', '乙', '丙'].map((name) => sectionOf(name, [1000]))
  expect(namesOf(breakPages(sections, 3000))).toEqual([
    ['甲', '甲.0', '乙', '乙.0'],
    ['丙', '丙.0'],
  ])
  const tail = [...['甲', '乙', '丙'].map((name) => sectionOf(name, [900])), sectionOf('尾', [100])]
  expect(namesOf(breakPages(tail, 3500)).map((page) => page.length)).toEqual([4, 4])
})

test('only a section higher than a page is broken, with its heading said again and never alone', () => {
  const pages = namesOf(breakPages([sectionOf('头', [3000]), sectionOf('长', Array(9).fill(900))], HIGHEST))
  expect(pages[0]).toEqual(['头', '头.0'])
  expect(pages[1]![0]).toBe('长')
  expect(pages[2]![0]).toBe('长(接上页)')
})

test(`nothing is lost, nothing is said twice, no page is too high (seed ${seed})`, () => {
  const heights = fc.array(fc.integer({ min: 70, max: 900 }), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(fc.array(heights, { minLength: 1, maxLength: 12 }), (shapes) => {
      const sections = shapes.map((shape, index) => sectionOf(`${index}`, shape))
      const known = new Map(sections.flat().map(({ block, height }) => ['text' in block ? block.text : '', height]))
      const pages = breakPages(sections, HIGHEST)
      const lines = namesOf(pages)
        .flat()
        .filter((name) => name.includes('.'))
      expect(lines).toEqual(sections.flatMap((all) => all.slice(1).map(({ block }) => 'text' in block && block.text)))
      for (const page of pages) {
        const parts = page.map(
          (part) =>
            part.reduce((sum, block) => sum + (known.get('text' in block ? block.text : '') ?? 130), 0) +
            (part.length - 1) * SIZES.blockGap,
        )
        const height = parts.reduce((sum, part) => sum + part, 0) + (page.length - 1) * SIZES.gap
        expect(height).toBeLessThanOrEqual(HIGHEST)
        for (const part of page) expect(part.length).toBeGreaterThan(1)
      }
    }),
    { seed, numRuns: 500 },
  )
})
