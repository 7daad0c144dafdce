import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Db, findDamage, openDatabase } from '../../db/database.ts'
import { arrangeRoster } from '../../src/roster/arrange.ts'
import { describeChanges } from '../../src/roster/changes.ts'
import { loadRoster, saveRoster } from '../../src/roster/repository.ts'
import { resolvePlace } from '../../src/roster/resolve.ts'
import type { Building, Member, Roster } from '../../src/roster/roster.ts'
import { sample } from './sample.ts'

let db: Db
beforeEach(async () => {
  db = await openDatabase(':memory:')
})
afterEach(() => db.destroy())

describe('a saved roster', () => {
  test('is loaded as it was read, and frozen', async () => {
    await saveRoster(db, sample)
    const loaded = await loadRoster(db)
    expect(loaded).toEqual(sample)
    expect(Object.isFrozen(loaded.members)).toBe(true)
  })

  test('is the same when it is saved again', async () => {
    await saveRoster(db, sample)
    await saveRoster(db, await loadRoster(db))
    expect(await loadRoster(db)).toEqual(sample)
    expect(describeChanges(await loadRoster(db), sample)).toEqual([])
  })

  test('is not half saved when something in it does not fit', async () => {
    await saveRoster(db, sample)
    const broken = {
      ...changed({ households: 1 }),
      heads: [{ building: 'XX', name: '谁', phone: null, isPartyMember: false }],
    }
    await expect(saveRoster(db, broken)).rejects.toThrow()
    expect(await loadRoster(db)).toEqual(sample)
  })

  test('joins a transaction that is already open', async () => {
    await db.transaction().execute((trx) => saveRoster(trx, sample))
    expect(await loadRoster(db)).toEqual(sample)
  })
})

describe('what vanished', () => {
  test('is retired, not deleted; it never resolves and comes back as it was', async () => {
    await saveRoster(db, sample)
    const fewer = arrangeRoster({
      ...sample,
      buildings: sample.buildings.filter(({ code }) => code !== 'BY-23'),
      heads: sample.heads.filter(({ building }) => building !== 'BY-23'),
      members: sample.members.filter(({ homeBuilding }) => homeBuilding !== 'BY-23'),
    })
    const lines = describeChanges(await loadRoster(db), fewer)
    expect(lines).toContain('停用楼栋碧阳国际小区23栋')
    expect(lines).toContain('党员唐家祥不再在册')
    await saveRoster(db, fewer)
    const loaded = await loadRoster(db)
    expect(loaded.buildings).toHaveLength(78)
    expect(loaded.buildings.find(({ code }) => code === 'BY-23')?.retired).toBe(true)
    expect(loaded.members.find(({ name }) => name === '唐家祥')).toMatchObject({ retired: true, wechatNames: [] })
    expect(describeChanges(loaded, fewer)).toEqual([])
    for (const words of ['23栋', '碧阳23栋', '我们栋']) {
      const question = { kind: 'building' as const, words, text: words, conversation: [], homes: ['BY-23'], askers: [] }
      expect(resolvePlace(loaded, question)).toMatchObject({ kind: 'ambiguous', building: null })
    }
    expect(describeChanges(loaded, sample)).toContain('重新启用楼栋碧阳国际小区23栋(第3党小组)')
    await saveRoster(db, sample)
    expect(await loadRoster(db)).toEqual(sample)
  })

  test('gives its name to the building that bears it now', async () => {
    await saveRoster(db, sample)
    const recoded = mapBuildings((one) => (one.code === 'BY-05' ? { ...one, code: 'BY-5' } : one), { 'BY-05': 'BY-5' })
    await saveRoster(db, recoded)
    const loaded = await loadRoster(db)
    expect(loaded.buildings.find(({ code }) => code === 'BY-5')?.name).toBe('5栋')
    expect(loaded.buildings.find(({ code }) => code === 'BY-05')).toMatchObject({ retired: true, name: '5栋(原BY-05)' })
    expect(await findDamage(db)).toEqual([])
  })

  test('may be a whole compound with its group', async () => {
    await saveRoster(db, sample)
    const gone = '供销社家属院'
    const fewer: Roster = arrangeRoster({
      compounds: sample.compounds.filter(({ name }) => name !== gone),
      buildings: sample.buildings.filter(({ compound }) => compound !== gone),
      partyGroups: sample.partyGroups.filter(({ number }) => number !== 10),
      members: sample.members.filter(({ partyGroup }) => partyGroup !== 10),
      heads: sample.heads.filter(({ building }) => !building.startsWith('GX')),
      gridOfficers: sample.gridOfficers.filter(({ compound }) => compound !== gone),
    })
    const lines = describeChanges(sample, fewer)
    expect(lines).toContain('停用小区供销社家属院')
    expect(lines).toContain('停用第十党小组')
    await saveRoster(db, fewer)
    expect(describeChanges(await loadRoster(db), fewer)).toEqual([])
  })
})

describe('names that move', () => {
  test('may be swapped between buildings and between groups', async () => {
    await saveRoster(db, sample)
    const swap: Record<string, string> = { '5栋': '6栋', '6栋': '5栋' }
    const moved: Roster = {
      ...mapBuildings((one) => (one.compound === '碧阳国际小区' ? { ...one, name: swap[one.name] ?? one.name } : one)),
      partyGroups: sample.partyGroups.map((one) => {
        const names: Record<number, string> = { 1: '第二党小组', 2: '第一党小组' }
        return { ...one, name: names[one.number] ?? one.name }
      }),
    }
    await saveRoster(db, moved)
    expect(await loadRoster(db)).toEqual(arrangeRoster(moved))
  })
})

describe('the list of changes', () => {
  test('is one line of counts for an empty database', async () => {
    expect(describeChanges(await loadRoster(db), sample)).toEqual([
      '首次导入:小区4个,楼栋78栋,党小组10个,党员48名,楼栋长78名,网格员4名',
    ])
  })

  test('is empty when nothing changes', () => expect(describeChanges(sample, sample)).toEqual([]))

  test.each<[string, Roster, string[]]>([
    ['another group', changed({ partyGroup: 5 }), ['碧阳国际小区12栋:党小组由2改为5']],
    [
      'more units',
      changed({ units: 4, aliases: ['12幢'] }),
      ['碧阳国际小区12栋:单元数由2改为4', '碧阳国际小区12栋:叫法由无改为12幢'],
    ],
    ['another name', changed({ name: '12号楼' }), ['楼栋碧阳国际小区12栋改名为碧阳国际小区12号楼']],
    [
      'a new head',
      { ...sample, heads: sample.heads.map((one) => (one.building === 'BY-12' ? { ...one, name: '新楼长' } : one)) },
      ['新任楼栋长:碧阳国际小区12栋 新楼长(原贾明秀)'],
    ],
    [
      'a vacancy',
      { ...sample, heads: sample.heads.filter((one) => one.building !== 'BY-12') },
      ['楼栋长空缺:碧阳国际小区12栋(原贾明秀)'],
    ],
    ['a new phone', changedMember({ phone: '10000099999' }), ['丁惠芳:电话有变']],
    [
      'a move',
      changedMember({ homeBuilding: 'BY-03', age: 69 }),
      ['丁惠芳:年龄由68改为69', '丁惠芳:住处由碧阳国际小区2栋改为碧阳国际小区3栋'],
    ],
    [
      'a new grid officer',
      {
        ...sample,
        gridOfficers: sample.gridOfficers.map((one) => (one.name === '胡翠萍' ? { ...one, name: '新网格' } : one)),
      },
      ['新任网格员:碧阳国际小区 新网格(原胡翠萍)'],
    ],
    [
      'a new leader',
      {
        ...sample,
        partyGroups: sample.partyGroups.map((one) => (one.number === 2 ? { ...one, leader: '沈维新' } : one)),
      },
      ['第二党小组:组长由武昌荣改为沈维新'],
    ],
  ])('tells %s', (_, after, lines) => expect(describeChanges(sample, after)).toEqual(lines))

  test('never writes a phone number', () => {
    const after: Roster = {
      ...sample,
      members: sample.members.map((one) => ({ ...one, phone: '10000099999' })),
      heads: sample.heads.map((one) => ({ ...one, phone: '10000099999' })),
      gridOfficers: sample.gridOfficers.map((one) => ({ ...one, phone: null })),
    }
    const lines = describeChanges(sample, after)
    expect(lines).toHaveLength(48 + 78 + 4)
    expect(lines.join('\n')).not.toMatch(/\d{5}/)
  })
})

function changed(part: Partial<Building>): Roster {
  return mapBuildings((one) => (one.code === 'BY-12' ? { ...one, ...part } : one))
}

function mapBuildings(change: (one: Building) => Building, codes: Record<string, string> = {}): Roster {
  const code = (old: string) => codes[old] ?? old
  return {
    ...sample,
    buildings: sample.buildings.map(change),
    members: sample.members.map((one) => ({ ...one, homeBuilding: code(one.homeBuilding) })),
    partyGroups: sample.partyGroups.map((one) => ({
      ...one,
      contactPoint: one.contactPoint && code(one.contactPoint),
    })),
    heads: sample.heads.map((one) => ({ ...one, building: code(one.building) })),
  }
}

function changedMember(part: Partial<Member>): Roster {
  return { ...sample, members: sample.members.map((one) => (one.name === '丁惠芳' ? { ...one, ...part } : one)) }
}
