import { expect, test } from 'vitest'
import {
  buildingName,
  findBuilding,
  gridOfficerOf,
  headOf,
  partyGroupOf,
  selfGoverningTeamOf,
  shortBuildingName,
} from '../../src/roster/look-up.ts'
import { resolvePlace } from '../../src/roster/resolve.ts'
import { sample } from './sample.ts'

test.each([
  ['BY-12', '碧阳国际小区12栋', '碧阳12栋'],
  ['LQ1-05', '兰乔圣菲小区一期5栋', '兰乔一期5栋'],
  ['GH-A3', '桂花苑小区A区3栋', '桂花苑A3栋'],
  ['GX-12', '供销社家属院12号楼', '家属院12号楼'],
])('%s is called %s, in short %s', (code, full, short) => {
  expect(buildingName(findBuilding(sample, code)!)).toBe(full)
  expect(shortBuildingName(sample, code)).toBe(short)
})

test('both names of every building lead back to it', () => {
  for (const building of sample.buildings) {
    for (const words of [buildingName(building), shortBuildingName(sample, building.code)]) {
      const place = resolvePlace(sample, {
        kind: 'building',
        words,
        text: words,
        conversation: [],
        homes: [],
        askers: [],
      })
      expect(place.building, words).toBe(building.code)
    }
  }
})

test('leader, head and grid officer stand together for a building', () => {
  const team = selfGoverningTeamOf(sample, 'BY-12')
  expect(team?.partyGroup?.number).toBe(2)
  expect(team?.leader?.name).toBe('武昌荣')
  expect(team?.head?.name).toBe('贾明秀')
  expect(team?.gridOfficer?.name).toBe('胡翠萍')
})

test('a vacant post is null, and so is everything of an unknown building', () => {
  const vacant = { ...sample, heads: [], gridOfficers: [] }
  expect(headOf(vacant, 'BY-12')).toBeNull()
  expect(gridOfficerOf(vacant, '碧阳国际小区')).toBeNull()
  expect(partyGroupOf(sample, 'XX-1')).toBeNull()
  expect(selfGoverningTeamOf(sample, 'XX-1')).toBeNull()
  expect(shortBuildingName(sample, 'XX-1')).toBe('XX-1')
})
