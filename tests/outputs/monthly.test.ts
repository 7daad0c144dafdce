import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../db/database.ts'
import { type OpenLedger, prepareLedger } from '../../src/cli/ledger-folder.ts'
import { digestWords } from '../../src/commands/digest-words.ts'
import { collectMonth } from '../../src/digest/month.ts'
import { monthBefore } from '../../src/digest/period.ts'
import { changeText } from '../../src/outputs/monthly/figure-parts.ts'
import { renderMonth } from '../../src/outputs/monthly/make-pack.ts'
import { monthlyPack } from '../../src/outputs/monthly/pack.ts'
import { on } from '../digest/small-community.ts'
import { NOW, openBusyLedger, PHONE, TELLER } from './busy-ledger.ts'
import { documentOf, partsOf, xmlFault } from './package-parts.ts'

const MAY = monthBefore(NOW)
let ledger: OpenLedger
let parts: Map<string, string>
beforeAll(async () => {
  ledger = await openBusyLedger(5)
  parts = partsOf(await renderMonth(ledger.db, MAY, optionsOf(ledger)))
})
afterAll(() => ledger.close())

function optionsOf(of: OpenLedger, readBy: 'model' | 'rules' = 'model') {
  return { words: digestWords(of), readBy, now: NOW }
}

test('a package on A4 with a cover, eight headings, tables whose head is said again, and page numbers', () => {
  for (const [name, xml] of parts) if (/\.(?:xml|rels)$/u.test(name)) expect(xmlFault(xml), name).toBe(null)
  const body = parts.get('word/document.xml')!
  expect(body.match(/<w:pgSz w:w="11906" w:h="16838"/gu)).toHaveLength(2)
  expect(body.match(/<w:pStyle w:val="Heading1"\/>/gu)).toHaveLength(8)
  expect(body.match(/<w:tbl>/gu)!.length).toBeGreaterThanOrEqual(10)
  expect(body.match(/<w:tblHeader\/>/gu)!.length).toBe(body.match(/<w:tbl>/gu)!.length)
  const foot = [...parts].find(([name]) => /footer\d*\.xml$/u.test(name))![1]
  expect(foot).toMatch(/PAGE.*NUMPAGES/su)
  expect(foot).toContain('以上由AI整理，请核对')
  expect(documentOf(parts).slice(0, 3).join()).toContain('民情分析会材料')
})

test('letters are for eyes of 75: the text 15 points, tables 13', () => {
  expect(parts.get('word/styles.xml')).toMatch(/<w:rPrDefault>.*?<w:sz w:val="30"\/>/su)
  const sizes = [...parts.get('word/document.xml')!.matchAll(/<w:sz w:val="(\d+)"/gu)].map(([, size]) => Number(size))
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(26)
})

test('of what is sensitive neither the title nor the building nor anybody’s words stand there; no phones, no tellers', async () => {
  const all = [...parts.values()].join('')
  expect(all).not.toContain(PHONE)
  expect(all).not.toContain(TELLER)
  const rows = documentOf(parts).flatMap((one) => (typeof one === 'string' ? [] : one))
  const hidden = rows.filter((cells) => cells.some((cell) => cell.includes('（敏感，不写）')))
  expect(hidden.length).toBeGreaterThan(0)
  for (const cells of hidden) expect(cells.join(), String(cells)).not.toMatch(/栋|单元|〔|修好|问过|等拨款|请物业/u)
  const sensitive = await ledger.db
    .selectFrom('concern')
    .innerJoin('category', 'category.code', 'concern.category')
    .select('no')
    .where((where) => where.or([where('concern.sensitive', '=', 1), where('category.sensitive', '=', 1)]))
    .execute()
  const numbers = new Set(sensitive.map(({ no }) => `${no}号`))
  for (const cells of rows) {
    const no = cells.map((cell) => /^\d+号/u.exec(cell)?.[0]).find((one) => one !== undefined)
    if (no !== undefined && numbers.has(no)) expect(cells.join()).toContain('（敏感，不写）')
  }
})

test('the file itself says who made it, and the cover that no sentence is by AI', async () => {
  expect(parts.get('docProps/custom.xml')).toContain('AIGC')
  expect(parts.get('docProps/core.xml')).toContain('以上由AI整理,请核对')
  expect(documentOf(parts).join()).toContain('没有一句是AI写的')
  const byRules = partsOf(await renderMonth(ledger.db, MAY, optionsOf(ledger, 'rules')))
  expect(byRules.get('docProps/custom.xml') ?? '').not.toContain('AIGC')
  expect(documentOf(byRules).join()).toContain('以上由关键词规则整理，请核对')
})

test('an empty month says so everywhere, and a month before the ledger began is held against nothing', async () => {
  await using empty = Object.assign(await prepareLedger(await openDatabase(':memory:')), {
    async [Symbol.asyncDispose]() {
      await empty.close()
    },
  })
  const figures = await collectMonth(empty.db, MAY, NOW, on('05-18 09:00'))
  const { parts: story } = monthlyPack(figures, optionsOf(empty))
  const texts = story.flatMap((part) => ('text' in part ? [part.text] : part.kind === 'points' ? part.items : []))
  expect(texts).toEqual([
    '一、5月的数字',
    '5月记下0件,没有紧急的;办结0件。月底还有0件在办。4月还没有开始记,没有可比的。',
    '一共',
    '二、同一栋楼反复有事',
    '5月没有哪一栋楼记了三件以上。',
    '三、还没办完的,为什么',
    '没有过了期限还没办完的。',
    '四、要请大家定的事',
    '没有等着定的事。',
    '五、建议讨论的话题',
    '没有特别要讨论的。',
    '六、好消息',
    '5月没有好消息可报。',
    '七、5月会上定的事,办得怎样',
    '5月没有在支委会上记下决定。',
    '八、还没读到、还没确认的',
    '5月读了0条消息。',
    '没有等确认的事。',
  ])
  const [table] = story.filter((part) => part.kind === 'table')
  expect(table).toMatchObject({ head: ['', '5月'] })
})

test.each([
  [2, '多2件'],
  [-3, '少3件'],
  [0, '一样'],
])('%i against the month before is %s', (change, text) => {
  expect(changeText(change)).toBe(text)
})
