import { describe, expect, test } from 'vitest'
import { arrangeRoster } from '../../src/roster/arrange.ts'
import { resolvePlace } from '../../src/roster/resolve.ts'
import type { Roster } from '../../src/roster/roster.ts'
import type { PlaceQuestion } from '../../src/roster/talk.ts'
import { sample } from './sample.ts'

type Asked = Partial<PlaceQuestion> & { words: string }

/** The answer as one word: BY-12/1 (with its unit), compound:碧阳国际小区, ambiguous:…, elsewhere, none. */
function answer(asked: Asked, roster: Roster = sample): string {
  const place = resolvePlace(roster, {
    kind: 'building',
    text: asked.words,
    conversation: [],
    homes: [],
    askers: [],
    ...asked,
  })
  if (place.kind === 'building') return `${place.building}${place.unit === null ? '' : `/${place.unit}`}`
  expect(place).toMatchObject({ building: null, unit: null, partyGroup: null })
  return `${place.kind}${place.compound === null ? '' : `:${place.compound}`}`
}

const [BY, LQ, GH, GX] = ['碧阳国际小区', '兰乔圣菲小区', '桂花苑小区', '供销社家属院'] as const

describe('explicit words say it all', () => {
  test.each<[string, Asked]>([
    ['LQ1-05', { words: '兰乔圣菲一期5栋', text: '兰乔圣菲一期5栋楼道灯不亮', homes: ['BY-05'] }],
    ['GH-A3', { words: 'A3栋', text: 'A3栋有人飞线充电', homes: ['GX-03'] }],
    ['GH-B6/2', { words: 'B六栋二单元', text: '那个B六栋二单元的周孃孃一个人住' }],
    ['BY-22/3', { words: '二十二洞三单元', text: '二十二洞三单元门口井盖松了' }],
    ['LQ1-08', { words: '蓝桥圣菲一起八栋', text: '我们蓝桥圣菲一起八栋那个点梯响', homes: ['LQ1-09', 'LQ1-08'] }],
    ['BY-23', { words: '23栋', text: '23栋一样', homes: ['GX-05'] }],
    ['GX-14', { words: '我们家属院十四号楼', text: '我们家属院十四号楼的灯坏了' }],
    ['BY-12/1', { words: '碧阳12-1', text: '碧阳12-1电梯坏了' }],
    ['BY-07', { words: '7栋后街', kind: 'compound', text: '碧阳7栋后街有摊子' }],
    ['BY-12', { words: '碧阳这边的12栋', text: '碧阳这边的12栋灯坏了' }],
  ])('%s', (place, asked) => expect(answer(asked)).toBe(place))

  test('the party group comes from the table', () => {
    const place = resolvePlace(sample, {
      kind: 'building',
      words: '碧阳12栋',
      text: '碧阳12栋',
      conversation: [],
      homes: [],
      askers: [],
    })
    expect(place).toEqual({ kind: 'building', compound: BY, building: 'BY-12', unit: null, partyGroup: 2 })
  })
})

describe('what stands before the words in their line', () => {
  const list = '笔记本:「5月19日 二期走访 ①7栋门口路灯不亮 ②大门进来的路牌倒了 ③碧阳5栋漏水 ④6栋扶手松 ⑤3号菜」'
  test.each<[string, Asked]>([
    ['LQ2-07', { words: '7栋门口', text: list }],
    ['LQ2-07', { words: '①7栋门口', text: list, homes: ['BY-07'] }],
    [`compound:${LQ}`, { words: '大门', kind: 'compound', text: list }],
    ['BY-05', { words: '5栋', text: list }],
    ['ambiguous', { words: '6栋', text: list }],
    ['BY-05', { words: '5栋', text: '碧阳12栋停电了,5栋也是', homes: ['GX-05'] }],
    ['GX-05', { words: '5栋', text: '碧阳停电了,家属院12号楼没得水,5栋也是' }],
    ['LQ1-08', { words: '8栋', text: '一期5栋漏水,8栋也漏' }],
    ['BY-05', { words: '5栋', text: '5栋的灯坏了,碧阳的' }],
    ['LQ2-05', { words: '5栋', text: '5栋(二期)灯坏了', homes: ['BY-05'] }],
    ['ambiguous', { words: '5栋', text: '5栋停电了 碧阳也停了' }],
    ['BY-16', { words: '16栋', text: '兰乔的物业说过 碧阳这边16栋的电梯要修' }],
    ['GX-09/2', { words: '9号楼', text: '家属院:1、3号楼垃圾 2、9号楼邓大爷独居,住二单元 3、院坝积水' }],
    ['LQ2-04', { words: '4栋', text: '碧阳:1、5栋灯坏 2、6栋漏水 二期:1、4栋井盖' }],
  ])('%s for $words', (place, asked) => expect(answer(asked)).toBe(place))
})

describe('the conversation', () => {
  test.each<[string, Asked]>([
    ['GX-07', { words: '7号楼', text: '7号楼的线接好了', conversation: ['家属院7号楼的电线断了'] }],
    ['BY-05', { words: '5栋', conversation: ['哪个小区', '碧阳停水了'] }],
    ['LQ2-08', { words: '兰桥8栋', text: '兰桥8栋楼顶养鸡', conversation: ['二期8栋', '一期8栋还是二期8栋?'] }],
    [`ambiguous:${LQ}`, { words: '兰桥8栋', text: '兰桥8栋楼顶养鸡', conversation: ['一期8栋还是二期8栋?'] }],
    [`ambiguous:${LQ}`, { words: '8栋', conversation: ['兰乔的吗', '碧阳12栋'] }],
    ['ambiguous', { words: '5栋', conversation: ['哪个小区的5栋?'] }],
    ['BY-12', { words: '电梯', text: '电梯还没来修', conversation: ['碧阳12栋电梯又停了'] }],
    ['ambiguous', { words: '电梯', text: '电梯还没来修', conversation: ['碧阳12栋和13栋电梯停了'] }],
    ['GX-12', { words: '我们12栋', text: '我们12栋也停了', homes: ['GX-12'], conversation: ['碧阳停水了'] }],
    ['GX-12', { words: '我们12栋', text: '我们12栋也停了', homes: ['GX-05'], conversation: ['碧阳停水了'] }],
    ['ambiguous', { words: '我们12栋', text: '碧阳停水了,我们12栋也停了', homes: ['GX-05'] }],
    ['ambiguous', { words: '12栋', text: '12栋也停了', homes: ['GX-12'], conversation: ['碧阳停水了'] }],
    ['BY-12', { words: '12栋', text: '12栋还没修好', homes: ['GX-12'], conversation: ['碧阳12栋电梯停了'] }],
    ['BY-12', { words: '12栋', text: '碧阳停水了,12栋也停了', homes: ['GX-12'] }],
    ['GX-10', { words: '我们10号楼', text: '我们10号楼也是', homes: ['GX-10'] }],
  ])('%s for $words', (place, asked) => expect(answer(asked)).toBe(place))
})

describe('home', () => {
  test.each<[string, Asked]>([
    ['BY-19', { words: '我们栋', text: '我们栋的吴大爷一个人住', homes: ['BY-19'] }],
    ['LQ2-05/3', { words: '我们栋三单元', homes: ['LQ2-05'] }],
    ['LQ2-05/3', { words: '楼上卫生间', text: '楼上卫生间漏水', homes: ['LQ2-05'], conversation: ['我们栋三单元'] }],
    [
      'LQ1-05/2',
      { words: '三楼到四楼', text: '三楼到四楼的灯不亮了', homes: ['LQ1-05'], conversation: ['我们栋二单元'] },
    ],
    ['ambiguous', { words: '三楼', text: '三楼那家我认得', homes: ['LQ1-05'], conversation: ['我们栋三楼漏水了'] }],
    ['GH-A6', { words: '我家', text: '我家是顶楼又在滴水', homes: ['GH-A6'] }],
    [
      'BY-13/2',
      { words: '我们栋', text: '我们栋也是 二单元那部', homes: ['BY-13'], conversation: ['我们15栋一单元电梯坏了'] },
    ],
    [`ambiguous:${LQ}`, { words: '我们栋', text: '我们栋下水道反水', homes: ['LQ1-08', 'LQ1-09'] }],
    ['ambiguous', { words: '我家', text: '我家停水了', homes: ['BY-24', 'LQ2-08'] }],
    ['ambiguous', { words: '我们栋', text: '我们栋停水了' }],
    ['BY-10/2', { words: '我们栋二单元', homes: ['BY-08', 'BY-10'], conversation: ['10栋噻'], askers: [BY] }],
    ['BY-10/2', { words: '10栋', text: '10栋噻', homes: ['BY-08', 'BY-10'], conversation: ['我们栋二单元门禁刷不开'] }],
    ['BY-10', { words: '我们栋', text: '我们栋停水', conversation: ['我是碧阳10栋的'] }],
    ['BY-10/2', { words: '我们栋', text: '我们栋停水', conversation: ['我是碧阳10栋2单元的'] }],
    [`ambiguous:${LQ}`, { words: '5栋门口', text: '我们一起5栋门口集合', homes: ['LQ1-04'] }],
    ['ambiguous', { words: '我们栋', text: '我们栋也停水', conversation: ['碧阳10栋'] }],
    ['ambiguous', { words: '我们栋', text: '我们栋停水', conversation: ['碧阳10栋电梯坏了'] }],
    ['GH-A5', { words: '我家楼上', text: '我家楼上半夜拖桌子', kind: 'compound', homes: ['GH-A5'] }],
  ])('%s for $words', (place, asked) => expect(answer(asked)).toBe(place))
})

describe('a bare number that several compounds have', () => {
  test.each<[string, Asked]>([
    ['ambiguous', { words: '5栋门口', text: '5栋门口那盏路灯不亮' }],
    ['ambiguous', { words: '5栋门口', text: '5栋门口那盏路灯不亮', homes: ['BY-12'] }],
    ['GX-05', { words: '5栋门口', text: '5栋门口那盏路灯不亮', homes: ['GX-05'] }],
    ['GX-16', { words: '16号楼后头', text: '16号楼后头坡垮了', homes: ['GX-16'] }],
    ['BY-12/1', { words: '我们12栋一单元', text: '我们12栋一单元电梯停了', homes: ['BY-03'] }],
    ['BY-16/1', { words: '16栋一单元', text: '打错了 我们是16栋一单元', homes: ['BY-09'] }],
    ['BY-05', { words: '5栋', text: '我们小区5栋的灯', homes: ['BY-01'] }],
    [`ambiguous:${LQ}`, { words: '我们8栋', homes: ['LQ1-05'] }],
    ['LQ1-08', { words: '我们8栋', homes: ['LQ1-08'] }],
    ['ambiguous', { words: '你们5栋', text: '你们5栋的灯修好没', homes: ['BY-05'] }],
    ['ambiguous', { words: '8栋', text: '8栋的灯', homes: ['BY-24', 'LQ2-08'] }],
    ['BY-10', { words: '10栋', text: '10栋噻', askers: [BY] }],
    ['ambiguous', { words: '10栋', text: '10栋噻', homes: ['BY-10'], askers: [LQ] }],
    ['ambiguous', { words: '99栋', homes: ['BY-05'] }],
    [`ambiguous:${BY}`, { words: '碧阳99栋', homes: ['BY-05'] }],
    ['ambiguous', { words: '三期5栋', homes: ['BY-05'] }],
    [`ambiguous:${GH}`, { words: 'A区12栋', homes: ['BY-12'] }],
    [`ambiguous:${BY}`, { words: '碧阳一期5栋', homes: ['LQ1-05'] }],
  ])('%s for $words', (place, asked) => expect(answer(asked)).toBe(place))
})

describe('a compound as a whole or in part', () => {
  test.each<[string, Asked]>([
    [`compound:${BY}`, { words: '碧阳南门口', text: '碧阳南门口那个烧烤摊' }],
    [`compound:${LQ}`, { words: '一期大门进来那条消防通道' }],
    [`compound:${GH}`, { words: 'B区', text: 'B区停电了 B8全黑' }],
    [`compound:${BY}`, { words: '16至21栋', text: '16至21栋停水' }],
    [`compound:${GH}`, { words: 'B区二栋三栋', kind: 'building' }],
    [`compound:${BY}`, { words: '5栋和7栋之间', text: '我们5栋和7栋之间的路', homes: ['BY-01'] }],
    ['ambiguous', { words: '5栋和7栋之间' }],
    ['ambiguous', { words: '碧阳和兰乔' }],
    [`compound:${BY}`, { words: '我们小区', text: '我们小区大门坏了', homes: ['BY-07', 'BY-09'] }],
    [`compound:${BY}`, { words: '我们小区', text: '兰乔停水了,我们小区也停', homes: ['BY-07'] }],
    ['ambiguous', { words: '我们小区', text: '我们小区大门坏了', homes: ['BY-07', 'GX-09'] }],
    ['ambiguous', { words: '我们小区', text: '兰乔停水了,我们小区也停' }],
    ['ambiguous', { words: '大门口', homes: ['BY-07'] }],
    [`compound:${GX}`, { words: '院坝', text: '家属院走访 ①3号楼垃圾 ②院坝积水', homes: ['BY-01'] }],
    [`compound:${LQ}`, { words: '小广场', text: '小广场音响太吵了', conversation: ['二期小广场老地方跳舞'] }],
    [`compound:${BY}`, { words: '小广场', text: '小广场那盏灯坏了 碧阳的' }],
  ])('%s for $words', (place, asked) => expect(answer({ kind: 'compound', ...asked })).toBe(place))
})

describe('elsewhere and nowhere stay so unless the words name a place of ours', () => {
  test.each<[string, Asked]>([
    ['elsewhere', { kind: 'elsewhere', words: '农贸市场公交站', homes: ['BY-05'] }],
    ['elsewhere', { kind: 'elsewhere', words: '安顺那边12栋', homes: ['BY-12'] }],
    ['elsewhere', { kind: 'elsewhere', words: '金地花园23栋', text: '我姑娘住的金地花园23栋' }],
    ['elsewhere', { kind: 'elsewhere', words: '碧阳小学' }],
    [`compound:${BY}`, { kind: 'elsewhere', words: '碧阳门口' }],
    ['BY-12', { kind: 'elsewhere', words: '碧阳12栋' }],
    ['none', { kind: 'none', words: '', homes: ['BY-12'], text: '我想问医保' }],
    ['none', { kind: 'none', words: '我家', homes: ['BY-12'] }],
    ['BY-12', { kind: 'none', words: '碧阳12栋' }],
    ['BY-12', { kind: 'none', words: '我们栋', homes: ['BY-12'] }],
  ])('%s for $words', (place, asked) => expect(answer(asked)).toBe(place))
})

describe('the unit', () => {
  test.each<[string, Asked]>([
    ['BY-12/2', { words: '碧阳12栋', text: '碧阳12栋电梯停了,二单元那部' }],
    ['BY-12', { words: '碧阳12栋', text: '碧阳12栋一、二单元都停了' }],
    ['BY-12', { words: '碧阳12栋五单元' }],
    ['BY-12', { words: '碧阳12栋', text: '碧阳12栋停了,13栋二单元也停了' }],
    ['LQ1-03/2', { words: '一期3栋', text: '1、一期3栋二单元灯坏⏎2、一期6栋一单元漏水' }],
    ['LQ1-03', { words: '一期3栋', text: '1、一期3栋灯坏⏎2、一期6栋一单元漏水' }],
  ])('%s for $text', (place, asked) => expect(answer(asked)).toBe(place))
})

describe('words that are not as they stand in the line', () => {
  test.each<[string, Asked]>([
    ['BY-17', { words: '7栋', text: '碧阳17栋停电' }],
    ['BY-07', { words: '7栋', text: '碧阳17栋停电,7栋也停' }],
    ['ambiguous:兰乔圣菲小区', { words: '5栋', text: '①一期5栋漏水 ②二期5栋停电' }],
    ['BY-12', { words: '１２栋', text: '碧阳 12 栋停电' }],
    ['BY-12', { words: '12栋', text: '说的是电梯', conversation: ['碧阳的事'] }],
  ])('%s for $words', (place, asked) => expect(answer(asked)).toBe(place))
})

describe('another roster', () => {
  const building = { aliases: [], units: 2, households: 20, partyGroup: 1, retired: false }
  const other = arrangeRoster({
    ...sample,
    compounds: [
      { name: '阳光花园', aliases: ['阳光'] },
      { name: '滨河苑', aliases: [] },
    ],
    buildings: [
      { ...building, code: 'YG-E1', compound: '阳光花园', name: '东区1栋' },
      { ...building, code: 'YG-W1', compound: '阳光花园', name: '西区1栋' },
      { ...building, code: 'YG-1', compound: '阳光花园', name: '1栋' },
      { ...building, code: 'YG-T', compound: '阳光花园', name: '塔楼', aliases: ['高塔'] },
      { ...building, code: 'BH-3-1', compound: '滨河苑', name: '三期1栋' },
      { ...building, code: 'BH-3-2', compound: '滨河苑', name: '三期2栋', retired: true },
    ],
    members: [],
    heads: [],
  })
  test.each<[string, Asked]>([
    ['YG-E1', { words: '东区1栋' }],
    ['YG-W1/2', { words: '西区一号楼二单元' }],
    ['YG-1', { words: '阳光花园1栋' }],
    ['YG-T', { words: '高塔', text: '高塔的电梯坏了' }],
    ['BH-3-1', { words: '3期1栋' }],
    ['BH-3-1', { words: '宾河苑1栋' }],
    ['compound:滨河苑', { words: '三期', kind: 'compound' }],
    ['ambiguous:滨河苑', { words: '三期2栋', homes: ['BH-3-2'] }],
    ['ambiguous', { words: '一期1栋' }],
    ['ambiguous', { words: 'A3栋' }],
  ])('%s for $words', (place, asked) => expect(answer(asked, other)).toBe(place))
})
