import type { Compound } from '../../roster/roster.ts'
import { placeIn } from './places.ts'

/**
 * The parts of a line that speaks of several buildings, one after the other:
 * 「7栋风扇换好了,8栋的缺一个,明天装」 → 7栋风扇换好了 · 8栋的缺一个,明天装.
 * Null for a line about one building or that names several in one breath: 5栋6栋7栋都停水了.
 */
export function clausesIn(text: string, compounds: readonly Compound[]): string[] | null {
  const parts: { text: string; building: string | null; rest: number }[] = []
  for (const piece of text.split(/(?<=[,。!?;⏎\s])/)) {
    const place = placeIn(piece, compounds)
    const last = parts.at(-1)
    if (last && (place?.building == null || place.building === last.building)) {
      last.text += piece
      last.rest += piece.length
      continue
    }
    parts.push({ text: piece, building: place?.building ?? null, rest: piece.length - (place?.words.length ?? 0) })
  }
  const isOneByOne = parts.length > 1 && parts.every(({ building, rest }) => building !== null && rest > 4)
  return isOneByOne ? parts.map((part) => part.text.replace(/[,。!?;⏎\s]+$/, '')) : null
}
