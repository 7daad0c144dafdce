import { createMasker } from './mask.ts'

const NUMBERED = /〔(\p{Script=Han}+)\d+〕/gu

/**
 * What people typed, fit for a file that is handed round: phones, ID and card numbers, plates, doors and neighbours
 * called by surname are only named by their kind. 「13800001234说好了」 → 「〔电话〕说好了」; 「6月10日 12栋」 stays.
 */
export function forPrint(text: string): string {
  return createMasker({ names: [], speakers: new Map() }).mask(text).replace(NUMBERED, '〔$1〕')
}
