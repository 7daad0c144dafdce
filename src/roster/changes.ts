import { buildingName, isInUse } from './look-up.ts'
import type { Building, BuildingHead, GridOfficer, Member, PartyGroup, Roster } from './roster.ts'

/**
 * What a new roster changes, one Chinese line each, for the volunteer to check; phone numbers are never written out.
 * 「碧阳国际小区12栋:党小组由2改为3」「新增党员 …」. Nothing changed → []; nothing there before → a line of counts.
 */
export function describeChanges(before: Roster, after: Roster): string[] {
  if (before.buildings.length === 0 && before.members.length === 0) return [countRoster(after)]
  return [
    ...compoundChanges(before, after),
    ...buildingChanges(before, after),
    ...groupChanges(before, after),
    ...memberChanges(before, after),
    ...headChanges(before, after),
    ...officerChanges(before, after),
  ]
}

function countRoster(roster: Roster): string {
  const buildings = roster.buildings.filter(({ retired }) => !retired).length
  const members = roster.members.filter(({ retired }) => !retired).length
  return `首次导入:小区${roster.compounds.length}个,楼栋${buildings}栋,党小组${roster.partyGroups.length}个,党员${members}名,楼栋长${roster.heads.length}名,网格员${roster.gridOfficers.length}名`
}

/** Compounds and groups are never deleted, so one that nothing belongs to any more counts as gone. */
function compoundChanges(before: Roster, after: Roster): string[] {
  const inUse = (roster: Roster) => roster.compounds.filter(({ name }) => isInUse(roster, name))
  return compare(inUse(before), inUse(after), (one) => one.name, {
    added: ({ name }) => `新增小区${name}`,
    gone: ({ name }) => `停用小区${name}`,
    changed: (one, other) => [change(other.name, '叫法', names(one.aliases), names(other.aliases))],
  })
}

function buildingChanges(before: Roster, after: Roster): string[] {
  const inUse = (roster: Roster) => roster.buildings.filter(({ retired }) => !retired)
  const old = new Set(before.buildings.map(({ code }) => code))
  return compare(inUse(before), inUse(after), (one) => one.code, {
    added: (one) => `${old.has(one.code) ? '重新启用' : '新增'}楼栋${buildingName(one)}(第${one.partyGroup}党小组)`,
    gone: (one) => `停用楼栋${buildingName(one)}`,
    changed: (one, other) => {
      const what = buildingName(other)
      return [
        buildingName(one) === what ? null : `楼栋${buildingName(one)}改名为${what}`,
        change(what, '党小组', one.partyGroup, other.partyGroup),
        change(what, '单元数', one.units, other.units),
        change(what, '户数', one.households, other.households),
        change(what, '叫法', names(one.aliases), names(other.aliases)),
      ]
    },
  })
}

function groupChanges(before: Roster, after: Roster): string[] {
  const inUse = (roster: Roster) =>
    roster.partyGroups.filter(
      (group) =>
        group.leader !== null ||
        [...roster.buildings, ...roster.members].some((one) => !one.retired && one.partyGroup === group.number),
    )
  const contact = (roster: Roster, group: PartyGroup) => nameOf(roster.buildings, group.contactPoint)
  return compare(inUse(before), inUse(after), (one) => String(one.number), {
    added: (one) => `新增${one.name}(组长${one.leader ?? '空缺'})`,
    gone: (one) => `停用${one.name}`,
    changed: (one, other) => [
      one.name === other.name ? null : `第${one.number}党小组由「${one.name}」改名为「${other.name}」`,
      change(other.name, '组长', one.leader ?? '空缺', other.leader ?? '空缺'),
      change(other.name, '联系点', contact(before, one), contact(after, other)),
    ],
  })
}

function memberChanges(before: Roster, after: Roster): string[] {
  const inUse = (roster: Roster) => roster.members.filter(({ retired }) => !retired)
  const old = new Set(before.members.map(({ name }) => name))
  return compare(inUse(before), inUse(after), (one) => one.name, {
    added: (one) => `${old.has(one.name) ? '重新列入' : '新增'}党员${one.name}(第${one.partyGroup}党小组)`,
    gone: (one) => `党员${one.name}不再在册`,
    changed: (one: Member, other: Member) => [
      change(other.name, '性别', one.sex === 'F' ? '女' : '男', other.sex === 'F' ? '女' : '男'),
      change(other.name, '年龄', one.age, other.age),
      change(other.name, '职务', one.post, other.post),
      change(other.name, '五员', one.serviceCorps ?? '无', other.serviceCorps ?? '无'),
      change(other.name, '党小组', one.partyGroup, other.partyGroup),
      change(
        other.name,
        '住处',
        nameOf(before.buildings, one.homeBuilding),
        nameOf(after.buildings, other.homeBuilding),
      ),
      names(one.wechatNames) === names(other.wechatNames) ? null : `${other.name}:微信名有变`,
      one.phone === other.phone ? null : `${other.name}:电话有变`,
    ],
  })
}

function headChanges(before: Roster, after: Roster): string[] {
  const where = (head: BuildingHead) => nameOf([...after.buildings, ...before.buildings], head.building)
  const gone = new Set(after.buildings.filter(({ retired }) => !retired).map(({ code }) => code))
  const kept = before.heads.filter(({ building }) => gone.has(building))
  return compare(kept, after.heads, (one) => one.building, {
    added: (one) => `新任楼栋长:${where(one)} ${one.name}`,
    gone: (one) => `楼栋长空缺:${where(one)}(原${one.name})`,
    changed: (one, other) => {
      if (one.name !== other.name) return [`新任楼栋长:${where(other)} ${other.name}(原${one.name})`]
      return [
        change(`${where(other)}楼栋长${one.name}`, '是否党员', isMember(one), isMember(other)),
        one.phone === other.phone ? null : `${where(other)}楼栋长${one.name}:电话有变`,
      ]
    },
  })
}

function officerChanges(before: Roster, after: Roster): string[] {
  return compare<GridOfficer>(before.gridOfficers, after.gridOfficers, (one) => one.compound, {
    added: (one) => `新任网格员:${one.compound} ${one.name}`,
    gone: (one) => `网格员空缺:${one.compound}(原${one.name})`,
    changed: (one, other) => {
      if (one.name !== other.name) return [`新任网格员:${one.compound} ${other.name}(原${one.name})`]
      return [one.phone === other.phone ? null : `${one.compound}网格员${one.name}:电话有变`]
    },
  })
}

type Telling<T> = {
  added(one: T): string
  gone(one: T): string
  changed(one: T, other: T): (string | null)[]
}

function compare<T>(before: readonly T[], after: readonly T[], key: (one: T) => string, tell: Telling<T>): string[] {
  const old = new Map(before.map((one) => [key(one), one]))
  const kept = new Set(after.map(key))
  return [
    ...after.flatMap((one) => {
      const was = old.get(key(one))
      return was === undefined ? [tell.added(one)] : tell.changed(was, one)
    }),
    ...before.filter((one) => !kept.has(key(one))).map((one) => tell.gone(one)),
  ].filter((line) => line !== null)
}

function change(what: string, field: string, was: string | number, is: string | number): string | null {
  return was === is ? null : `${what}:${field}由${was}改为${is}`
}

function names(values: readonly string[]): string {
  return values.join('、') || '无'
}

function nameOf(buildings: readonly Building[], code: string | null): string {
  const building = buildings.find((one) => one.code === code)
  return building ? buildingName(building) : (code ?? '无')
}

function isMember(head: BuildingHead): string {
  return head.isPartyMember ? '是' : '否'
}
