import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import type { Block, Section } from '../../src/outputs/picture/blocks.ts'
import { COLOURS, TONES } from '../../src/outputs/picture/colours.ts'
import { digestSections } from '../../src/outputs/picture/digest-blocks.ts'
import { renderDigestPicture } from '../../src/outputs/picture/digest-picture.ts'
import { drawFoot, drawPage, drawSection } from '../../src/outputs/picture/draw.ts'
import { loadFont } from '../../src/outputs/picture/font.ts'
import { type Drawn, INNER, penFor, SIZES, type Style } from '../../src/outputs/picture/pen.ts'
import { drawPictures, HIGHEST_PAGE } from '../../src/outputs/picture/picture.ts'
import { pngSize } from '../../src/outputs/picture/png-label.ts'
import { taxonomy, words } from '../digest/small-community.ts'
import { contrast, luminance } from './contrast.ts'
import { collected, openMay } from './picture-week.ts'

const pen = penFor(loadFont())
const options = { words, readBy: 'model' as const, notes: ['离线2小时'] }

let db: Db
let sections: Section[]
beforeAll(async () => {
  db = await openMay()
  const { figures, previous, weeks } = await collected(db)
  sections = digestSections(figures, previous, weeks, options)
})
afterAll(() => db.destroy())

type Seen = { style: Style; paper: string; text: string | null }

/** Every box and text of a drawing, with the colour it stands on. */
function* seen(node: Drawn, paper: string = COLOURS.paper): Generator<Seen> {
  if (node.type === 'image') return
  yield { style: node.style, paper, text: node.type === 'text' ? node.text : null }
  if (node.type === 'text') return
  for (const child of node.children) yield* seen(child, String(node.style.backgroundColor ?? paper))
}

function everything(): Seen[] {
  return [...seen(drawPage(sections, '第1张,共2张', pen))]
}

function kindsOf(all: readonly Section[]): Set<Block['kind']> {
  return new Set(all.flat().map(({ kind }) => kind))
}

test('pages are PNGs, 1,080 wide and at most 4,000 high, drawn in less than five seconds', async () => {
  const { figures, previous, weeks } = await collected(db)
  const started = performance.now()
  const pages = await renderDigestPicture(figures, previous, weeks, options)
  const first = performance.now()
  await renderDigestPicture(figures, previous, weeks, options)
  const again = performance.now()
  console.log(
    `picture: ${pages.length} pages of ${pages.map((png) => pngSize(png).height)} px, ${pages.map((png) => Math.round(png.length / 1024))} KB; first ${Math.round(first - started)} ms, again ${Math.round(again - first)} ms`,
  )
  expect(first - started).toBeLessThan(5000)
  expect(pages.length).toBeGreaterThan(1)
  for (const png of pages) {
    expect([...png.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    expect(pngSize(png).width).toBe(1080)
    expect(pngSize(png).height).toBeLessThanOrEqual(HIGHEST_PAGE)
  }
})

test('the file itself says who made it; AI is named only where a model read', async () => {
  const chunk = (png: Uint8Array, text: string) => Buffer.from(png).includes(text)
  const [byModel] = await drawPictures(sections, { readBy: 'model' })
  expect(chunk(byModel!, 'iTXtAIGC\0')).toBe(true)
  expect(chunk(byModel!, 'iTXtSoftware\0')).toBe(true)
  expect(chunk(byModel!, '以上由AI整理,请核对')).toBe(true)
  const [byRules] = await drawPictures(sections, { readBy: 'rules' })
  expect(chunk(byRules!, 'AIGC')).toBe(false)
  expect(chunk(byRules!, '以上由关键词规则整理,请核对')).toBe(true)
})

test('every letter is large enough for eyes of 75, with air between the lines', () => {
  expect([...kindsOf(sections)].sort()).toEqual(
    ['bars', 'closing', 'concern', 'heading', 'line', 'numbers', 'title', 'trend'].sort(),
  )
  for (const { style, text } of everything()) {
    if (text === null) continue
    expect(style.fontSize, text).toBeGreaterThanOrEqual(48)
    expect(style.lineHeight, text).toBeGreaterThanOrEqual(1.3)
  }
  const sizesOf = (kind: Block['kind']) =>
    sections
      .flat()
      .filter((block) => block.kind === kind)
      .flatMap((block) => [...seen(drawSection([block], pen))])
      .filter(({ text }) => text !== null)
      .map(({ style }) => Number(style.fontSize))
  expect(Math.min(...sizesOf('heading'))).toBeGreaterThanOrEqual(66)
  expect(Math.max(...sizesOf('numbers'))).toBeGreaterThanOrEqual(120)
})

test('every text stands out from what it stands on by 4.5 to 1, and every bar by 3 to 1', () => {
  for (const { style, paper, text } of everything()) {
    if (text !== null) expect(contrast(String(style.color), paper), text).toBeGreaterThanOrEqual(4.5)
  }
  expect(contrast(COLOURS.bar, COLOURS.paper)).toBeGreaterThanOrEqual(3)
})

test('urgency is a word and a shape besides a colour, and as dark in grey as in colour', () => {
  const marks = sections.flat().flatMap((block) => (block.kind === 'concern' ? [block] : []))
  expect(new Set(marks.map(({ urgency }) => urgency)).size).toBe(3)
  for (const { mark, urgency } of marks) {
    const { mark: shape, label } = taxonomy.urgencies[urgency]
    expect(mark).toBe(`${shape}${label}`)
  }
  expect(new Set(Object.values(taxonomy.urgencies).map(({ mark }) => mark)).size).toBe(3)
  expect(new Set(Object.values(taxonomy.urgencies).map(({ label }) => label)).size).toBe(3)
  for (const colour of Object.values(TONES)) expect((1 + 0.05) / (luminance(colour) + 0.05)).toBeGreaterThan(7)
})

test('nothing leaves the page, however long titles and names are', async () => {
  const { Renderer } = await import('@takumi-rs/core')
  const takumi = new Renderer()
  for (const data of loadFont().slices) await takumi.registerFont({ name: 'Noto Sans SC', data })
  const long = '囍'.repeat(20)
  const odd: Section[] = [
    [
      { kind: 'title', text: long, below: long },
      { kind: 'numbers', items: [99999, 8].map((value) => ({ value, label: '记下', isPressing: true })) },
      { kind: 'heading', text: long },
      { kind: 'concern', no: '99999号', mark: '▲较急', urgency: 'yellow', state: long, text: `${long} ${long}` },
      { kind: 'concern', no: '1号', mark: '■一般', urgency: 'blue', state: '', text: 'A'.repeat(60) },
      { kind: 'line', text: '1'.repeat(70), below: [long + long] },
      { kind: 'bars', rows: [long, 'BLOCK'.repeat(9)].map((label) => ({ label, filed: 9999 })) },
      { kind: 'trend', points: [9999, 0, 9999].map((filed) => ({ label: '12月30日那周', filed })) },
    ],
  ]
  const runs: { text: string; from: number; to: number }[] = []
  type Measured = Awaited<ReturnType<typeof takumi.measure>>
  const walk = ({ transform, runs: own, children }: Measured) => {
    for (const { text, x, width } of own) runs.push({ text, from: transform[4] + x, to: transform[4] + x + width })
    for (const child of children) walk(child)
  }
  for (const page of [odd, sections]) walk(await takumi.measure(drawPage(page, '', pen), { width: SIZES.page }))
  expect(runs.length).toBeGreaterThan(60)
  for (const { text, from, to } of runs) {
    expect(from, text).toBeGreaterThanOrEqual(0)
    expect(to, text).toBeLessThanOrEqual(SIZES.page)
  }
  expect((await takumi.measure(drawFoot('第1张,共2张', pen), { width: INNER })).width).toBe(INNER)
})

test('a renderer that fails, hangs or draws too high a page throws, so that the text goes alone', async () => {
  const font = loadFont()
  const broken = async () => ({
    font,
    height: async () => Promise.reject(new Error('broken')),
    png: async () => png(1),
  })
  await expect(drawPictures(sections, { readBy: 'model', open: broken })).rejects.toThrow('broken')
  const hanging = () => new Promise<never>(() => {})
  await expect(drawPictures(sections, { readBy: 'model', open: hanging, patience: 20 })).rejects.toThrow('20 ms')
  const high = async () => ({ font, height: async () => 100, png: async () => png(4001) })
  await expect(drawPictures(sections, { readBy: 'model', open: high })).rejects.toThrow('4001')
})

function png(height: number): Uint8Array {
  const bytes = Buffer.alloc(64)
  bytes.writeUInt32BE(height, 20)
  return bytes
}
