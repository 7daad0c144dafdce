import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { UserError } from '../../src/errors.ts'
import { RosterProblems } from '../../src/roster/problems.ts'
import { readRosterFolder, splitNames } from '../../src/roster/read.ts'
import { sample, sampleFolder } from './sample.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'roster-'))
  cpSync(sampleFolder, dir, { recursive: true })
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

describe('a good folder', () => {
  test('gives 4 compounds, 78 buildings, 10 party groups and 48 members, frozen', () => {
    expect(sample.compounds).toHaveLength(4)
    expect(sample.buildings).toHaveLength(78)
    expect(sample.partyGroups).toHaveLength(10)
    expect(sample.members).toHaveLength(48)
    expect(sample.heads).toHaveLength(78)
    expect(Object.isFrozen(sample.buildings[0]?.aliases)).toBe(true)
  })

  test('may carry a BOM, CRLF, full-width signs and 是/女', () => {
    edit('compounds.csv', (text) => `﻿${text.replaceAll('|', '｜').replaceAll(/\r?\n/g, '\r\n')}`)
    edit('members.csv', (text) => text.replace('丁惠芳,F,68', '丁惠芳,女,６８'))
    edit('building_heads.csv', (text) => text.replaceAll(',yes', ',是').replaceAll(',no', ',否'))
    expect(readRosterFolder(dir)).toEqual(sample)
  })

  test('may end its lines in more than one way', () => {
    edit('buildings.csv', (text) => text.replace(/\r?\n/u, '\n').replace(/(BY-03.*)\r?\n/u, '$1\r'))
    expect(readRosterFolder(dir)).toEqual(sample)
    edit('buildings.csv', (text) => text.replace(/BY-03(.*),\d+/u, 'BY-03$1,99'))
    expect(caught().problems).toContainEqual({ file: 'buildings.csv', line: 4, text: expect.stringContaining('99') })
  })

  test('may leave a head vacant, by an empty name or no row at all', () => {
    edit('building_heads.csv', (text) =>
      text.replace('BY-02,汪国强,10000010002,no', 'BY-02,,,').replace(/BY-03[^\n]*\n/, ''),
    )
    const heads = readRosterFolder(dir).heads.map(({ building }) => building)
    expect(heads).toHaveLength(76)
    expect(heads).not.toContain('BY-02')
  })

  test('may hold one WeChat name twice, as life does', () => {
    expect(sample.members.filter(({ wechatNames }) => wechatNames.includes('岁月如歌')).length).toBeGreaterThan(1)
  })

  test('separates names by every sign that volunteers use', () => {
    expect(splitNames('碧阳国际|碧阳、国际；甲;乙，丙｜ 丁 ')).toEqual([
      '碧阳国际',
      '碧阳',
      '国际',
      '甲',
      '乙',
      '丙',
      '丁',
    ])
  })
})

describe('what is wrong is told with file and line', () => {
  test.each<[string, string, (text: string) => string, string, number, string]>([
    [
      'a column is missing',
      'buildings.csv',
      (text) => text.replace('households', '户'),
      'buildings.csv',
      1,
      '缺少列:households',
    ],
    [
      'a compound is unknown',
      'buildings.csv',
      (text) => text.replace('BY-05,碧阳国际小区', 'BY-05,碧阳花园'),
      'buildings.csv',
      6,
      '小区「碧阳花园」不在',
    ],
    [
      'a code is doubled',
      'buildings.csv',
      (text) => text.replace('BY-06,', 'BY-05,'),
      'buildings.csv',
      7,
      '「BY-05」重复',
    ],
    [
      'a name is doubled in a compound',
      'buildings.csv',
      (text) => text.replace('碧阳国际小区,6栋', '碧阳国际小区,5栋'),
      'buildings.csv',
      7,
      '一个叫法只能指一栋',
    ],
    [
      'an alias names two buildings of a compound',
      'buildings.csv',
      (text) => text.replace('A4栋|A4', 'A4栋|A3'),
      'buildings.csv',
      51,
      '「A3」已经是第',
    ],
    [
      'one alias is another name in other digits',
      'buildings.csv',
      (text) => text.replace('一期2栋,1期2栋', '一期2栋,1期1栋'),
      'buildings.csv',
      27,
      '「1期1栋」已经是第',
    ],
    [
      'an alias names two compounds',
      'compounds.csv',
      (text) => text.replace('桂花苑|桂花园', '桂花苑|碧阳'),
      'compounds.csv',
      4,
      '「碧阳」第2行的小区已经用了',
    ],
    [
      'a building is called like a compound',
      'buildings.csv',
      (text) => text.replace('A4栋|A4', 'A4栋|兰乔'),
      'buildings.csv',
      51,
      '「兰乔」和小区',
    ],
    [
      'a building has no group',
      'buildings.csv',
      (text) => text.replace('5栋,,2,28,1', '5栋,,2,28,'),
      'buildings.csv',
      6,
      '没有写党小组',
    ],
    [
      'a building has an unknown group',
      'buildings.csv',
      (text) => text.replace('5栋,,2,28,1', '5栋,,2,28,11'),
      'buildings.csv',
      6,
      '第11党小组不在',
    ],
    [
      'a number is none',
      'buildings.csv',
      (text) => text.replace('5栋,,2,28,1', '5栋,,两个,28,1'),
      'buildings.csv',
      6,
      'units 要写',
    ],
    [
      'there are no units',
      'buildings.csv',
      (text) => text.replace('5栋,,2,28,1', '5栋,,0,28,1'),
      'buildings.csv',
      6,
      'units 要写',
    ],
    [
      'a group has no leader',
      'party_groups.csv',
      (text) => text.replace('第二党小组,武昌荣', '第二党小组,'),
      'party_groups.csv',
      3,
      '没有组长',
    ],
    [
      'a leader is nobody',
      'party_groups.csv',
      (text) => text.replace('武昌荣', '武小荣'),
      'party_groups.csv',
      3,
      '「武小荣」不在 members.csv',
    ],
    [
      'a leader is of another group',
      'party_groups.csv',
      (text) => text.replace('武昌荣', '丁惠芳'),
      'party_groups.csv',
      3,
      '属于第1党小组',
    ],
    [
      'a leader has another post',
      'party_groups.csv',
      (text) => text.replace('武昌荣', '沈维新'),
      'party_groups.csv',
      3,
      '不是党小组组长',
    ],
    [
      'a group has two leaders',
      'members.csv',
      (text) => text.replace('侯应龙,M,60,党员', '侯应龙,M,60,党小组组长'),
      'members.csv',
      3,
      '两个组长:「丁惠芳」和「侯应龙」',
    ],
    [
      'a contact point is unknown',
      'party_groups.csv',
      (text) => text.replace('BY-13', 'BY-88'),
      'party_groups.csv',
      3,
      '「BY-88」不在',
    ],
    [
      'a member stands twice',
      'members.csv',
      (text) => text.replace('朱德华,M', '侯应龙,M'),
      'members.csv',
      4,
      '党员「侯应龙」重复',
    ],
    [
      'an age is no number',
      'members.csv',
      (text) => text.replace('丁惠芳,F,68', '丁惠芳,F,六十八'),
      'members.csv',
      2,
      'age 要写',
    ],
    ['a sex is neither', 'members.csv', (text) => text.replace('丁惠芳,F', '丁惠芳,X'), 'members.csv', 2, 'sex 要写'],
    [
      'a home is unknown',
      'members.csv',
      (text) => text.replace('BY-02,平安是福', 'BY-92,平安是福'),
      'members.csv',
      2,
      '「BY-92」不在',
    ],
    [
      'a building has two heads',
      'building_heads.csv',
      (text) => text.replace('BY-03,', 'BY-02,'),
      'building_heads.csv',
      4,
      '「BY-02」的楼栋长重复',
    ],
    [
      'a head of nowhere',
      'building_heads.csv',
      (text) => text.replace('BY-03,', 'BY-93,'),
      'building_heads.csv',
      4,
      '「BY-93」不在',
    ],
    [
      'a head is no member though marked',
      'building_heads.csv',
      (text) => text.replace('汪国强,10000010002,no', '汪国强,10000010002,yes'),
      'building_heads.csv',
      3,
      '「汪国强」写的是党员',
    ],
    [
      'a mark is neither yes nor no',
      'building_heads.csv',
      (text) => text.replace('汪国强,10000010002,no', '汪国强,10000010002,maybe'),
      'building_heads.csv',
      3,
      'is_party_member 要写',
    ],
    [
      'a grid officer is of nowhere',
      'grid_officers.csv',
      (text) => text.replace('桂花苑小区', '桂花村'),
      'grid_officers.csv',
      4,
      '小区「桂花村」不在',
    ],
    [
      'a quote is not closed',
      'grid_officers.csv',
      (text) => text.replace('胡翠萍', '"胡翠萍'),
      'grid_officers.csv',
      2,
      '引号没有成对',
    ],
  ])('when %s', (_, file, spoil, where, line, text) => {
    edit(file, spoil)
    const { problems } = caught()
    expect(problems).toContainEqual({ file: where, line, text: expect.stringContaining(text) })
  })

  test('when a file is missing, once and without what follows from it', () => {
    rmSync(join(dir, 'buildings.csv'))
    expect(caught().problems).toEqual([{ file: 'buildings.csv', line: 1, text: '找不到这个文件' }])
  })

  test('when a file is GBK, with how to save it', () => {
    writeFileSync(join(dir, 'compounds.csv'), Buffer.from([0x6e, 0x61, 0x6d, 0x65, 0x2c, 0xb1, 0xcc, 0xd1, 0xf4, 0x0a]))
    const { problems } = caught()
    expect(problems).toHaveLength(1)
    expect(problems[0]?.text).toContain('CSV UTF-8')
  })

  test('all at once, as one readable list for the person who asked', () => {
    edit('members.csv', (text) => text.replace('丁惠芳,F,68', '丁惠芳,X,老'))
    edit('buildings.csv', (text) => text.replace('5栋,,2,28,1', '5栋,,2,28,'))
    const found = caught()
    expect(found).toBeInstanceOf(UserError)
    expect(found.problems).toHaveLength(3)
    expect(found.message).toMatch(
      /^花名册有3处要改.*\nbuildings\.csv 第6行:.*\nmembers\.csv 第2行:.*\nmembers\.csv 第2行:/,
    )
  })
})

function edit(file: string, change: (text: string) => string): void {
  const text = readFileSync(join(dir, file), 'utf8')
  const changed = change(text)
  if (changed === text) throw new Error(`the edit of ${file} changed nothing`)
  writeFileSync(join(dir, file), changed)
}

function caught(): RosterProblems {
  try {
    readRosterFolder(dir)
  } catch (error) {
    if (error instanceof RosterProblems) return error
    throw error
  }
  throw new Error('the folder was read without a problem')
}
