import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findLeaks } from '../../src/privacy/leak.ts'

const body = (content: string) =>
  JSON.stringify({ model: 'm', messages: [{ role: 'user', content }], max_tokens: 1350 })

test.each([
  ['a mobile', '打13900001234', '电话'],
  ['a mobile in groups', '打139 0000-1234', '电话'],
  ['a mobile with a country code', '+8613900001234', '电话'],
  ['a mobile cut anywhere', '1 3 9 0 0 0 0 1 2 3 4', '电话'],
  ['a mobile in full-width figures', '１３９００００１２３４', '电话'],
  ['a mobile in Chinese figures', '幺三九零零零零幺二三四', '电话'],
  ['an identity card', '522499194603150021', '证件'],
  ['an identity card behind a list number', '1.522499194603150021', '证件'],
  ['an identity card in groups', '522499 19460315 0021', '证件'],
  ['a mistyped identity card', '52249919460315002', '证件'],
  ['a bank card in groups', '6217-0000-0000-1234-567', '银行卡'],
  ['a number with spaces anywhere', '62 17000 0000 012-34567', '银行卡'],
])('%s is found', (_, content, kind) => {
  expect(findLeaks(body(content))).toEqual([kind])
})

test('escapes of JSON do not hide a number, not even twice', () => {
  const escaped = [...'13900001234'].map((digit) => `\\u003${digit}`).join('')
  expect(findLeaks(`{"content":"${escaped}"}`)).toEqual(['电话'])
  expect(findLeaks(JSON.stringify({ content: `{"text":"${escaped}"}` }))).toEqual(['电话'])
  expect(findLeaks(`not JSON ${escaped}`)).toEqual(['电话'])
  expect(findLeaks('{"13900001234": 522499194603150021}')).toEqual(expect.arrayContaining(['电话']))
})

test.each([
  '2026-05-18T00:32:00.000Z 2026-05-18 2026-05-19',
  '2026-05-18 08:32',
  createHash('sha256').update('prompt').digest('hex'),
  '3f2b8c1e-1234-4234-8234-123456789012',
  '打110 119 120 122 12345 96110 95598 400-820-8888',
  '[12] 08:12 U3: 〔电话1〕〔证件12〕 5栋 12栋一单元 3-2-〔门牌1〕',
  '{"type":"integer","minimum":1,"maximum":40}',
  '"lines": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]',
  '1. 2. 3. 4. 5. 6. 7. 8. 9. 10. 11.',
  '一、二、三、四、五、六、七、八、九、十、十一',
  '1200000元 20260518 1.8元',
])('ordinary text does not fire: %s', (content) => {
  expect(findLeaks(body(content))).toEqual([])
})

test('hashes and instants never fire', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.date({ noInvalidDate: true, min: new Date('1990-01-01'), max: new Date('2090-01-01') }),
      (text, date) => {
        const hash = createHash('sha256').update(text).digest('hex')
        expect(findLeaks(body(`${hash} ${date.toISOString()}`))).toEqual([])
      },
    ),
    { numRuns: 500 },
  )
})
