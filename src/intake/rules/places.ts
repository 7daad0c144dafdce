import { digitsFor, NUMERAL_CHARS } from '../../roster/numerals.ts'
import type { Compound } from '../../roster/roster.ts'
import type { SaidPlaceKind } from '../reader.ts'
import { heardRight } from './homophones.ts'

/** The place words of a line, and what they say as far as the words alone go. */
export type SaidPlace = {
  kind: SaidPlaceKind
  /** As written in the line. */
  words: string
  /** The official name of the compound named, if one is. */
  compound: string | null
  /** 1 for 一期. */
  phase: string | null
  /** 12, A3: what tells a building from the others of its compound. */
  building: string | null
  unit: string | null
  /** 我们栋, 我家: the speaker's own home. */
  isOwn: boolean
}

const N = `[${NUMERAL_CHARS}]`
const BUILDING = `(?:[A-Za-z]区?-?${N}{1,3}|${N}{1,3})(?:栋|幢|号楼|#楼?|号院)`
const BARE_BUILDING = `(?<![A-Za-z])[A-Da-d]\\d{1,2}(?!\\d)`
const SEVERAL = `${N}{1,3}(?:栋|号楼)?[到至和跟与、-]${N}{1,3}(?:栋|号楼)`
const PHASE = `[一二三四1-4]期`
const ZONE = `[A-Da-d]区`
const UNIT = `[一二三四五六1-6]单元`
const OWN = '我们(?:这)?(?:栋|幢|楼|单元|家(?!属院)|屋头|屋里|这栋|这单元)|我家|我屋头|我楼[上下]|本栋|本单元'
const SPOT =
  '大门口?|[东南西北后前侧]门口?|小广场|广场|地下车库|车库|停车场|凉亭|院坝|草坪|花园|健身(?:区|角|器材)|垃圾[房站]|后[街山坡院]|中庭|水池|消防通道|活动室|业主群'
const ELSEWHERE =
  '菜市场|农贸市场|菜场|公交站|河边(?:步道)?|步道|学校门口|小学门口|幼儿园门口|医院门口|老街|大桥|桥头|马路边|十字路口|社区大厅|卫生院'

/**
 * Finds the place a line names, in the words of the line.
 * 兰乔一期5栋二单元 → that, building · 碧阳那个凉亭 → that, compound · 我们栋 → that, building, isOwn · 菜市场 → elsewhere.
 * 302 and 八楼 alone are no place; 16至21栋 is several buildings, hence compound.
 */
export function placeIn(text: string, compounds: readonly Compound[]): SaidPlace | null {
  const names = compounds.flatMap(({ name, aliases }) => [name, ...aliases]).sort((a, b) => b.length - a.length)
  const named = names.length > 0 ? names.map(escaped).join('|') : '(?!)'
  const plain = heardRight(text)
  const token = new RegExp(
    `(?:${[named, `[\\u4e00-\\u9fa5]{2,4}小区`, SEVERAL, BUILDING, BARE_BUILDING, PHASE, `(?<=一)起(?=[八五六七九二三四十])`, ZONE, UNIT, OWN, SPOT, ELSEWHERE].join('|')})`,
    'g',
  )
  const found = [...plain.matchAll(token)].filter(({ 0: word, index }) => !isAside(plain, word, index))
  const run = firstRun(plain, found)
  if (!run) return null
  const words = text.slice(run.start, run.end)
  const said = plain.slice(run.start, run.end)
  const isElsewhere = new RegExp(ELSEWHERE).test(said)
  const several = new RegExp(SEVERAL).test(said)
  const building = several ? null : (said.match(new RegExp(`${BUILDING}|${BARE_BUILDING}`))?.[0] ?? null)
  const isOwn = new RegExp(OWN).test(said)
  const name = names.find((one) => said.includes(one))
  const isBuilding = !several && (building !== null || isOwn || /单元/.test(said))
  return {
    kind: isBuilding ? 'building' : isElsewhere ? 'elsewhere' : 'compound',
    words,
    compound: compounds.find((one) => name !== undefined && [one.name, ...one.aliases].includes(name))?.name ?? null,
    phase: said.match(/[一二三四1-4](?=期)/)?.[0].replace(/./, digitsFor) ?? null,
    building:
      building &&
      digitsFor(building)
        .toUpperCase()
        .replace(/栋|幢|号楼|#楼?|号院|区|-/g, ''),
    unit: said.match(new RegExp(UNIT))?.[0].replace(/./, digitsFor) ?? null,
    isOwn,
  }
}

/** Whether two places can be one: 5栋 and 一期5栋 can, 5栋 and 6栋 cannot, 碧阳 and 兰乔 cannot, 我们栋 and anything can. */
export function canBeSame(a: SaidPlace | null, b: SaidPlace | null): boolean {
  if (!a || !b) return true
  const differ = (x: string | null, y: string | null) => x !== null && y !== null && x !== y
  if ([a, b].filter(({ kind }) => kind === 'elsewhere').length === 1) return false
  return !differ(a.building, b.building) && !differ(a.compound, b.compound) && !differ(a.phase, b.phase)
}

/** Whether two places plainly name one building or one compound: 5栋 and 二单元5栋 do; 我们栋 alone does not. */
export function isSamePlace(a: SaidPlace | null, b: SaidPlace | null): boolean {
  if (!a || !b || !canBeSame(a, b)) return false
  return a.building !== null || b.building !== null
    ? a.building === b.building
    : a.compound !== null && a.compound === b.compound
}

/** Words that only look like a place: 我家孙子, 三单元 inside a bigger number, 小区 of a person's story. */
function isAside(text: string, word: string, index: number): boolean {
  const after = text.slice(index + word.length)
  if (/^(?:我家|我们家|我屋头)$/.test(word)) return /^(?:孙|外孙|那位|那个人|娃|姑娘|儿子|老伴|老公|老婆)/.test(after)
  return /小区$/.test(word) && /^(?:那个|这个|我们|他们|她们|的)/.test(word)
}

/** The first words of place and those that follow closely: 碧阳|那个|凉亭, 我们家属院|十四号楼. */
function firstRun(text: string, found: RegExpMatchArray[]): { start: number; end: number } | null {
  const [first, ...more] = found
  if (!first) return null
  const run = { start: first.index!, end: first.index! + first[0].length }
  for (const next of more) {
    const gap = text.slice(run.end, next.index!)
    if (gap.length > 4 || /[,。!?;⏎]/.test(gap)) break
    run.end = next.index! + next[0].length
  }
  return run
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
