/** Who lives where and who answers for what, as one frozen value; loaded from tables, never guessed by a model. */
export type Roster = {
  compounds: readonly Compound[]
  buildings: readonly Building[]
  partyGroups: readonly PartyGroup[]
  members: readonly Member[]
  heads: readonly BuildingHead[]
  gridOfficers: readonly GridOfficer[]
}

export type Compound = { name: string; aliases: readonly string[] }

/** `name` is what residents of the compound say (一期5栋, A区3栋, 12号楼); retired ones stay for old concerns only. */
export type Building = {
  code: string
  compound: string
  name: string
  aliases: readonly string[]
  units: number
  households: number
  partyGroup: number
  retired: boolean
}

export type PartyGroup = { number: number; name: string; leader: string | null; contactPoint: string | null }

export type Member = {
  name: string
  sex: 'F' | 'M'
  age: number
  post: string
  serviceCorps: string | null
  partyGroup: number
  homeBuilding: string
  wechatNames: readonly string[]
  phone: string | null
  retired: boolean
}

export type BuildingHead = { building: string; name: string; phone: string | null; isPartyMember: boolean }

export type GridOfficer = { compound: string; name: string; phone: string | null }
