import { type Db, inOneTransaction } from '../../db/database.ts'
import type { Flag } from '../../db/schema.ts'
import { arrangeRoster } from './arrange.ts'
import type { Building, Member, Roster } from './roster.ts'

/** The roster as the tables hold it, retired buildings and members included; frozen, and equal to what was saved. */
export async function loadRoster(db: Db): Promise<Roster> {
  const [compounds, groups, buildings, aliases, members, wechatNames, heads, gridOfficers] = await Promise.all([
    db.selectFrom('compound').selectAll().execute(),
    db.selectFrom('party_group').selectAll().execute(),
    db.selectFrom('building').selectAll().execute(),
    db.selectFrom('place_alias').selectAll().execute(),
    db.selectFrom('member').selectAll().execute(),
    db.selectFrom('wechat_name').selectAll().execute(),
    db.selectFrom('building_head').selectAll().execute(),
    db.selectFrom('grid_officer').selectAll().execute(),
  ])
  const ofCompound = Map.groupBy(
    aliases.filter((row) => row.building === null),
    (row) => row.compound,
  )
  const ofBuilding = Map.groupBy(aliases, (row) => row.building)
  const ofMember = Map.groupBy(wechatNames, (row) => row.member)
  return arrangeRoster({
    compounds: compounds.map(({ name }) => ({ name, aliases: (ofCompound.get(name) ?? []).map((row) => row.alias) })),
    buildings: buildings.map((row) => ({
      code: row.code,
      compound: row.compound,
      name: row.name,
      aliases: (ofBuilding.get(row.code) ?? []).map(({ alias }) => alias),
      units: row.units,
      households: row.households,
      partyGroup: row.party_group,
      retired: row.retired === 1,
    })),
    partyGroups: groups.map((row) => ({
      number: row.number,
      name: row.name,
      leader: row.leader,
      contactPoint: row.contact_point,
    })),
    members: members.map((row) => ({
      name: row.name,
      sex: row.sex === 'F' ? 'F' : 'M',
      age: row.age,
      post: row.post,
      serviceCorps: row.service_corps,
      partyGroup: row.party_group,
      homeBuilding: row.home_building,
      wechatNames: (ofMember.get(row.name) ?? []).map(({ name }) => name),
      phone: row.phone,
      retired: row.retired === 1,
    })),
    heads: heads.map((row) => ({
      building: row.building,
      name: row.name,
      phone: row.phone,
      isPartyMember: row.is_party_member === 1,
    })),
    gridOfficers,
  })
}

/**
 * Makes the tables say what `roster` says, in one transaction; saving the same again changes nothing.
 * Buildings and members that are no longer there are retired, never deleted; so are compounds and groups, which stay
 * behind empty. Heads, grid officers, aliases and WeChat names are replaced.
 */
export async function saveRoster(db: Db, roster: Roster): Promise<void> {
  await inOneTransaction(db, async (trx) => {
    await clearReplaced(trx)
    await saveCompounds(trx, roster)
    await saveGroups(trx, roster)
    await saveBuildings(trx, roster)
    await saveMembers(trx, roster.members)
    await saveReplaced(trx, roster)
  })
}

async function clearReplaced(db: Db): Promise<void> {
  await db.deleteFrom('place_alias').execute()
  await db.deleteFrom('wechat_name').execute()
  await db.deleteFrom('building_head').execute()
  await db.deleteFrom('grid_officer').execute()
}

async function saveCompounds(db: Db, roster: Roster): Promise<void> {
  for (const { name } of roster.compounds) {
    await db
      .insertInto('compound')
      .values({ name })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute()
  }
}

/** Names are unique: groups that change theirs first take one that nobody has, so that two may swap. */
async function saveGroups(db: Db, roster: Roster): Promise<void> {
  const wanted = new Map(roster.partyGroups.map((group) => [group.number, group]))
  const names = new Set(roster.partyGroups.map(({ name }) => name))
  for (const { number, name } of await db.selectFrom('party_group').select(['number', 'name']).execute()) {
    const group = wanted.get(number)
    if (group?.name === name) continue
    const spare = names.has(name) || group ? `${name}(原第${number})` : name
    await db.updateTable('party_group').set({ name: spare, leader: null }).where('number', '=', number).execute()
  }
  for (const { number, name, leader, contactPoint } of roster.partyGroups) {
    const row = { name, leader, contact_point: contactPoint }
    await db
      .insertInto('party_group')
      .values({ number, ...row })
      .onConflict((conflict) => conflict.column('number').doUpdateSet(row))
      .execute()
  }
}

/** As with groups: a retired building gives its name away if another one bears it now. */
async function saveBuildings(db: Db, roster: Roster): Promise<void> {
  const wanted = new Map(roster.buildings.map((building) => [building.code, building]))
  const names = new Set(roster.buildings.map(nameInCompound))
  for (const row of await db.selectFrom('building').select(['code', 'compound', 'name']).execute()) {
    const building = wanted.get(row.code)
    if (building && nameInCompound(building) === nameInCompound(row)) continue
    const name = names.has(nameInCompound(row)) || building ? `${row.name}(原${row.code})` : row.name
    await db.updateTable('building').set({ name, retired: 1 }).where('code', '=', row.code).execute()
  }
  for (const building of roster.buildings) {
    const row = buildingRow(building)
    await db
      .insertInto('building')
      .values({ code: building.code, ...row })
      .onConflict((conflict) => conflict.column('code').doUpdateSet(row))
      .execute()
  }
}

async function saveMembers(db: Db, members: readonly Member[]): Promise<void> {
  await db.updateTable('member').set({ retired: 1 }).execute()
  for (const member of members) {
    const row = {
      sex: member.sex,
      age: member.age,
      post: member.post,
      service_corps: member.serviceCorps,
      party_group: member.partyGroup,
      home_building: member.homeBuilding,
      phone: member.phone,
      retired: flag(member.retired),
    }
    await db
      .insertInto('member')
      .values({ name: member.name, ...row })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
      .execute()
  }
}

async function saveReplaced(db: Db, roster: Roster): Promise<void> {
  const aliases = [
    ...roster.compounds.flatMap(({ name, aliases }) =>
      aliases.map((alias) => ({ compound: name, building: null, alias })),
    ),
    ...roster.buildings.flatMap(({ compound, code, aliases }) =>
      aliases.map((alias) => ({ compound, building: code, alias })),
    ),
  ]
  const wechatNames = roster.members.flatMap((member) =>
    member.wechatNames.map((name) => ({ member: member.name, name })),
  )
  const heads = roster.heads.map(({ building, name, phone, isPartyMember }) => ({
    building,
    name,
    phone,
    is_party_member: flag(isPartyMember),
  }))
  for (const row of aliases) await db.insertInto('place_alias').values(row).execute()
  for (const row of wechatNames) await db.insertInto('wechat_name').values(row).execute()
  for (const row of heads) await db.insertInto('building_head').values(row).execute()
  for (const { compound, name, phone } of roster.gridOfficers) {
    await db.insertInto('grid_officer').values({ compound, name, phone }).execute()
  }
}

function buildingRow({ compound, name, units, households, partyGroup, retired }: Building) {
  return { compound, name, units, households, party_group: partyGroup, retired: flag(retired) }
}

function nameInCompound({ compound, name }: { compound: string; name: string }): string {
  return `${compound}|${name}`
}

function flag(value: boolean): Flag {
  return value ? 1 : 0
}
