/** What a placeholder stands for. */
export type Kind = '电话' | '证件' | '银行卡' | '车牌' | '邮箱' | '账号' | '门牌' | '人'

/** A stretch of text to be hidden, as string indices. */
export type Span = { start: number; end: number; kind: Kind }

/** Finds what must not leave the house in a cleaned text: in order, without overlaps. */
export type Finder = (text: string) => Span[]

/** A finder for each match of the patterns (flags `dgu`), of its group `it` if it has one; earlier patterns go first. */
export function finderOf(kind: Kind, ...patterns: RegExp[]): Finder {
  return (text) => withoutOverlaps(patterns.flatMap((pattern) => matches(text, pattern, kind)))
}

/** Those spans that do not run into an earlier one of the list, in the order of the text. */
export function withoutOverlaps(spans: readonly Span[]): Span[] {
  const kept: Span[] = []
  for (const span of spans) {
    if (kept.every((other) => span.end <= other.start || other.end <= span.start)) kept.push(span)
  }
  return kept.sort((a, b) => a.start - b.start)
}

function matches(text: string, pattern: RegExp, kind: Kind): Span[] {
  return [...text.matchAll(pattern)].map((match) => {
    const [start, end] = match.indices?.groups?.it ?? [match.index, match.index + match[0].length]
    return { start, end, kind }
  })
}
