import { describe, expect, test } from 'vitest'
import { findMentions } from '../../src/roster/mentions.ts'
import { NO_PLACES } from './no-places.ts'
import { sample } from './sample.ts'

/** Each mention as people would check it: 12=BY-12,GX-12/1 is the number, the candidates by its own words, the unit. */
function told(text: string): string[] {
  return findMentions(sample, text).map(({ kind, compounds, zone, number, unit, candidates }) => {
    if (kind !== 'building') return `${compounds.join('+')}${zone === null ? '' : `:${zone}`}`
    const codes = candidates.map(({ code }) => code)
    return `${number}=${codes.length > 3 ? 'many' : codes.join(',')}${unit === null ? '' : `/${unit}`}`
  })
}

describe('buildings are found however they are written', () => {
  test.each<[string, string[]]>([
    ['23栋一样', ['23=BY-23']],
    ['二十三栋停水', ['23=BY-23']],
    ['廿三幢停水', ['23=BY-23']],
    ['２３幢停水', ['23=BY-23']],
    ['23#停水', ['23=BY-23']],
    ['23#楼停水', ['23=BY-23']],
    ['23号楼停水', ['23=BY-23']],
    ['二十三号楼停水', ['23=BY-23']],
    ['23座停水', ['23=BY-23']],
    ['5栋门口那盏灯', ['5=many']],
    ['五栋的灯', ['5=many']],
    ['⑤栋的灯', ['5=many']],
    ['12号楼道灯', ['12=BY-12,GX-12,LQ1-12']],
    ['一期五栋', ['5=LQ1-05']],
    ['1期5栋', ['5=LQ1-05']],
    ['１期５栋', ['5=LQ1-05']],
    ['二期10栋', ['10=LQ2-10']],
    ['兰乔圣菲小区一期5栋', ['5=LQ1-05']],
    ['A3栋', ['3=GH-A3']],
    ['a3栋', ['3=GH-A3']],
    ['Ａ３栋', ['3=GH-A3']],
    ['A区3栋', ['3=GH-A3']],
    ['A区三号楼', ['3=GH-A3']],
    ['B六栋二单元', ['6=GH-B6/2']],
    ['A7电梯关人了', ['7=GH-A7']],
    ['A4门禁换了新的', ['4=GH-A4']],
    ['B8全黑', ['8=GH-B8']],
    ['A3:漏水', ['3=GH-A3']],
    ['A3奶奶摔了', ['3=GH-A3']],
    ['A1/A4停水', ['1=GH-A1', '4=GH-A4']],
    ['喊人来看5栋', ['5=many']],
    ['查了5栋的消防', ['5=many']],
    ['桂花苑A3', ['3=GH-A3']],
    ['碧阳12栋', ['12=BY-12']],
    ['碧阳国际小区12栋', ['12=BY-12']],
    ['碧阳小区12栋', ['12=BY-12']],
    ['碧阳那边的12栋', ['12=BY-12']],
    ['碧阳 12栋 一单元', ['12=BY-12/1']],
    ['家属院十四号楼', ['14=GX-14']],
    ['供销社14栋', ['14=GX-14']],
    ['12栋一单元', ['12=BY-12,GX-12,LQ1-12/1']],
    ['12栋1单元', ['12=BY-12,GX-12,LQ1-12/1']],
    ['12栋1-302', ['12=BY-12,GX-12,LQ1-12/1']],
    ['23栋一、二单元', ['23=BY-23']],
    ['碧阳12-1', ['12=BY-12/1']],
    ['碧阳12-1-302漏水', ['12=BY-12/1']],
    ['12-1电梯坏了', ['12=BY-12,GX-12,LQ1-12/1']],
    ['住12-1', ['12=BY-12,GX-12,LQ1-12/1']],
    ['23-1的灯不亮', ['23=BY-23/1']],
    ['8栋楼顶有人养鸡', ['8=many']],
    ['今天12号12栋停水', ['12=BY-12,GX-12,LQ1-12']],
    ['12栋5楼', ['12=BY-12,GX-12,LQ1-12']],
    ['5栋长是哪个', ['5=many']],
  ])('%s', (text, mentions) => expect(told(text)).toEqual(mentions))
})

describe('what a voice transcript mishears is heard right', () => {
  test.each<[string, string[]]>([
    ['蓝桥圣菲一起八栋那个点梯', ['8=LQ1-08']],
    ['兰桥二起八栋', ['8=LQ2-08']],
    ['蓝乔一起八洞', ['8=LQ1-08']],
    ['兰乔盛飞小区一期5栋', ['5=LQ1-05']],
    ['碧洋12栋', ['12=BY-12']],
    ['碧洋那个凉亭', ['碧阳国际小区']],
    ['闭羊12栋', ['12=BY-12']],
    ['贵花苑A3栋', ['3=GH-A3']],
    ['家属园12号楼', ['12=GX-12']],
    ['二十二洞三单元门口', ['22=BY-22/3']],
    ['二十三懂停水', ['23=BY-23']],
    ['八洞门口', ['8=many']],
    ['碧阳八动', ['8=BY-08']],
  ])('%s', (text, mentions) => expect(told(text)).toEqual(mentions))
})

describe('compounds and their parts are found', () => {
  test.each<[string, string[]]>([
    ['碧阳南门口那个烧烤摊', ['碧阳国际小区']],
    ['碧阳路灯不亮', ['碧阳国际小区']],
    ['碧阳国际停水', ['碧阳国际小区']],
    ['我们家属院停水', ['供销社家属院']],
    ['今天家属院停水', ['供销社家属院']],
    ['兰桥的物业', ['兰乔圣菲小区']],
    ['二期小广场', ['兰乔圣菲小区:2期']],
    ['兰乔二期大门', ['兰乔圣菲小区:2期']],
    ['桂花苑B区门面', ['桂花苑小区:B区']],
    ['B区停电了 B8全黑', ['桂花苑小区:B区', '8=GH-B8']],
    ['一、二期都停水', ['兰乔圣菲小区']],
    ['AB区都停水', ['桂花苑小区']],
    ['晚上一期停电', ['兰乔圣菲小区:1期']],
    ['碧阳和兰乔都停水', ['碧阳国际小区', '兰乔圣菲小区']],
  ])('%s', (text, mentions) => expect(told(text)).toEqual(mentions))
})

describe('several buildings stay several', () => {
  test.each<[string, string[]]>([
    ['16至21栋停水', ['16=BY-16,GX-16', '21=BY-21']],
    ['16-21栋停水', ['16=BY-16,GX-16', '21=BY-21']],
    ['十六到二十一栋', ['16=BY-16,GX-16', '21=BY-21']],
    ['碧阳3、5、7栋', ['3=BY-03', '5=BY-05', '7=BY-07']],
    ['13和14栋', ['13=BY-13,GX-13', '14=BY-14,GX-14']],
    ['B区二栋三栋', ['2=GH-B2', '3=many']],
    ['B区二三栋', ['2=GH-B2', '3=GH-B3']],
  ])('%s', (text, mentions) => expect(told(text)).toEqual(mentions))
})

describe('numbers of a list are not numbers of a building', () => {
  test.each<[string, string[]]>([
    ['二期走访 ①7栋门口 ②大门', ['兰乔圣菲小区:2期', '7=many']],
    ['二期走访 (1)7栋门口 (2)大门', ['兰乔圣菲小区:2期', '7=many']],
    ['1、一期3栋灯坏\n2、23栋漏水', ['3=LQ1-03', '23=BY-23']],
    ['1.23栋漏水', ['23=BY-23']],
    ['1)23栋漏水', ['23=BY-23']],
    ['1、23栋漏水⏎2、24栋漏水', ['23=BY-23', '24=BY-24']],
    ['一、23栋漏水⏎二、24栋漏水', ['23=BY-23', '24=BY-24']],
    ['1、3栋漏水', ['1=many', '3=many']],
  ])('%s', (text, mentions) => expect(told(text)).toEqual(mentions))
})

describe('a number that no building has is a mention without candidates', () => {
  test.each<[string, string[]]>([
    ['99栋漏水', ['99=']],
    ['碧阳99栋漏水', ['99=']],
    ['三期5栋', ['5=']],
    ['C5栋', ['5=']],
    ['C区5栋', ['5=']],
    ['A区12栋', ['12=']],
    ['碧阳一期5栋', ['5=']],
  ])('%s', (text, mentions) => expect(told(text)).toEqual(mentions))
})

describe('what is no place never becomes one', () => {
  test.each(NO_PLACES)('%s', (text) => expect(told(text)).toEqual([]))
})

test('a mention tells where its words stand', () => {
  const text = '😀那个 碧阳１２栋一单元 又停了'
  const [mention] = findMentions(sample, text)
  expect(mention?.words).toBe('碧阳１２栋一单元')
  expect(text.slice(mention!.start, mention!.end)).toBe(mention?.words)
  expect(text.slice(mention!.numberStart)).toMatch(/^１２栋/)
})

test('a hundred thousand messages take seconds', () => {
  const texts = [
    '我们12栋一单元电梯又停了',
    '早[玫瑰]',
    '那个八十岁的高龄津贴今年还要不要去认证啊,去年是在社区大厅办的嘛',
    '蓝桥圣菲一起八栋那个点梯',
  ]
  const started = performance.now()
  for (let at = 0; at < 20_000; at++) findMentions(sample, texts[at % texts.length]!)
  expect(performance.now() - started).toBeLessThan(4_000)
})
