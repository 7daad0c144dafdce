import { expect, test } from 'vitest'
import { hidePersonal } from '../../src/privacy/hide.ts'

const NAMES = ['丁惠芳', '汪国强']

test.each([
  ['给张桂芳家(12栋302)换了阀,电话13800000000', '给某某家(12栋某户)换了阀,电话(号码不写)'],
  ['找张桂芳家302', '找某某家某户'],
  ['丁惠芳请维保换了钢丝绳', '某某请维保换了钢丝绳'],
  ['吴大爷家的管子,三零二室的', '某某家的管子,某户的'],
  ['住户李三妹同意了', '住户某某同意了'],
  ['座机0851-8765432打通了', '座机(号码不写)打通了'],
])('%s → %s', (typed, shown) => {
  expect(hidePersonal(typed, { names: NAMES })).toBe(shown)
})

test.each([
  '物业换了新灯',
  '5栋和12栋一单元的灯都换了,花了3980元',
  '打96110问过,5月19日前办好',
  '大家都说好,社区王家湾路口也修了',
  '12号院门口,2026年完工',
])('%s stays as it is', (typed) => expect(hidePersonal(typed, { names: NAMES })).toBe(typed))

test('who was heard under a full name is hidden too, a nickname is not', () => {
  const shown = ['1组孙开云', '平安是福']
  expect(hidePersonal('罗玉珍和平安是福都说修好了', { names: [], shown: ['罗玉珍', ...shown] })).toBe(
    '某某和平安是福都说修好了',
  )
})
