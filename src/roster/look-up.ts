import type { Building, BuildingHead, GridOfficer, Member, PartyGroup, Roster } from './roster.ts'

/** Building by code, retired ones included: old concerns still need their names. */
export function findBuilding(roster: Roster, code: string): Building | null {
  return roster.buildings.find((one) => one.code === code) ?? null
}

/** The party group that a building belongs to by table; null for an unknown code. */
export function partyGroupOf(roster: Roster, code: string): PartyGroup | null {
  const building = findBuilding(roster, code)
  return roster.partyGroups.find((one) => one.number === building?.partyGroup) ?? null
}

/** The head (楼栋长) of a building; null when the post is vacant or the code unknown. */
export function headOf(roster: Roster, code: string): BuildingHead | null {
  return roster.heads.find((one) => one.building === code) ?? null
}

/** The grid officer (网格员) of a compound; null when nobody is entered. */
export function gridOfficerOf(roster: Roster, compound: string): GridOfficer | null {
  return roster.gridOfficers.find((one) => one.compound === compound) ?? null
}

/** Who stands together for one building: leader of its party group, its head, the grid officer of its compound. */
export type SelfGoverningTeam = {
  partyGroup: PartyGroup | null
  leader: Member | null
  head: BuildingHead | null
  gridOfficer: GridOfficer | null
}

/** The self-governing team (自治小组) of a building; its posts may be vacant. An unknown code gives null. */
export function selfGoverningTeamOf(roster: Roster, code: string): SelfGoverningTeam | null {
  const building = findBuilding(roster, code)
  if (!building) return null
  const partyGroup = partyGroupOf(roster, code)
  return {
    partyGroup,
    leader: roster.members.find((one) => !one.retired && one.name === partyGroup?.leader) ?? null,
    head: headOf(roster, code),
    gridOfficer: gridOfficerOf(roster, building.compound),
  }
}

/** Whether a compound still has a building that is not retired. */
export function isInUse(roster: Roster, compound: string): boolean {
  return roster.buildings.some((one) => one.compound === compound && !one.retired)
}

/** A party group's own name, 第四党小组; by its number where the roster does not know it. */
export function partyGroupName({ partyGroups }: Roster, number: number): string {
  return partyGroups.find((group) => group.number === number)?.name ?? `第${number}党小组`
}

/** A building's full name for people: 碧阳国际小区12栋, 兰乔圣菲小区一期5栋, 供销社家属院12号楼. */
export function buildingName(building: Building): string {
  return building.compound + building.name
}

/**
 * A building's short name for people: 碧阳12栋, 兰乔一期5栋, 桂花苑A3栋, 家属院12号楼.
 * Shortest alias of the compound that is a piece of its name (on a tie the end of the name, which says what it is: 家属院,
 * not 供销社); shortest name of the building that keeps its own word (栋, 号楼). An unknown code is given back as it is.
 */
export function shortBuildingName(roster: Roster, code: string): string {
  const building = findBuilding(roster, code)
  if (!building) return code
  const word = /\D+$/.exec(building.name)?.[0] ?? ''
  const names = building.aliases.filter((alias) => alias.endsWith(word) && alias.length < building.name.length)
  return shortCompoundName(roster, building.compound) + shortest([building.name, ...names])
}

/** A compound's short name for people: 碧阳, 兰乔, 桂花苑, 家属院; an unknown compound as it is. */
export function shortCompoundName(roster: Roster, compound: string): string {
  const aliases = roster.compounds.find((one) => one.name === compound)?.aliases ?? []
  const pieces = aliases.filter((alias) => compound.includes(alias))
  const ends = pieces.filter((alias) => compound.endsWith(alias))
  return shortest([...ends, ...pieces, compound])
}

function shortest(names: readonly string[]): string {
  return names.reduce((best, name) => (name.length < best.length ? name : best))
}
