import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { digestWords } from '../../src/commands/digest-words.ts'
import { collectFigures } from '../../src/digest/collect.ts'
import { collectCounts } from '../../src/digest/counts.ts'
import { weekBefore, weekOf } from '../../src/digest/period.ts'
import { collectWeeks } from '../../src/digest/weeks.ts'
import { digestSections, textsOf } from '../../src/outputs/picture/blocks.ts'
import { COLOURS, contrast, luminance, TEXT_PAIRS } from '../../src/outputs/picture/colours.ts'
import { SIZES } from '../../src/outputs/picture/draw.ts'
import { drawable, isCovered } from '../../src/outputs/picture/glyphs.ts'
import { renderPages } from '../../src/outputs/picture/picture.ts'
import { pngSize } from '../../src/outputs/picture/png-label.ts'
import { openTown, ScriptedReader, type Town } from '../town.ts'

async function busyWeek(filesDir: string | null = null): Promise<Town> {
  const reader = new ScriptedReader()
    .finds(/电梯/, {
      title: '电梯停运𠮷🏮',
      category: 'elevator',
      urgency: 'yellow',
      placeKind: 'building',
      placeWords: '我们栋',
    })
    .finds(/着火/, {
      title: '厨房着火',
      category: 'power_gas_heat',
      urgency: 'red',
      placeKind: 'building',
      placeWords: '兰乔一期2栋',
    })
  const town = await openTown({ at: '2026-05-18T09:05', reader, filesDir })
  for (let day = 0; day < 4; day++) {
    await town.say('平安是福', '我们栋电梯停了')
    await town.pass(60)
  }
  await town.say('袁志明', '兰乔一期2栋 着火了')
  await town.pass(30)
  await town.order('黎翠萍', '办结 1号 修好了')
  return town
}

async function sectionsOf(town: Town) {
  const week = weekOf(town.clock.now())
  const figures = await collectFigures(town.db, week, town.clock.now())
  const previous = await collectCounts(town.db, weekBefore(week.from))
  const weeks = await collectWeeks(town.db, week)
  return { figures, sections: digestSections(figures, previous, weeks, { words: digestWords(town), readBy: 'model' }) }
}

test('pages are PNGs, 1,080 wide and at most 4,000 high, labelled as made by a machine, drawn in time', async () => {
  await using town = await busyWeek()
  const { sections } = await sectionsOf(town)
  const started = performance.now()
  const pages = await renderPages(sections, { madeBy: '以上由AI整理,请核对' })
  console.log(`picture: ${pages.length} pages in ${Math.round(performance.now() - started)} ms, the font loaded first`)
  for (const png of pages) {
    expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG')
    expect(pngSize(png).width).toBe(1080)
    expect(pngSize(png).height).toBeLessThanOrEqual(4000)
    expect(Buffer.from(png).includes(Buffer.from('以上由AI整理'))).toBe(true)
    expect(Buffer.from(png).includes('AIGC')).toBe(true)
  }
})

test('the numbers on the picture are those of the figures', async () => {
  await using town = await busyWeek()
  const { figures, sections } = await sectionsOf(town)
  const texts = textsOf(sections)
  expect(texts.slice(0, 10)).toEqual([
    '一周民情汇总',
    '5月18日—5月24日',
    String(figures.filed),
    '记下(上周0)',
    String(figures.settled),
    '办结(上周0)',
    String(figures.red),
    '紧急',
    '4',
    '正在办',
  ])
  for (const { number, filed } of figures.byPartyGroup) if (number !== null) expect(texts).toContain(String(filed))
  expect(texts).toContain('以上由AI整理,请核对。查哪一件,回“查 12号”。')
})

test('letters are large enough for eyes of 75', () => {
  expect(SIZES.body).toBeGreaterThanOrEqual(48)
  expect(SIZES.closing).toBeGreaterThanOrEqual(48)
  expect(SIZES.heading).toBeGreaterThanOrEqual(66)
  expect(SIZES.number).toBeGreaterThanOrEqual(120)
  expect(SIZES.line).toBeGreaterThanOrEqual(1.3)
})

test('every text stands out from its paper by 4.5 to 1, and urgency is never colour alone', async () => {
  for (const [text, paper] of TEXT_PAIRS)
    expect(contrast(COLOURS[text], COLOURS[paper]), text).toBeGreaterThanOrEqual(4.5)
  for (const tone of ['red', 'yellow', 'blue'] as const) expect(luminance(COLOURS[tone])).toBeLessThan(0.18)
  await using town = await busyWeek()
  const marks = (await sectionsOf(town)).sections
    .flat()
    .flatMap((block) => (block.kind === 'concern' ? [block.mark] : []))
  for (const mark of marks) expect(mark).toMatch(/^(?:●紧急|▲较急|■一般)$/u)
})

test('whatever the chat can hold is drawn or becomes a neutral dot, never a box', () => {
  expect(drawable('电梯🏮停了[微笑]')).toBe('电梯·停了[微笑]')
  expect(drawable('𠮷家㙍边龘')).toBe('·家·边龘')
  for (const character of '●▲■【】,。“”—·①②,%()?!') expect(isCovered(character.codePointAt(0)!), character).toBe(true)
})

test('a renderer that fails or hangs throws, so that the text goes alone', async () => {
  const failing = async () => ({
    measure: async () => Promise.reject(new Error('broken')),
    render: async () => new Uint8Array(),
  })
  await expect(renderPages([[{ kind: 'line', text: '一行' }]], { madeBy: '', renderer: failing })).rejects.toThrow(
    'broken',
  )
})

test('the Monday digest is sent as text and as picture, once; 汇总 图 draws the week so far', async () => {
  const filesDir = mkdtempSync(join(tmpdir(), 'pictures-'))
  try {
    await using town = await busyWeek(filesDir)
    town.heard('committee')
    await town.order('黎翠萍', '汇总 图')
    expect(town.heard('committee')[0]).toBe('[文件] digest-2026-05-18-1.png')
    await town.pass((new Date('2026-05-25T09:00:00+08:00').getTime() - town.clock.now().getTime()) / 60_000)
    const said = town.heard('committee')
    expect(said.filter((text) => text.startsWith('一周民情汇总'))).toHaveLength(1)
    expect(said.filter((text) => text.startsWith('[文件]')).length).toBeGreaterThanOrEqual(1)
    for (const file of readdirSync(filesDir)) expect(pngSize(readFileSync(join(filesDir, file))).width).toBe(1080)
  } finally {
    rmSync(filesDir, { recursive: true, force: true })
  }
})
