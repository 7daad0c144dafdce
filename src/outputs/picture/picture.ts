import { readFile } from 'node:fs/promises'
import type { Section } from './blocks.ts'
import { drawSection, page, SIZES } from './draw.ts'
import { fontFiles } from './glyphs.ts'
import { labelPng } from './png-label.ts'

/** What draws: the heavy library is loaded with the first picture. */
export type Renderer = {
  measure(section: Section): Promise<number>
  render(sections: Section[]): Promise<Uint8Array>
}

const HIGHEST_PAGE = 4000
const GAP = 56
const PATIENCE = 5000

/**
 * Draws sections as PNG pages, 1,080 wide and at most 4,000 high, broken between sections.
 * @throws Error when it fails or takes more than five seconds; the text twin then goes alone.
 */
export async function renderPages(
  sections: readonly Section[],
  { madeBy, renderer = openRenderer }: { madeBy: string; renderer?: () => Promise<Renderer> },
): Promise<Uint8Array[]> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`the picture took more than ${PATIENCE} ms`)), PATIENCE)
  try {
    return await Promise.race([drawPages(sections, await renderer(), madeBy), late])
  } finally {
    clearTimeout(timer)
  }
}

async function drawPages(sections: readonly Section[], renderer: Renderer, madeBy: string): Promise<Uint8Array[]> {
  const pages: Section[][] = [[]]
  let height = 2 * SIZES.margin
  for (const section of sections) {
    const own = (await renderer.measure(section)) + GAP
    if (height + own > HIGHEST_PAGE && pages.at(-1)!.length > 0) {
      pages.push([])
      height = 2 * SIZES.margin
    }
    pages.at(-1)!.push(section)
    height += own
  }
  const label = {
    Software: '居民诉求小助手',
    Comment: madeBy,
    AIGC: JSON.stringify({ Label: '1', ContentProducer: '居民诉求小助手' }),
  }
  return Promise.all(pages.map(async (one) => labelPng(await renderer.render(one), label)))
}

let opened: Promise<Renderer> | null = null

/** The renderer with its font, loaded once. */
function openRenderer(): Promise<Renderer> {
  opened ??= loadRenderer()
  return opened
}

async function loadRenderer(): Promise<Renderer> {
  const { Renderer: Takumi } = await import('@takumi-rs/core')
  const takumi = new Takumi()
  for (const file of fontFiles())
    await takumi.registerFont({ name: 'Noto Sans SC Variable', data: await readFile(file) })
  return {
    measure: async (section) =>
      (await takumi.measure(drawSection(section) as never, { width: SIZES.page - 2 * SIZES.margin })).height,
    render: async (sections) =>
      new Uint8Array(await takumi.render(page(sections) as never, { width: SIZES.page, format: 'png' })),
  }
}
