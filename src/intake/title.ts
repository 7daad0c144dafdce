import type { Category } from '../concerns/taxonomy.ts'
import { createMasker } from '../privacy/mask.ts'
import type { Roster } from '../roster/roster.ts'
import type { MessageRow } from './inbox.ts'

const LONGEST = 20
const LEAST = 4

/**
 * A title fit for the ledger: at most 20 characters, without names, placeholders, links, @ or numbers that nobody said.
 * (「〔人1〕家802漏水,见 http://…」 → 「漏水」 is too little left, so the category speaks: 「房屋维修的事」.)
 */
export function soundTitle(
  title: string,
  cited: MessageRow[],
  { category, roster }: { category: Category; roster: Roster },
): string {
  const said = cited.map(({ text }) => text.normalize('NFKC')).join(' ')
  const names = [...roster.members, ...roster.heads, ...roster.gridOfficers].map(({ name }) => name)
  const clean = createMasker({ names, speakers: new Map() })
    .mask(title)
    .replace(/https?:\S+|www\.\S+/giu, '')
    .replace(/〔[^〕]*〕|@\S*|U\d+|⏎/gu, '')
    .replace(/\d+/gu, (digits) => (said.includes(digits) && digits.length < 6 ? digits : ''))
    .replace(/\s+/gu, ' ')
    .replace(/^[\s,,。.、::;;的]+|[\s,,。.、::;;]+$/gu, '')
  return clean.length < LEAST ? `${category.label}的事` : [...clean].slice(0, LONGEST).join('')
}
