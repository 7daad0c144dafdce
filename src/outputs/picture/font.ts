import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { readCodePoints } from './font-cmap.ts'

/** The name under which all slices of the font are known to the renderer. */
export const FONT = 'Noto Sans SC'

/** The font of the pictures, as its 101 slices, and what they can draw. */
export type Font = { slices: Buffer[]; has(codePoint: number): boolean }

let loaded: Font | null = null

/** Reads the font once a process: 5 MB, about 0.15 s. */
export function loadFont(): Font {
  loaded ??= readFont()
  return loaded
}

function readFont(): Font {
  const inside = createRequire(import.meta.url)
  const folder = join(dirname(inside.resolve('@fontsource-variable/noto-sans-sc/package.json')), 'files')
  const slices = readdirSync(folder)
    .filter((name) => name.endsWith('-wght-normal.woff2'))
    .sort()
    .map((name) => readFileSync(join(folder, name)))
  const points = new Set<number>()
  for (const slice of slices) for (const point of readCodePoints(slice)) points.add(point)
  return { slices, has: (codePoint) => points.has(codePoint) }
}
