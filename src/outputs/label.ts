import { closingLine, type ReadBy } from '../digest/lines.ts'

/** Who made a file, as the file itself says it. */
export const MAKER = '居民诉求小助手'

/** What a file says of its origin, besides its last line; only what a model found was made by AI. */
export function labelsOf(readBy: ReadBy): { Software: string; Comment: string; AIGC?: string } {
  const aigc = { AIGC: JSON.stringify({ Label: '1', ContentProducer: MAKER }) }
  return { Software: MAKER, Comment: closingLine(readBy), ...(readBy === 'model' ? aigc : {}) }
}
