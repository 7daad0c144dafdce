import type { Roster } from './roster.ts'

/** The same roster in its one order (codes, numbers, names by code point) and frozen through, so that equal rosters are equal values. */
export function arrangeRoster(roster: Roster): Roster {
  const firstCode = new Map<string, string>()
  for (const { compound, code } of roster.buildings) {
    const first = firstCode.get(compound)
    if (first === undefined || code < first) firstCode.set(compound, code)
  }
  const arranged: Roster = {
    compounds: sortBy(roster.compounds, (one) => `${firstCode.get(one.name) ?? '~'} ${one.name}`).map((one) => ({
      ...one,
      aliases: arrangeNames(one.aliases),
    })),
    buildings: sortBy(roster.buildings, (one) => one.code).map((one) => ({
      ...one,
      aliases: arrangeNames(one.aliases),
    })),
    partyGroups: [...roster.partyGroups].sort((one, other) => one.number - other.number),
    members: sortBy(roster.members, (one) => one.name).map((one) => ({
      ...one,
      wechatNames: arrangeNames(one.wechatNames),
    })),
    heads: sortBy(roster.heads, (one) => one.building),
    gridOfficers: sortBy(roster.gridOfficers, (one) => one.compound),
  }
  return freezeThrough(arranged)
}

function arrangeNames(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}

function sortBy<T>(values: readonly T[], key: (value: T) => string): T[] {
  return [...values].sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0))
}

function freezeThrough<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const part of Object.values(value)) freezeThrough(part)
  return Object.freeze(value)
}
