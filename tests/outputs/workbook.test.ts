import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenLedger } from '../../src/cli/ledger-folder.ts'
import { listConcerns } from '../../src/concerns/repository.ts'
import { renderContacts } from '../../src/outputs/workbook/contacts-sheet.ts'
import { bookWords } from '../../src/outputs/workbook/words.ts'
import { renderLedger } from '../../src/outputs/workbook/workbook.ts'
import { findLeaks } from '../../src/privacy/leak.ts'
import { NOW, openBusyLedger, PHONE, TELLER } from './busy-ledger.ts'
import { partsOf, sheetOf, xmlFault } from './package-parts.ts'

let ledger: OpenLedger
let bytes: Uint8Array
let parts: Map<string, string>
beforeAll(async () => {
  ledger = await openBusyLedger(5)
  bytes = await renderLedger(ledger.db, { words: words(), readBy: 'model', now: NOW })
  parts = partsOf(bytes)
})
afterAll(() => ledger.close())

function words() {
  return bookWords(ledger.roster, ledger.taxonomy)
}

function column(sheet: number, head: string): { value: string | number | null; style: number }[] {
  const [heads, ...rows] = sheetOf(parts, sheet)
  const at = heads!.findIndex(({ value }) => value === head)
  expect(at, head).toBeGreaterThanOrEqual(0)
  return rows.slice(0, -2).map((row) => row[at]!)
}

test('a package of four sheets, every part well-formed', () => {
  expect([...bytes.subarray(0, 4)]).toEqual([0x50, 0x4b, 3, 4])
  for (const name of ['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/styles.xml', 'docProps/core.xml'])
    expect([...parts.keys()]).toContain(name)
  for (const [name, xml] of parts) expect(xmlFault(xml), name).toBe(null)
  const names = [...parts.get('xl/workbook.xml')!.matchAll(/<sheet name="([^"]+)"/gu)].map(([, name]) => name)
  expect(names).toEqual(['支部民情台账', '矛盾纠纷调解台账', '回访', '数字'])
})

test('the columns are those of the form', () => {
  const heads = (sheet: number) => sheetOf(parts, sheet)[0]!.map(({ value }) => value)
  expect(heads(1)).toEqual(
    '序号 编号 登记日期 来源 反映人 小区 期/栋/单元 党小组 楼栋长 性质 类别 诉求内容 涉及户数(按几人说) 紧急程度 收集人 承办人(五员) 协办单位 办理时限 办理过程 现在怎样 办理结果 办结日期 是否超期 上会 回访日期/方式 满意度 并案/重复 备注'.split(
      ' ',
    ),
  )
  expect(heads(2)).toEqual(
    '编号 受理日期 来源 地点 当事人(代号) 纠纷类型 简要情况 双方诉求(手填) 风险等级 调解员 调解次数及日期 措施 结果 协议与履行 回访 备注'.split(
      ' ',
    ),
  )
})

test('the head stays in view and on every printed page of A4 across, and filters stand in it', () => {
  const workbook = parts.get('xl/workbook.xml')!
  for (const [index, name] of ['支部民情台账', '矛盾纠纷调解台账', '回访', '数字'].entries()) {
    const xml = parts.get(`xl/worksheets/sheet${index + 1}.xml`)!
    expect(xml).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/u)
    expect(xml).toMatch(/<autoFilter ref="A1:[A-Z]+\d+"\/>/u)
    expect(xml).toMatch(/<pageSetup [^>]*paperSize="9" orientation="landscape"/u)
    expect(xml).toMatch(/<oddFooter>[^<]*以上由AI整理,请核对[^<]*第&amp;P页,共&amp;N页/u)
    const [, titles] = new RegExp(`name="_xlnm.Print_Titles" localSheetId="${index}">([^<]+)<`, 'u').exec(workbook)!
    expect(titles).toContain(`${name}!$1:$1`)
    for (const [, width] of xml.matchAll(/<col [^>]*width="([\d.]+)"/gu))
      expect(Number(width)).toBeGreaterThanOrEqual(4)
  }
  expect(workbook).toContain('支部民情台账!$A:$B')
  expect(parts.get('xl/worksheets/sheet1.xml')).toMatch(/<colBreaks .*<brk id="12".*<brk id="19"/u)
})

test('days are dates, and what looks like a formula is text', () => {
  const styles = [...parts.get('xl/styles.xml')!.matchAll(/<xf numFmtId="(\d+)"/gu)].map(([, id]) => id)
  const [, dateId] = /numFmtId="(\d+)" formatCode="yyyy-mm-dd"/u.exec(parts.get('xl/styles.xml')!)!
  const cellStyles = styles.slice(1)
  for (const head of ['登记日期', '办理时限', '办结日期', '回访日期/方式']) {
    const filled = column(1, head).filter(({ value }) => value !== null)
    expect(filled.length).toBeGreaterThan(10)
    for (const { value, style } of filled) {
      expect(value).toBeTypeOf('number')
      expect(Number.isInteger(value)).toBe(true)
      expect(cellStyles[style]).toBe(dateId)
    }
  }
  const titles = column(1, '诉求内容').map(({ value }) => value)
  expect(titles).toEqual(expect.arrayContaining([expect.stringMatching(/^=/u), expect.stringMatching(/^\+/u)]))
  expect(titles).toEqual(expect.arrayContaining([expect.stringMatching(/^-/u), expect.stringMatching(/^@/u)]))
  for (const xml of parts.values()) expect(xml).not.toMatch(/<f[ >]/u)
})

test('no phone number stands in it, whoever typed one; who told something sensitive and who quarrels is not named', () => {
  for (const [name, xml] of parts) {
    expect(xml.includes(PHONE), name).toBe(false)
    const words = [...xml.matchAll(/<t[^>]*>([^<]*)</gu)].map(([, text]) => text)
    expect(findLeaks(words.join('\n')), name).toEqual([])
  }
  const tellers = column(1, '反映人').map(({ value }) => value)
  const collectors = column(1, '收集人').map(({ value }) => value)
  expect(collectors).toContain(TELLER)
  const remarks = column(1, '备注').map(({ value }) => String(value ?? ''))
  const contents = column(1, '诉求内容').map(({ value }) => String(value))
  expect(new Set(tellers)).toEqual(new Set(['不公开', TELLER]))
  for (const [index, teller] of tellers.entries()) {
    expect(remarks[index]!.includes('敏感,不外传')).toBe(teller === '不公开')
    expect(contents[index]!.includes('请打')).toBe(teller !== '不公开')
    if (teller === '不公开') expect(collectors[index]).not.toBe(TELLER)
  }
  const quarrels = sheetOf(parts, 2).flat()
  expect(quarrels.map(({ value }) => value)).not.toContain(TELLER)
  for (const { value } of column(2, '当事人(代号)')) expect(value).toMatch(/^(\d+)甲\n\1乙$/u)
})

test('the file itself says who made it; AI is named only where a model read', async () => {
  expect(parts.get('docProps/custom.xml')).toContain('AIGC')
  expect(parts.get('docProps/core.xml')).toContain('以上由AI整理,请核对')
  const byRules = partsOf(await renderLedger(ledger.db, { words: words(), readBy: 'rules', now: NOW }))
  expect([...byRules.values()].join('')).not.toMatch(/AIGC|由AI整理/u)
  expect(byRules.get('docProps/core.xml')).toContain('以上由关键词规则整理,请核对')
})

test('the operator’s own file has the phones, and says for whom it is', async () => {
  const concerns = await listConcerns(ledger.db, { statuses: ['open'] })
  const contacts = partsOf(await renderContacts(concerns, words(), NOW))
  for (const [name, xml] of contacts) expect(xmlFault(xml), name).toBe(null)
  const [heads, ...rows] = sheetOf(contacts, 1)
  expect(heads!.map(({ value }) => value)).toContain('楼栋长电话')
  const text = JSON.stringify(rows)
  const head = ledger.roster.heads.find(({ building }) => concerns.some(({ place }) => place.building === building))!
  expect(text).toContain(head.phone)
  expect(text).toContain('不要发到微信里')
})
