import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMasker } from '../../src/privacy/mask.ts'

// Names cannot all be known: those of the roster and surnames with a title are held to a floor, others are reported.
const ROSTER = readFileSync(join(import.meta.dirname, '../../db/roster/members.csv'), 'utf8')
  .split('\n')
  .slice(1)
  .flatMap((line) => line.split(',')[0] || [])
const SENTENCES = [
  'NAME家的水管漏了',
  '我去看看NAME',
  '7栋的NAME说楼道灯不亮',
  '刚才NAME打电话来',
  '请NAME帮忙问一下物业',
  '@NAME 收到',
]
const TITLES = ['大爷', '孃', '婆婆', '叔', '姨', '姐', '哥', '老师', '阿姨', '师傅']
const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙马朱胡郭何罗高林']
const STRANGERS = ['韩桂枝', '邱玉梅', '雷正云', '向德全', '蒲小红', '母忠良', '敖国芬', '卯明兰', '陇世华', '禄文英']

function hiddenShare(names: readonly string[]): number {
  const cases = names.flatMap((name) => SENTENCES.map((sentence) => ({ name, text: sentence.replace('NAME', name) })))
  const masker = () => createMasker({ names: ROSTER, speakers: new Map() })
  return cases.filter(({ name, text }) => !masker().mask(text).includes(name)).length / cases.length
}

test('every name of the roster is hidden, and nearly every surname with a title; other names are reported', () => {
  const addressed = SURNAMES.flatMap((surname) => TITLES.map((title) => surname + title))
  const rates = { roster: hiddenShare(ROSTER), addressed: hiddenShare(addressed), strangers: hiddenShare(STRANGERS) }
  console.log(`names hidden: ${JSON.stringify(rates)}, ${ROSTER.length + addressed.length} names in 6 sentences each`)
  expect(ROSTER.length).toBeGreaterThanOrEqual(48)
  expect(rates.roster).toBe(1)
  expect(rates.addressed).toBeGreaterThanOrEqual(0.98)
})
