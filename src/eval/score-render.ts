import type { ChatScore } from './score.ts'

/** Shares from 0 to 1, null where there was nothing to measure. */
export type Rates = {
  precision: number | null
  recall: number | null
  f1: number | null
  redRecall: number | null
  building: number | null
  partyGroup: number | null
  category: number | null
  categoryMacroF1: number | null
  nature: number | null
  urgency: number | null
  followUps: number | null
  settled: number | null
  /** Filed without a match, per 1,000 messages. */
  falsePerThousand: number | null
}

/** The rates that the counts of a chat, or of all together, come to. */
export function ratesOf(score: ChatScore): Rates {
  const { matched, filed, gold } = score
  return {
    precision: share(matched, filed),
    recall: share(matched, gold),
    f1: share(2 * matched, filed + gold),
    redRecall: share(score.redFound, score.red),
    building: share(score.rightBuilding, matched),
    partyGroup: share(score.rightPartyGroup, matched),
    category: share(score.rightCategory, matched),
    categoryMacroF1: macroF1(score.categories),
    nature: share(score.rightNature, matched),
    urgency: share(score.rightUrgency, matched),
    followUps: share(score.followUpsAttached, score.followUps),
    settled: share(score.settledSeen, score.settled),
    falsePerThousand: score.messages === 0 ? null : ((filed - matched) / score.messages) * 1000,
  }
}

const ROWS: [string, (score: ChatScore, rates: Rates) => string][] = [
  ['messages', ({ messages }) => String(messages)],
  ['filed / gold / matched', ({ filed, gold, matched }) => `${filed} / ${gold} / ${matched}`],
  ['precision', (_, { precision }) => decimal(precision)],
  ['recall', (_, { recall }) => decimal(recall)],
  ['F1', (_, { f1 }) => decimal(f1)],
  ['red recall', ({ redFound, red }, { redRecall }) => `${decimal(redRecall)} (${redFound}/${red})`],
  ['right building', (_, { building }) => decimal(building)],
  ['right party group', (_, { partyGroup }) => decimal(partyGroup)],
  ['category', (_, { category }) => decimal(category)],
  ['category macro-F1', (_, { categoryMacroF1 }) => decimal(categoryMacroF1)],
  ['nature', (_, { nature }) => decimal(nature)],
  ['urgency', (_, { urgency }) => decimal(urgency)],
  [
    'follow-ups attached',
    ({ followUpsAttached, followUps }, rates) => `${decimal(rates.followUps)} (${followUpsAttached}/${followUps})`,
  ],
  ['settled seen', ({ settledSeen, settled }, rates) => `${decimal(rates.settled)} (${settledSeen}/${settled})`],
  ['duplicates', ({ duplicates }) => String(duplicates)],
  ['wrong merges', ({ wrongMerges }) => String(wrongMerges)],
  ['traps filed', ({ trapsFiled }) => String(trapsFiled)],
  ['injections heeded', ({ injectionsHeeded }) => String(injectionsHeeded)],
  [
    'false per 1,000 messages',
    (_, { falsePerThousand }) => (falsePerThousand === null ? '–' : falsePerThousand.toFixed(1)),
  ],
]

/** A table of the measures, one column a chat or a total, for a terminal and as Markdown; – where nothing was measured. */
export function renderScores(columns: readonly { name: string; score: ChatScore }[]): string {
  const cells = [
    ['', ...columns.map(({ name }) => name)],
    ...ROWS.map(([label, cell]) => [label, ...columns.map(({ score }) => cell(score, ratesOf(score)))]),
  ]
  const widths = cells[0]!.map((_, column) => Math.max(3, ...cells.map((row) => width(row[column]!))))
  const lines = cells.map(
    (row) => `| ${row.map((cell, column) => padded(cell, widths[column]!, column > 0)).join(' | ')} |`,
  )
  const rule = `| ${widths.map((size, column) => (column > 0 ? `${'-'.repeat(size - 1)}:` : '-'.repeat(size))).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}

function macroF1(categories: ChatScore['categories']): number | null {
  const each = Object.values(categories).map(({ filed, gold, both }) => (2 * both) / (filed + gold))
  return each.length === 0 ? null : each.reduce((sum, value) => sum + value, 0) / each.length
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function decimal(value: number | null): string {
  return value === null ? '–' : value.toFixed(2)
}

function padded(cell: string, size: number, toRight: boolean): string {
  const gap = ' '.repeat(Math.max(0, size - width(cell)))
  return toRight ? gap + cell : cell + gap
}

/** Columns a text takes in a terminal; Chinese characters take two. */
function width(text: string): number {
  return Array.from(text).reduce((sum, char) => sum + (/[\u2E80-\uFFEF]/.test(char) ? 2 : 1), 0)
}
