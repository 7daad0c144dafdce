import type { ReadBy, Words } from '../digest/lines.ts'
import type { Place } from '../roster/place.ts'
import { placeName } from '../roster/place-name.ts'
import type { Asked } from './command.ts'

/** The words a digest needs from roster and taxonomy. */
export function digestWords({ roster, taxonomy }: Pick<Asked, 'roster' | 'taxonomy'>): Words {
  const isKnown = ({ kind, compound }: Place) => kind !== 'none' && (kind !== 'ambiguous' || compound !== null)
  return { placeName: (place: Place) => (isKnown(place) ? placeName(roster, place) : ''), taxonomy }
}

/** Whether a model or the keyword rules found the concerns: the last line of every digest says so. */
export function readByOf(readerName: string): ReadBy {
  return readerName === 'rules' ? 'rules' : 'model'
}
