import fc from 'fast-check'

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`))
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((texts) => texts.join(''))
const any = <const T>(...values: T[]) => fc.constantFrom(...values)
const grouped = (text: string, lengths: readonly number[], gap: string) => {
  const starts = lengths.map((_, index) => lengths.slice(0, index).reduce((sum, length) => sum + length, 0))
  return lengths.map((length, index) => text.slice(starts[index], starts[index]! + length)).join(gap)
}

const chinese = (text: string) => text.replace(/\d/gu, (digit) => '零幺二三四五六七八九'[Number(digit)]!)
const fullWidth = (text: string) => text.replace(/\d/gu, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
const scattered = (number: string) =>
  fc
    .array(any('', ' ', '-'), { minLength: number.length, maxLength: number.length })
    .map((gaps) => [...number].map((digit, index) => (index === 0 ? '' : gaps[index]) + digit).join(''))

const mobileNumber = joined(any('13', '14', '15', '16', '17', '18', '19'), digits(9))
const mobile = mobileNumber.chain((number) =>
  fc.oneof(
    any('', '+86', '86', '+86 ', '+86-').map((country) => country + number),
    fc
      .tuple(any(' ', '-', ' - '), any([3, 4, 4], [3, 8], [7, 4], [4, 3, 4]))
      .map(([gap, by]) => grouped(number, by, gap)),
    fc.constant(fullWidth(number)),
    fc.constant(chinese(number)),
    scattered(number),
  ),
)
const landline = fc
  .tuple(any('0857', '0851', '010', '021'), fc.oneof(digits(7), digits(8)), any('-', '', ' '), any(true, false))
  .map(([area, number, gap, bracketed]) => (bracketed ? `(${area})${number}` : area + gap + number))
const bareLandline = joined(any('8', '6', '5'), digits(6))
const birthday = joined(any('19', '20'), digits(2), any('01', '06', '12'), any('03', '15', '28'))
const identity = joined(digits(6), birthday, digits(3), any('0', '1', '5', 'X', 'x'))
const longNumber = fc.integer({ min: 15, max: 20 }).chain(digits)
const id = fc.oneof(
  identity,
  longNumber,
  identity.map((number) => grouped(number, [6, 8, 4], ' ')),
  identity.map((number) => grouped(number, [6, 4, 4, 4], '-')),
)
const card = fc
  .tuple(any('6217', '6228', '4367'), fc.integer({ min: 12, max: 15 }).chain(digits), any('', ' ', '-'))
  .map(([head, tail, gap]) => grouped(head + tail, [4, 4, 4, 4, 4], gap).replace(/[ -]+$/u, ''))
const plate = fc
  .tuple(any('贵', '川', '渝', '京'), any('A', 'F', 'C'), any('', '·', ' ', '-'), any('', 'D', 'F'), digits(5))
  .map(([province, letter, gap, energy, number]) => province + letter + gap + energy + number)

const flat = fc
  .tuple(fc.integer({ min: 1, max: 33 }), fc.integer({ min: 1, max: 8 }))
  .map(([storey, door]) => `${storey}0${door}`)
const building = fc.integer({ min: 1, max: 35 }).map(String)
const unit = any('1', '2', '3')
const door = fc.oneof(
  flat.map((number) => [number, `${number}室`]),
  fc.tuple(building, flat).map(([at, number]) => [number, `${at}-${number}`]),
  fc.tuple(building, unit, flat).map(([at, by, number]) => [number, `${at}-${by}-${number}`]),
  fc.tuple(building, any('一', '二', '3'), flat).map(([at, by, number]) => [number, `${at}栋${by}单元${number}`]),
  fc
    .tuple(any('我们栋', '楼上', '隔壁', '我家', '家住5栋', '对门'), flat)
    .map(([where, number]) => [number, where + number]),
  fc
    .tuple(flat, any('的吴大爷', '的周孃孃', '住户', '漏水', '张大爷', '那家'))
    .map(([number, whose]) => [number, number + whose]),
  fc.tuple(any('房号', '门牌号', '门牌:'), flat).map(([word, number]) => [number, word + number]),
  flat.map((number) => [number, `5栋${number}号`]),
) as fc.Arbitrary<[string, string]>

/** What must never leave, as people write it, with the part that must be gone. */
export const secret: fc.Arbitrary<{ written: string; gone: string }> = fc.oneof(
  ...[mobile, landline, bareLandline, id, longNumber.chain(scattered), card, plate].map((kind) =>
    kind.map((written) => ({ written, gone: written.normalize('NFKC') })),
  ),
  door.map(([gone, written]) => ({ written, gone })),
)

/** What must stay: addresses down to the unit, hotlines, dates, times, amounts. */
export const harmless: fc.Arbitrary<string> = fc.oneof(
  building.map((at) => `${at}栋`),
  fc.tuple(building, any('一', '二', '三', '2')).map(([at, by]) => `${at}栋${by}单元`),
  fc.tuple(any('A', 'B'), building).map(([block, at]) => `${block}${at}栋`),
  fc.tuple(any('碧阳', '兰乔圣菲一期', '家属院', 'B区'), building).map(([compound, at]) => `${compound}${at}号楼`),
  fc.tuple(building, any('三楼', '4楼', '顶楼', '负一楼')).map(([at, storey]) => `${at}栋${storey}`),
  any('96110', '12345', '110', '119', '120', '122', '95598', '12315', '10086', '400-820-8888'),
  any('打110 119 120 122', '12345 96110 95598', '快打119', '我们栋120来了', '5栋110来了'),
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
    .map(([month, day]) => `${month}月${day}日`),
  fc.integer({ min: 2000, max: 2039 }).map((year) => `${year}年`),
  fc.integer({ min: 1, max: 31 }).map((day) => `${day}号`),
  fc.tuple(fc.integer({ min: 0, max: 23 }), any('00', '30', '45')).map(([hour, minute]) => `${hour}:${minute}`),
  fc.integer({ min: 1, max: 99_999_999 }).map((price) => `${price}元`),
  fc.integer({ min: 1, max: 99 }).map((price) => `${price}.5元`),
  any('两万', '三单元', '二十二栋', '1、2、3、', '一共205户', '205路', '120平', '2026-05-18 08:30'),
)

/** Talk around a value that gives it no other meaning. */
export const talk: fc.Arbitrary<string> = any('', '喊人来修 ', '麻烦看哈,', '就是这个:', '电梯又停了。', '😀 ', '\n')
