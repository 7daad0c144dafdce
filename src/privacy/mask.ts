import { cleanText } from './clean.ts'
import { findDoors } from './doors.ts'
import {
  findLongNumbers,
  findMobiles,
  findScatteredLongNumbers,
  findScatteredMobiles,
  findSpokenNumbers,
} from './long-numbers.ts'
import { mentionsFinder } from './mentions.ts'
import { findAddressed, fullNameOf, namesFinder } from './names.ts'
import { findAccounts, findEmails, findPlates } from './plates-and-accounts.ts'
import { findDigitRuns, findLandlines } from './short-numbers.ts'
import type { Finder, Kind } from './span.ts'

/** Hides what must not leave the house, and puts it back. One for each question: the same value, the same placeholder. */
export type Masker = {
  /** The cleaned text with placeholders: 〔电话1〕, 〔门牌2〕, 〔人1〕; an @ of a speaker as @U3. */
  mask(text: string): string
  /** Puts the values back; placeholders nobody gave out stay as they are. `restore(mask(x))` is `cleanText(x)`. */
  restore(text: string): string
}

const BY_SHAPE: readonly Finder[] = [
  findPlates,
  findAccounts,
  findLongNumbers,
  findMobiles,
  findSpokenNumbers,
  findDoors,
  findScatteredMobiles,
  findScatteredLongNumbers,
  findLandlines,
  findDigitRuns,
]
const PLACEHOLDER = /〔[^〔〕]+〕/gu
const LABEL = /@(U\d+)(?!\d)/gu

/**
 * A masker for the people of one question.
 * @param names full names that are hidden wherever they stand
 * @param speakers shown name → label (U3): shown names are hidden after an @ only, since 平安是福 is also a wish
 */
export function createMasker({
  names,
  speakers,
}: {
  names: readonly string[]
  speakers: ReadonlyMap<string, string>
}): Masker {
  const values = new Map<string, string>()
  const placeholders = new Map<string, string>()
  const counts = new Map<Kind, number>()
  const labels = new Map([...speakers].map(([shown, label]) => [cleanText(shown), label]))
  const shownNames = new Map([...labels].reverse().map(([shown, label]) => [label, shown]))
  const fullNames = [...names.map(cleanText), ...[...labels.keys()].flatMap((shown) => fullNameOf(shown) ?? [])]
  const findMentions = mentionsFinder([...labels.keys()])
  const finders = [...BY_SHAPE, namesFinder(fullNames), findAddressed]

  function placeholderOf(kind: Kind, value: string): string {
    const known = placeholders.get(kind + value)
    if (known) return known
    const number = (counts.get(kind) ?? 0) + 1
    const placeholder = `〔${kind}${number}〕`
    counts.set(kind, number)
    values.set(placeholder, value)
    placeholders.set(kind + value, placeholder)
    return placeholder
  }

  /** The speaker's label, unless it would not lead back to this name or would run into a figure behind it. */
  function labelOf(shown: string, behind: string): string {
    const label = labels.get(shown)
    const isSafe = label && shownNames.get(label) === shown && !/^\d/u.test(behind)
    return isSafe ? label : placeholderOf('人', shown)
  }

  return {
    mask(text) {
      const mailless = hide(cleanText(text), findEmails, placeholderOf)
      const unnamed = hide(mailless, findMentions, (_, shown, behind) => labelOf(shown, behind))
      return finders.reduce((masked, finder) => hide(masked, finder, placeholderOf), unnamed)
    },
    restore(text) {
      return text
        .replace(LABEL, (mention, label) => (shownNames.has(label) ? `@${shownNames.get(label)}` : mention))
        .replace(PLACEHOLDER, (placeholder) => values.get(placeholder) ?? placeholder)
    },
  }
}

function hide(text: string, finder: Finder, stand: (kind: Kind, value: string, behind: string) => string): string {
  let hidden = ''
  let from = 0
  for (const { start, end, kind } of finder(text)) {
    hidden += text.slice(from, start) + stand(kind, text.slice(start, end), text.slice(end))
    from = end
  }
  return hidden + text.slice(from)
}
