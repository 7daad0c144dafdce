import { createMasker } from './mask.ts'
import { findHouseholds, fullNameOf } from './names.ts'

const STANDS_FOR: Record<string, string> = { 人: '某某', 门牌: '某户' }

/** 「张桂芳家302」: by then the name is hidden, and the door is told by it. */
const DOOR_OF_SOMEBODY =
  /(?<=〔人\d*〕(?:家|屋头|住)?)(?:[1-9]|[12]\d|3[0-6])(?:0[1-9]|[12]\d)(?!\d|[元块年月个件次])/gu

/**
 * A typed text as it may stand before the members' room: phones and other numbers of people, door numbers and names
 * of people are left out, buildings and hotlines stay.
 * @param names full names of the roster; `shown` are names that a chat shows, hidden when they are full names
 * @example '给张桂芳家(12栋302)换了阀,电话13800000000' → '给某某家(12栋某户)换了阀,电话(号码不写)'
 */
export function hidePersonal(
  text: string,
  { names, shown = [] }: { names: readonly string[]; shown?: readonly string[] },
): string {
  const fullNames = [...names, ...shown.flatMap((name) => fullNameOf(name) ?? [])]
  const masked = createMasker({ names: fullNames, speakers: new Map() }).mask(text)
  const unnamed = findHouseholds(masked).reduceRight(
    (left, { start, end }) => `${left.slice(0, start)}〔人〕${left.slice(end)}`,
    masked,
  )
  return unnamed
    .replace(DOOR_OF_SOMEBODY, '〔门牌〕')
    .replace(/〔([^〔〕\d]+)\d*〕(?:号?[室房户])?/gu, (whole, kind: string) => {
      const behind = kind === '门牌' ? '' : whole.slice(whole.indexOf('〕') + 1)
      return `${STANDS_FOR[kind] ?? '(号码不写)'}${behind}`
    })
    .replace(/⏎/gu, ' ')
}
