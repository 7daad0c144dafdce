import type { ReadBy } from '../../digest/lines.ts'
import { labelsOf } from '../label.ts'
import type { Block, Section } from './blocks.ts'
import { drawFoot, drawPage, drawSection } from './draw.ts'
import { FONT, type Font, loadFont } from './font.ts'
import { breakPages, type Measured } from './pages.ts'
import { type Drawn, INNER, penFor, SIZES } from './pen.ts'
import { labelPng, pngSize } from './png-label.ts'

/** What turns nodes into pixels. */
export type Renderer = {
  font: Font
  height(node: Drawn, width: number): Promise<number>
  png(node: Drawn, width: number): Promise<Uint8Array>
}

export type PictureOptions = {
  readBy: ReadBy
  open?: () => Promise<Renderer>
  /** In milliseconds. */
  patience?: number
}

export const HIGHEST_PAGE = 4000
const PATIENCE = 5000

/**
 * Draws sections as PNG pages, 1,080 wide and at most 4,000 high, labelled as made by a machine.
 * @throws Error when it fails or takes more than five seconds; the text twin then goes alone.
 */
export async function drawPictures(
  sections: readonly Section[],
  { readBy, open = openRenderer, patience = PATIENCE }: PictureOptions,
): Promise<Uint8Array[]> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`the picture took more than ${patience} ms`)), patience)
  try {
    return await Promise.race([open().then((renderer) => drawPages(sections, renderer, readBy)), tooLate])
  } finally {
    clearTimeout(timer)
  }
}

async function drawPages(sections: readonly Section[], renderer: Renderer, readBy: ReadBy): Promise<Uint8Array[]> {
  const pen = penFor(renderer.font)
  const foot = SIZES.gap + (await renderer.height(drawFoot(footText(1, 2), pen), INNER))
  const inside = HIGHEST_PAGE - 2 * SIZES.margin - foot
  const height = (block: Block) => renderer.height(drawSection([block], pen), INNER)
  const measured: Measured[][] = []
  for (const section of sections) {
    measured.push(await Promise.all(section.map(async (block) => ({ block, height: await height(block) }))))
  }
  const pages = breakPages(measured, inside)
  const drawn: Uint8Array[] = []
  for (const [index, page] of pages.entries()) drawn.push(await drawOne(page, index + 1, pages.length))
  return drawn

  async function drawOne(page: readonly Section[], number: number, of: number): Promise<Uint8Array> {
    const node = drawPage(page, of > 1 ? footText(number, of) : '', pen)
    const png = await renderer.png(node, SIZES.page)
    const { height } = pngSize(png)
    if (height > HIGHEST_PAGE) throw new Error(`a page is ${height} pixels high`)
    return labelPng(png, labelsOf(readBy))
  }
}

function footText(number: number, of: number): string {
  return `第${number}张,共${of}张`
}

let opened: Promise<Renderer> | null = null

/** The renderer with its font, loaded with the first picture; a failed load is tried again with the next. */
export function openRenderer(): Promise<Renderer> {
  opened ??= loadRenderer().catch((error: unknown) => {
    opened = null
    throw error
  })
  return opened
}

async function loadRenderer(): Promise<Renderer> {
  const { Renderer: Takumi } = await import('@takumi-rs/core')
  const takumi = new Takumi()
  const font = loadFont()
  for (const data of font.slices) await takumi.registerFont({ name: FONT, data })
  return {
    font,
    height: async (node, width) => (await takumi.measure(node, { width })).height,
    png: (node, width) => takumi.render(node, { width, format: 'png' }),
  }
}
