import { urgencyMark } from '../../concerns/taxonomy.ts'
import type { Words } from '../../digest/lines.ts'
import type { SummaryItem } from '../../digest/summary.ts'
import type { ConcernBlock } from './blocks.ts'

/** A concern as it stands on a picture; `state` says how it is with it. */
export function concernBlock(item: SummaryItem, words: Words, state: string): ConcernBlock {
  return {
    kind: 'concern',
    no: `${item.no}号`,
    mark: urgencyMark(words.taxonomy, item.urgency),
    urgency: item.urgency,
    state,
    text: [words.placeName(item.place), item.title].filter((part) => part !== '').join(' '),
  }
}
