import { ADDRESSED_PERSON } from './names.ts'
import { type Finder, type Span, withoutOverlaps } from './span.ts'

const DASH = '[\\-\u2010-\u2015]'
/** Storey 1–36 and flat 01–29, written in digits. */
const FLAT = '(?<![\\d.])(?:[1-9]|[12]\\d|3[0-6])(?:0[1-9]|[12]\\d)[A-Da-d]?(?![\\d]|\\.\\d)'
const SPOKEN_FLAT = '(?:[一二]千)?[一二两三四五六七八九]百零[一二三四五六七八九]'
const YEAR = '(?!(?:19[4-9]|20[1-4])\\d(?!室|房|号))'
const HOTLINE = '(?!(?:110|112|114|119|120|122)(?!\\d|室|房|号|的|家))'
const IS_AMOUNT =
  '(?!\\s?(?:年|月|元|块|毛|角|公?斤|度|平(?![时常])|㎡|m|米|公里|厘米|分|秒|人|户|名|个|次|天(?!天)|路(?!口)|线|号楼|栋|幢|座|洞|单元|层|楼(?![上下道顶])|期|步|岁|多(?![次年])|余|左右|床|兆|%|万|千|百))'
const NUMBER = `${HOTLINE}${YEAR}${FLAT}`

const BUILDING = '栋|幢|座|单元|洞|楼|层|#'
const WHERE = `楼上|楼下|楼顶|楼道|隔壁|对门|对面|对户|邻居|[我你他她]们?家|[我你他她]屋头|住在?|${BUILDING}`
const DOOR_WORD = '房号|门牌号?码?|房间号?|室号|门号'
const BETWEEN = '(?:\\s|的|是|那个|:|,){0,3}'
const WHOSE =
  '(?:的|那个|这个|那|这)?(?:住户|业主|邻居|租户|房客|房东|老|孃|嬢|大[爷妈娘叔]|奶奶|爷爷|阿姨|叔叔|婆婆|漏水|渗水|滴水|阳台|卫生间|厕所|厨房|客厅|卧室|门口|门前|家里|屋头|屋里|楼上|楼下|装修|' +
  `家(?![商店企单人超公])|${ADDRESSED_PERSON})|(?:的|那|这)(?:户|家|个|位|屋)`

const DOORS = [
  `(?<=(?:${DOOR_WORD})${BETWEEN})\\d{1,5}(?!\\d)`,
  `(?<=(?<![\\d.])[1-5]?\\d(?:#|${DASH}))${YEAR}${FLAT}(?!${DASH}\\d)${IS_AMOUNT}`,
  `(?<=(?:${WHERE})${BETWEEN}${DASH}?)(?:${NUMBER}|${SPOKEN_FLAT})${IS_AMOUNT}`,
  `(?<=(?:${WHERE})${BETWEEN}${DASH}?)(?:${FLAT}(?=户(?!人|居|群|家))|(?<!\\d)\\d{3,4}(?=号(?![楼线])))`,
  `(?<=单元\\s?\\d{1,2}${DASH})\\d{1,2}(?!\\d|${DASH}|\\s?[点时号日:])${IS_AMOUNT}`,
  `(?<!\\d)\\d{2,5}[A-Za-z]?(?=号?室(?!\\d?[厅卫内外友]))`,
  `(?<!\\d)\\d{3,5}[A-Za-z]?(?=号?房(?![租贷价费款]))`,
  `${FLAT}(?=房)`,
  `(?<!\\d)(?:[1-9]|[12]\\d|3[0-6])(?:0[1-9]|10)(?<=\\d{4})(?=号(?![楼线]))`,
  `(?<![共约近有超过达])${NUMBER}(?=${WHOSE})`,
  `${SPOKEN_FLAT}(?=号?[室房])`,
].map((source) => new RegExp(source, 'gu'))

const LIST = `(?:室|号房?|房|户|家)?(?:漏水?|渗水?|滴水?)?\\s?(?:、|,|/|和|跟|与|及|还有|到|至|${DASH}){1,2}\\s?`
const NEXT = new RegExp(`^${LIST}(?<it>${NUMBER}${IS_AMOUNT})`, 'du')
const PREVIOUS = new RegExp(`(?<it>${NUMBER})${LIST}$`, 'du')
const CHINESE = '〇一二三四五六七八九'
const SPOKEN_DIGITS = /[〇零○一二三四五六七八九幺]{3,}/gu

/**
 * Door numbers, the flat part alone: building, unit and storey stay.
 * @example '12栋一单元302' → 302; '3-2-501' → 501; '我们栋802', '三零二室', '802的吴大爷', '楼上704', '301、302室' match;
 * '5栋', '12栋一单元', '2026年', '5栋110', '3980元', '三楼', '12号', '5月19日' do not
 */
export const findDoors: Finder = (text) => {
  const written = inDigits(text)
  const found = withoutOverlaps(
    DOORS.flatMap((pattern) => [...written.matchAll(pattern)].map(({ 0: door, index }) => doorAt(index, door.length))),
  )
  return withoutOverlaps([...found, ...found.flatMap((span) => listedWith(span, written))])
}

/** The other doors of a list: 301、302和303室. */
function listedWith(span: Span, text: string): Span[] {
  const listed: Span[] = []
  for (let end = span.end, at = rangeOf(NEXT, text.slice(end)); at; at = rangeOf(NEXT, text.slice(end))) {
    listed.push(doorAt(end + at[0], at[1] - at[0]))
    end += at[1]
  }
  for (
    let { start } = span, at = rangeOf(PREVIOUS, text.slice(0, start));
    at;
    at = rangeOf(PREVIOUS, text.slice(0, start))
  ) {
    listed.push(doorAt(at[0], at[1] - at[0]))
    start = at[0]
  }
  return listed
}

function rangeOf(pattern: RegExp, text: string): [number, number] | undefined {
  return pattern.exec(text)?.indices?.groups?.it
}

function doorAt(start: number, length: number): Span {
  return { start, end: start + length, kind: '门牌' }
}

/** Chinese digits said one by one become figures, each in its place: 三零二室 → 302室. */
function inDigits(text: string): string {
  return text.replace(SPOKEN_DIGITS, (run) =>
    [...run].map((digit) => (digit === '幺' ? 1 : Math.max(0, CHINESE.indexOf(digit)))).join(''),
  )
}
