import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLedgerFolder } from '../../src/cli/ledger-folder.ts'
import { buildProgram } from '../../src/cli/program.ts'
import { writeSamples } from '../../src/cli/samples.ts'
import { writeContacts, writeLedger, writeMonthly } from '../../src/cli/write-files.ts'
import { fileConcern, moveConcern, type NewConcern } from '../../src/concerns/ledger.ts'
import { loadConfig } from '../../src/config.ts'
import { pngSize } from '../../src/outputs/picture/png-label.ts'
import { partsOf } from '../outputs/package-parts.ts'

const DRAFT: Omit<NewConcern, 'title' | 'toldAt'> = {
  ...{ detail: '', nature: 'help', category: 'elevator', urgency: 'yellow', source: '群聊', sensitive: false },
  place: { kind: 'building', compound: '碧阳国际小区', building: 'BY-12', unit: 1, partyGroup: 2 },
  ...{ placeWords: '12栋一单元', reporter: '贾明秀', reporterId: '贾明秀', collectedBy: null, doubt: null },
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'written-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function config() {
  return loadConfig({ DATA_DIR: join(folder, 'data') })
}

function textOf(file: string): string {
  return [...partsOf(readFileSync(join(folder, file))).values()].join('')
}

test('samples writes every output from the sample week; phones stand in the operator’s file alone', async () => {
  await writeSamples(folder)
  const files = readdirSync(folder)
  const pictures = files.filter((file) => file.endsWith('.png'))
  expect(pictures).toEqual(expect.arrayContaining(['digest-1.png', 'summary-1.png']))
  for (const file of pictures) expect(pngSize(readFileSync(join(folder, file))).width).toBe(1080)
  expect(readFileSync(join(folder, 'digest.txt'), 'utf8')).toContain('一周民情汇总 5月18日—5月24日')
  expect(textOf('ledger.xlsx')).toMatch(/第1次.*书面协议/su)
  expect(textOf('monthly.docx')).toContain('2026年5月')
  const phone = /10000\d{6}/u
  const withPhones = ['ledger.xlsx', 'monthly.docx', 'contacts.xlsx'].filter((file) => phone.test(textOf(file)))
  expect(withPhones).toEqual(['contacts.xlsx'])
}, 30_000)

test('ledger, monthly and contacts-file write what only its owner may read, beside a running bot, over nothing that is there', async () => {
  const bot = await openLedgerFolder(config().dataDir)
  const path = (name: string) => join(folder, 'out', name)
  await writeLedger(config(), path('台账.xlsx'))
  await writeMonthly(config(), path('月报.docx'), '2026-05')
  await writeContacts(config(), path('电话.xlsx'))
  for (const name of readdirSync(join(folder, 'out'))) expect(statSync(path(name)).mode & 0o777).toBe(0o600)
  expect(textOf('out/月报.docx')).toContain('2026年5月')
  await expect(writeLedger(config(), path('台账.xlsx'))).rejects.toThrow('已经有了,请换个名字')
  await bot.close()
})

test('contacts-file leaves out what is settled', async () => {
  const { db, close } = await openLedgerFolder(config().dataDir)
  const now = new Date('2026-05-18T01:00:00Z')
  const secretary = { kind: 'person', name: '史德芬' } as const
  for (const title of ['电梯停运', '路灯不亮'])
    await fileConcern(db, { ...DRAFT, title, toldAt: now }, [], secretary, now)
  await moveConcern(db, 2, { to: 'resolved', result: '换了灯泡' }, secretary, now)
  await close()
  await writeContacts(config(), join(folder, '电话.xlsx'))
  const text = textOf('电话.xlsx')
  expect([text.includes('电梯停运'), text.includes('路灯不亮')]).toEqual([true, false])
})

test('a wrong name, a wrong month or no ledger gets a sentence', async () => {
  await expect(writeLedger(config(), 'x.xlsx')).rejects.toThrow('里还没有台账')
  await expect(writeLedger(config(), 'x.csv')).rejects.toThrow('文件名要以 .xlsx 结尾')
  await expect(writeMonthly(config(), 'x.pdf', undefined)).rejects.toThrow('文件名要以 .docx 结尾')
  await expect(writeMonthly(config(), 'x.docx', '2026-13')).rejects.toThrow('“2026-13”不是月份')
})

test.each(['2', '29', '31', '初十'])('a 主题党日 on day %s gets a sentence', (day) => {
  expect(() => loadConfig({ PARTY_DAY: day })).toThrow('PARTY_DAY:要是 3 到 28 之间的一天')
})

test('the command line knows them', () => {
  const names = buildProgram().commands.map((command) => command.name())
  expect(names).toEqual(expect.arrayContaining(['ledger', 'contacts-file', 'monthly', 'samples']))
})
