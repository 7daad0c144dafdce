import type { TrendPoint } from './blocks.ts'
import { COLOURS } from './colours.ts'
import { type Drawn, INNER, type Pen, SIZES } from './pen.ts'

const HEIGHT = 300
/** Room beside the first and last point for their numbers, and above the highest. */
const SIDE = 90
const ABOVE = 100
const DOT = 11

/** The weeks as a line; the first and the last carry their number and their name. */
export function drawTrend(points: readonly TrendPoint[], { text, box }: Pen): Drawn {
  const most = Math.max(1, ...points.map(({ filed }) => filed))
  const at = points.map(({ filed }, index) => ({
    x: SIDE + Math.round(((INNER - 2 * SIDE) * index) / (points.length - 1)),
    y: ABOVE + Math.round((HEIGHT - ABOVE - 2 * DOT) * (1 - filed / most)),
  }))
  const ends = [0, points.length - 1]
  const number = (index: number) =>
    box({ position: 'absolute', left: at[index]!.x - SIDE, top: at[index]!.y - ABOVE, width: 2 * SIDE }, [
      text(String(points[index]!.filed), SIZES.heading, { width: 2 * SIDE, fontWeight: 700, textAlign: 'center' }),
    ])
  return box({ flexDirection: 'column', gap: 8 }, [
    box({ position: 'relative', width: INNER, height: HEIGHT }, [
      { type: 'image', src: lineSvg(at), width: INNER, height: HEIGHT },
      ...ends.map(number),
    ]),
    box(
      { width: INNER, justifyContent: 'space-between' },
      ends.map((index) => text(points[index]!.label, SIZES.body, { color: COLOURS.soft })),
    ),
  ])
}

function lineSvg(at: readonly { x: number; y: number }[]): string {
  const path = at.map(({ x, y }) => `${x},${y}`).join(' ')
  const dots = at.map(({ x, y }) => `<circle cx="${x}" cy="${y}" r="${DOT}" fill="${COLOURS.bar}"/>`).join('')
  const ground = `<line x1="0" y1="${HEIGHT - 2}" x2="${INNER}" y2="${HEIGHT - 2}" stroke="${COLOURS.rule}" stroke-width="4"/>`
  const line = `<polyline points="${path}" fill="none" stroke="${COLOURS.bar}" stroke-width="8" stroke-linejoin="round"/>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${INNER}" height="${HEIGHT}" viewBox="0 0 ${INNER} ${HEIGHT}">${ground}${line}${dots}</svg>`
}
