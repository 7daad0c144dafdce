import { endsWithWe, isOnlyHome, namesHome, speaksOfHome } from './home.ts'
import type { Mention } from './mentions.ts'
import type { Building } from './roster.ts'
import { isAnswer, itemOf, saysToo } from './said-line.ts'
import type { Span } from './spans.ts'
import type { Talk } from './talk.ts'
import { unitsIn } from './units.ts'

/**
 * The unit (单元) said of a building: right behind it, in the words, or as the only one in an item that names no other
 * building; at home also in a line of the talk such as 「我们栋二单元…」. Two units said are none.
 */
export function unitAt(talk: Talk, building: Building, span: Span, mention: Mention | null): number | null {
  const { line } = talk
  if (mention && mention.unit !== null) return mention.unit
  const inWords = unitsIn(line.text.slice(span.start, span.end))
  if (inWords.length > 0) return only(inWords)
  const item = itemOf(line, span)
  const hasOther = line.mentions.some(
    ({ kind, start, candidates }) =>
      kind === 'building' && start >= item.start && start < item.end && !candidates.includes(building),
  )
  if (hasOther) return null
  const inItem = unitsIn(line.text.slice(item.start, Math.max(item.end, span.end)))
  return inItem.length > 0 ? only(inItem) : unitToldAtHome(talk, building, mention)
}

/** The answer 「10栋噻」 leaves the unit to the line before it, or 「10栋2单元」 tells it; 「我们栋也是」 is another building's affair. */
function unitToldAtHome(talk: Talk, building: Building, mention: Mention | null): number | null {
  const { line, homes, conversation } = talk
  if ((homes.length > 0 && !homes.includes(building)) || saysToo(line)) return null
  const answered = conversation.filter(isAnswer).flatMap(({ mentions }) => mentions)
  const told = conversation.filter(({ text, mentions }) => mentions.length === 0 && namesHome(text))
  const isOwn = mention
    ? isAnswer(line) || endsWithWe(line.text.slice(0, mention.start)) || namesHome(line.text)
    : speaksOfHome(line.text) || told.some(({ text }) => isOnlyHome(text))
  if (!isOwn) return null
  const units = [
    ...told.flatMap(({ text }) => unitsIn(text)),
    ...answered.flatMap(({ unit, candidates }) => (unit !== null && candidates.includes(building) ? [unit] : [])),
  ]
  return only([...new Set(units)])
}

function only<T>(values: readonly T[]): T | null {
  return values.length === 1 ? values[0]! : null
}
