import type { Row } from './csv.ts'
import { foldName } from './fold.ts'
import type { RosterProblem } from './problems.ts'
import type { Building, BuildingHead, Compound, GridOfficer, Member, PartyGroup } from './roster.ts'

/** A value together with the row it was read from. */
export type FromRow<T> = { row: Row<string>; value: T }

export type Found = {
  compounds: FromRow<Compound>[]
  buildings: FromRow<Building>[]
  partyGroups: FromRow<PartyGroup>[]
  members: FromRow<Member>[]
  heads: FromRow<BuildingHead>[]
  gridOfficers: FromRow<GridOfficer>[]
}

const LEADER = '党小组组长'

/**
 * What does not fit together over the files: unknown or doubled names, groups without leader, heads nobody knows.
 * A file in `broken` with no rows could not be read: what refers to it is not complained about as well.
 */
export function checkRoster(found: Found, broken: ReadonlySet<string>): RosterProblem[] {
  const known = {
    compounds: knownNames(found.compounds, (one) => one.name, broken, 'compounds.csv'),
    buildings: knownNames(found.buildings, (one) => one.code, broken, 'buildings.csv'),
    groups: knownNames(found.partyGroups, (one) => String(one.number), broken, 'party_groups.csv'),
    members: knownNames(found.members, (one) => one.name, broken, 'members.csv'),
  }
  return [
    ...checkCompounds(found.compounds),
    ...checkBuildings(found, known),
    ...checkGroups(found, known),
    ...checkMembers(found.members, known),
    ...checkHeads(found.heads, known),
    ...checkGridOfficers(found.gridOfficers, known),
  ]
}

/** Null when the file could not be read: then everything counts as known. */
type Names = ReadonlySet<string> | null
type Known = { compounds: Names; buildings: Names; groups: Names; members: Names }

function knownNames<T>(
  rows: FromRow<T>[],
  key: (value: T) => string,
  broken: ReadonlySet<string>,
  file: string,
): Names {
  if (rows.length === 0 && broken.has(file)) return null
  return new Set(rows.map(({ value }) => key(value)))
}

function isUnknown(names: Names, name: string): boolean {
  return names !== null && !names.has(name)
}

function problem({ row }: { row: Row<string> }, text: string): RosterProblem {
  return { file: row.file, line: row.line, text }
}

function checkCompounds(compounds: FromRow<Compound>[]): RosterProblem[] {
  const problems: RosterProblem[] = []
  const owner = new Map<string, number>()
  for (const one of compounds) {
    if (one.value.name === '') problems.push(problem(one, '没有写小区名称'))
    for (const name of [one.value.name, ...one.value.aliases].filter((name) => name !== '')) {
      const line = owner.get(foldName(name))
      if (line !== undefined && line !== one.row.line) {
        problems.push(problem(one, `「${name}」第${line}行的小区已经用了,两个小区不能有同样的叫法`))
      }
      owner.set(foldName(name), line ?? one.row.line)
    }
  }
  return problems
}

function checkBuildings({ buildings, compounds }: Found, known: Known): RosterProblem[] {
  const problems: RosterProblem[] = doubles(
    buildings,
    (one) => one.code,
    (code) => `楼栋编号「${code}」`,
  )
  const compoundNames = new Map(
    compounds.flatMap(({ value }) => [value.name, ...value.aliases].map((name) => [foldName(name), value.name])),
  )
  const owner = new Map<string, FromRow<Building>>()
  for (const one of buildings) {
    const { code, compound, name, aliases, partyGroup } = one.value
    if (code === '') problems.push(problem(one, '没有写楼栋编号 code'))
    if (name === '') problems.push(problem(one, `楼栋「${code}」没有写名称 name`))
    if (isUnknown(known.compounds, compound)) problems.push(problem(one, `小区「${compound}」不在 compounds.csv 里`))
    if (!Number.isNaN(partyGroup) && isUnknown(known.groups, String(partyGroup))) {
      problems.push(problem(one, `第${partyGroup}党小组不在 party_groups.csv 里`))
    }
    for (const said of [name, ...aliases].filter((said) => said !== '')) {
      const key = `${compound}|${foldName(said)}`
      const first = owner.get(key)
      if (first && first !== one) {
        problems.push(problem(one, `「${compound}」里「${said}」已经是第${first.row.line}行的楼栋,一个叫法只能指一栋`))
      }
      owner.set(key, first ?? one)
      const taken = compoundNames.get(foldName(said))
      if (taken) problems.push(problem(one, `楼栋叫法「${said}」和小区「${taken}」的叫法一样`))
    }
  }
  return problems
}

function checkGroups({ partyGroups, members }: Found, known: Known): RosterProblem[] {
  const numbered = partyGroups.filter(({ value }) => !Number.isNaN(value.number))
  const problems = [
    ...doubles(
      numbered,
      (one) => String(one.number),
      (number) => `第${number}党小组`,
    ),
    ...doubles(
      partyGroups,
      (one) => one.name,
      (name) => `党小组名称「${name}」`,
    ),
  ]
  const memberOf = new Map(members.map(({ value }) => [value.name, value]))
  for (const one of partyGroups) {
    const { number, name, leader, contactPoint } = one.value
    if (name === '') problems.push(problem(one, '没有写党小组名称 name'))
    if (contactPoint !== null && isUnknown(known.buildings, contactPoint)) {
      problems.push(problem(one, `联系点楼栋「${contactPoint}」不在 buildings.csv 里`))
    }
    const member = leader === null ? undefined : memberOf.get(leader)
    if (leader === null) problems.push(problem(one, `${name}没有组长`))
    else if (isUnknown(known.members, leader)) problems.push(problem(one, `组长「${leader}」不在 members.csv 里`))
    else if (member && member.partyGroup !== number) {
      problems.push(problem(one, `组长「${leader}」在 members.csv 里属于第${member.partyGroup}党小组`))
    } else if (member && member.post !== LEADER) {
      problems.push(problem(one, `「${leader}」在 members.csv 里的职务是「${member.post}」,不是${LEADER}`))
    }
  }
  return [...problems, ...secondLeaders(members)]
}

function secondLeaders(members: FromRow<Member>[]): RosterProblem[] {
  const first = new Map<number, string>()
  return members.flatMap((one) => {
    const { name, post, partyGroup } = one.value
    if (post !== LEADER || Number.isNaN(partyGroup)) return []
    const leader = first.get(partyGroup)
    if (leader === undefined) {
      first.set(partyGroup, name)
      return []
    }
    return [problem(one, `第${partyGroup}党小组有两个组长:「${leader}」和「${name}」`)]
  })
}

function checkMembers(members: FromRow<Member>[], known: Known): RosterProblem[] {
  const problems = doubles(
    members,
    (one) => one.name,
    (name) => `党员「${name}」`,
  )
  for (const one of members) {
    const { name, partyGroup, homeBuilding } = one.value
    if (name === '') problems.push(problem(one, '没有写姓名'))
    if (!Number.isNaN(partyGroup) && isUnknown(known.groups, String(partyGroup))) {
      problems.push(problem(one, `第${partyGroup}党小组不在 party_groups.csv 里`))
    }
    if (isUnknown(known.buildings, homeBuilding)) {
      problems.push(problem(one, `「${name}」的住处「${homeBuilding}」不在 buildings.csv 里`))
    }
  }
  return problems
}

function checkHeads(heads: FromRow<BuildingHead>[], known: Known): RosterProblem[] {
  const problems = doubles(
    heads,
    (one) => one.building,
    (code) => `楼栋「${code}」的楼栋长`,
  )
  for (const one of heads) {
    const { building, name, isPartyMember } = one.value
    if (isUnknown(known.buildings, building)) problems.push(problem(one, `楼栋「${building}」不在 buildings.csv 里`))
    if (name !== '' && isPartyMember && isUnknown(known.members, name)) {
      problems.push(problem(one, `楼栋长「${name}」写的是党员,但不在 members.csv 里`))
    }
  }
  return problems
}

function checkGridOfficers(officers: FromRow<GridOfficer>[], known: Known): RosterProblem[] {
  const unknown = officers.filter(({ value }) => isUnknown(known.compounds, value.compound))
  return [
    ...doubles(
      officers,
      (one) => one.compound,
      (name) => `小区「${name}」的网格员`,
    ),
    ...unknown.map((one) => problem(one, `小区「${one.value.compound}」不在 compounds.csv 里`)),
  ]
}

/** One problem for every row after the first that has the same key; an empty key is another problem's business. */
function doubles<T>(rows: FromRow<T>[], key: (value: T) => string, say: (key: string) => string): RosterProblem[] {
  const first = new Map<string, number>()
  return rows.flatMap((one) => {
    const name = key(one.value)
    if (name === '') return []
    const line = first.get(name)
    if (line === undefined) {
      first.set(name, one.row.line)
      return []
    }
    return [problem(one, `${say(name)}重复了,第${line}行已经有`)]
  })
}
