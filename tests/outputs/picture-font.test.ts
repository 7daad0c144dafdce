import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FONT, loadFont } from '../../src/outputs/picture/font.ts'
import { readCodePoints } from '../../src/outputs/picture/font-cmap.ts'
import { typeset } from '../../src/outputs/picture/typeset.ts'

const font = loadFont()
const seed = 75

test.each([
  ['𠮷祥,电梯🏮停了✔', '○祥,电梯·停了·'],
  ['㙍边龘镕堃', '○边龘镕堃'],
  ['[微笑]好', '[微笑]好'],
  ['一家👨‍👩‍👧‍👦三口👍🏽', '一家·三口·'],
  ['🇨🇳国旗', '·国旗'],
  ['1️⃣先修灯', '1先修灯'],
  ['Ⅲ级、10⁷、m²、㎡', 'III级、107、m²、㎡'],
  ['金李', '金李'],
  ['한글 и Ünï', '· и Ünï'],
  ['换\n行\t空\u00a0格\u3000宽', '换 行 空 格\u3000宽'],
  ['藏\u200b着\u202e的\ufeff字', '藏着的字'],
  ['\ud800半个', '·半个'],
  ['挂账到期,该再看了(上周3件):08:05', '挂账到期,该再看了(上周3件):08:05'],
])('%j is drawn as %j', (said, drawn) => {
  const punctuated = drawn
    .replace(/,/gu, '\uff0c')
    .replace(/\(/gu, '\uff08')
    .replace(/\)/gu, '\uff09')
    .replace(/\uff09:/gu, '\uff09\uff1a')
  expect(typeset(said, font)).toBe(punctuated)
})

test(`whatever the chat holds, only what the font can draw is drawn (seed ${seed})`, () => {
  const missing = (text: string) => [...typeset(text, font)].filter((letter) => !font.has(letter.codePointAt(0)!))
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => missing(text).length === 0),
    { seed, numRuns: 2000 },
  )
  const wrong: number[] = []
  for (let point = 0; point <= 0x3ffff; point++) if (missing(String.fromCodePoint(point)).length > 0) wrong.push(point)
  expect(wrong).toEqual([])
}, 30_000)

test('every hanzi and mark of our own words is in the font', () => {
  const source = resolve(import.meta.dirname, '../../src')
  const roster = resolve(import.meta.dirname, '../../db/roster')
  const files = [
    ...readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.startsWith('digest/') || file.startsWith('outputs/picture/'))
      .filter((file) => file.endsWith('.ts') && !file.endsWith('typeset.ts'))
      .map((file) => join(source, file)),
    ...readdirSync(roster).map((file) => join(roster, file)),
    resolve(import.meta.dirname, '../../prompts/taxonomy.yaml'),
  ]
  for (const file of files) {
    const odd = [...readFileSync(file, 'utf8')].filter((letter) => letter > '~' && !font.has(letter.codePointAt(0)!))
    expect(odd, file).toEqual([])
  }
})

test('what the font says it holds it draws, what it does not say is a box', async () => {
  const { Renderer } = await import('@takumi-rs/core')
  const takumi = new Renderer()
  for (const data of font.slices) await takumi.registerFont({ name: FONT, data })
  const pixels = async (text: string) => {
    const style = { fontSize: 48, fontFamily: FONT, color: '#000000' }
    const drawn = await takumi.render({ type: 'text', text, style }, { width: 80, height: 80, format: 'raw' })
    return Buffer.from(drawn).toString('base64')
  }
  const box = await pixels('\u{10fffd}')
  for (const letter of '✔❤한𠮷㙍🏮Ⅲ') {
    expect(font.has(letter.codePointAt(0)!), letter).toBe(false)
    expect(await pixels(letter), letter).toBe(box)
  }
  for (const slice of font.slices) {
    const letters = [...readCodePoints(slice)]
      .filter((point) => point > 0x20)
      .map((point) => String.fromCodePoint(point))
    for (const letter of [letters[0]!, letters.at(-1)!]) expect(await pixels(letter), letter).not.toBe(box)
  }
})

test('the heavy library stands in one place and is loaded when used', () => {
  const source = resolve(import.meta.dirname, '../../src')
  const users = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(join(source, file), 'utf8').match(/^.*['"]@takumi-rs.*$/gmu) ?? [])
  expect(users).toHaveLength(1)
  expect(users[0]).toContain('await import(')
})
