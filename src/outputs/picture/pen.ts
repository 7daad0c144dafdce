import { COLOURS } from './colours.ts'
import { FONT, type Font } from './font.ts'
import { typeset } from './typeset.ts'

/** Sizes in pixels on a page 1,080 wide: for eyes of 75 on a phone, where 1,080 pixels are as wide as the hand. */
export const SIZES = {
  page: 1080,
  margin: 60,
  gap: 64,
  blockGap: 36,
  body: 52,
  concern: 56,
  heading: 70,
  title: 92,
  number: 150,
  lineHeight: 1.4,
} as const

/** How wide the content of a page is. */
export const INNER = SIZES.page - 2 * SIZES.margin

/** A node of the renderer: boxes, texts and drawings with CSS-like styles. */
export type Drawn =
  | { type: 'container'; style: Style; children: Drawn[] }
  | { type: 'text'; text: string; style: Style }
  | { type: 'image'; src: string; width: number; height: number }

export type Style = Record<string, string | number>

/** Turns words into boxes and texts, with what the font can draw. */
export type Pen = {
  text(words: string, size: number, style?: Style): Drawn
  box(style: Style, children: Drawn[]): Drawn
}

/** The pen for a font. */
export function penFor(font: Font): Pen {
  return {
    text: (words, fontSize, style = {}) => ({
      type: 'text',
      text: typeset(words, font),
      style: { ...TEXT, fontSize, ...style },
    }),
    box: (style, children) => ({ type: 'container', style: { display: 'flex', ...style }, children }),
  }
}

const TEXT = {
  fontFamily: FONT,
  lineHeight: SIZES.lineHeight,
  color: COLOURS.ink,
  fontWeight: 400,
  wordBreak: 'keep-all',
  overflowWrap: 'anywhere',
} as const
