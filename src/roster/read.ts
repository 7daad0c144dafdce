import { arrangeRoster } from './arrange.ts'
import { checkRoster, type Found } from './check.ts'
import { type Row, readRows } from './csv.ts'
import { type RosterProblem, RosterProblems } from './problems.ts'
import type { Building, BuildingHead, Compound, GridOfficer, Member, PartyGroup, Roster } from './roster.ts'

/**
 * Reads compounds.csv, buildings.csv, party_groups.csv, members.csv, building_heads.csv and grid_officers.csv.
 * @throws RosterProblems with everything that is wrong, each with its file and line; nothing is half read.
 */
export function readRosterFolder(dir: string): Roster {
  const problems: RosterProblem[] = []
  const found: Found = {
    compounds: readRows(dir, 'compounds.csv', ['name', 'aliases'], problems).map((row) => ({
      row,
      value: compoundFrom(row),
    })),
    partyGroups: readRows(dir, 'party_groups.csv', ['number', 'name', 'leader', 'contact_point'], problems).map(
      (row) => ({ row, value: partyGroupFrom(row, problems) }),
    ),
    buildings: readRows(
      dir,
      'buildings.csv',
      ['code', 'compound', 'name', 'aliases', 'units', 'households', 'party_group'],
      problems,
    ).map((row) => ({ row, value: buildingFrom(row, problems) })),
    members: readRows(
      dir,
      'members.csv',
      ['name', 'sex', 'age', 'post', 'service_corps', 'party_group', 'home_building', 'wechat_names', 'phone'],
      problems,
    ).map((row) => ({ row, value: memberFrom(row, problems) })),
    heads: readRows(dir, 'building_heads.csv', ['building', 'name', 'phone', 'is_party_member'], problems).map(
      (row) => ({ row, value: headFrom(row, problems) }),
    ),
    gridOfficers: readRows(dir, 'grid_officers.csv', ['compound', 'name', 'phone'], problems).map((row) => ({
      row,
      value: gridOfficerFrom(row),
    })),
  }
  problems.push(...checkRoster(found, new Set(problems.map(({ file }) => file))))
  if (problems.length > 0) throw new RosterProblems(inFileOrder(problems))
  return arrangeRoster({
    compounds: found.compounds.map(({ value }) => value),
    buildings: found.buildings.map(({ value }) => value),
    partyGroups: found.partyGroups.map(({ value }) => value),
    members: found.members.map(({ value }) => value),
    heads: found.heads.map(({ value }) => value).filter(({ name }) => name !== ''),
    gridOfficers: found.gridOfficers.map(({ value }) => value).filter(({ name }) => name !== ''),
  })
}

/**
 * The names in a cell: 「碧阳国际|碧阳」「碧阳国际、碧阳」「碧阳国际;碧阳」 give two each; 「一期5栋」 gives one, 「」 none.
 */
export function splitNames(cell: string): string[] {
  return [...new Set(cell.split(/[|｜、;；,，]/).map((name) => name.trim()))].filter((name) => name !== '')
}

function compoundFrom({ cells }: Row<'name' | 'aliases'>): Compound {
  return { name: cells.name, aliases: splitNames(cells.aliases).filter((alias) => alias !== cells.name) }
}

function buildingFrom(
  row: Row<'code' | 'compound' | 'name' | 'aliases' | 'units' | 'households' | 'party_group'>,
  problems: RosterProblem[],
): Building {
  const { cells } = row
  return {
    code: cells.code,
    compound: cells.compound,
    name: cells.name,
    aliases: splitNames(cells.aliases).filter((alias) => alias !== cells.name),
    units: numberFrom(row, '单元数 units', cells.units, 1, problems),
    households: numberFrom(row, '户数 households', cells.households, 0, problems),
    partyGroup:
      cells.party_group === ''
        ? complain(row, `楼栋「${cells.code}」没有写党小组`, problems)
        : numberFrom(row, '党小组 party_group', cells.party_group, 1, problems),
    retired: false,
  }
}

function partyGroupFrom(
  row: Row<'number' | 'name' | 'leader' | 'contact_point'>,
  problems: RosterProblem[],
): PartyGroup {
  const { cells } = row
  return {
    number: numberFrom(row, '编号 number', cells.number, 1, problems),
    name: cells.name,
    leader: cells.leader || null,
    contactPoint: cells.contact_point || null,
  }
}

function memberFrom(
  row: Row<
    'name' | 'sex' | 'age' | 'post' | 'service_corps' | 'party_group' | 'home_building' | 'wechat_names' | 'phone'
  >,
  problems: RosterProblem[],
): Member {
  const { cells } = row
  return {
    name: cells.name,
    sex: sexFrom(row, cells.sex, problems),
    age: numberFrom(row, '年龄 age', cells.age, 1, problems),
    post: cells.post || '党员',
    serviceCorps: cells.service_corps || null,
    partyGroup: numberFrom(row, '党小组 party_group', cells.party_group, 1, problems),
    homeBuilding: cells.home_building,
    wechatNames: splitNames(cells.wechat_names),
    phone: cells.phone || null,
    retired: false,
  }
}

function headFrom(
  row: Row<'building' | 'name' | 'phone' | 'is_party_member'>,
  problems: RosterProblem[],
): BuildingHead {
  const { cells } = row
  const said = cells.is_party_member.toLowerCase()
  if (!['yes', 'no', '是', '否', ''].includes(said)) {
    complain(row, `是否党员 is_party_member 要写 yes 或 no,现在是「${cells.is_party_member}」`, problems)
  }
  return {
    building: cells.building,
    name: cells.name,
    phone: cells.phone || null,
    isPartyMember: said === 'yes' || said === '是',
  }
}

function gridOfficerFrom({ cells }: Row<'compound' | 'name' | 'phone'>): GridOfficer {
  return { compound: cells.compound, name: cells.name, phone: cells.phone || null }
}

function numberFrom(row: Row<string>, what: string, cell: string, least: number, problems: RosterProblem[]): number {
  const digits = cell.normalize('NFKC')
  const value = /^\d{1,6}$/.test(digits) ? Number(digits) : Number.NaN
  if (value >= least) return value
  return complain(row, `${what} 要写${least === 0 ? '不小于0的' : ''}数字,现在是「${cell}」`, problems)
}

function sexFrom(row: Row<string>, cell: string, problems: RosterProblem[]): 'F' | 'M' {
  const said = cell.toUpperCase()
  if (said === 'F' || said === '女') return 'F'
  if (said !== 'M' && said !== '男') complain(row, `性别 sex 要写 F(女)或 M(男),现在是「${cell}」`, problems)
  return 'M'
}

/** NaN stands for a number that is already complained about, so that no second problem grows out of it. */
function complain({ file, line }: Row<string>, text: string, problems: RosterProblem[]): number {
  problems.push({ file, line, text })
  return Number.NaN
}

const FILES = [
  'compounds.csv',
  'buildings.csv',
  'party_groups.csv',
  'members.csv',
  'building_heads.csv',
  'grid_officers.csv',
]

function inFileOrder(problems: RosterProblem[]): RosterProblem[] {
  return [...problems].sort(
    (one, other) => FILES.indexOf(one.file) - FILES.indexOf(other.file) || one.line - other.line,
  )
}
