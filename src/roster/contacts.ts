import { gridOfficerOf, headOf } from './look-up.ts'
import type { Place } from './place.ts'
import type { Roster } from './roster.ts'

/** Somebody to call about a concern. */
export type Contact = { role: '反映人' | '楼栋长' | '组长' | '网格员'; name: string; phone: string | null }

/** Whom to call about something at a place, told by `reporter`; for the operator's eyes, never for a room. */
export function contactsOf(roster: Roster, place: Place, reporter: string | null): Contact[] {
  const leader = roster.partyGroups.find(({ number }) => number === place.partyGroup)?.leader ?? null
  const member = (name: string | null) => (name === null ? null : roster.members.find((one) => one.name === name))
  const teller = reporter === null ? null : knownPerson(roster, reporter)
  const people: [Contact['role'], { name: string; phone: string | null } | null | undefined][] = [
    ['反映人', teller],
    ['楼栋长', place.building === null ? null : headOf(roster, place.building)],
    ['组长', member(leader)],
    ['网格员', place.compound === null ? null : gridOfficerOf(roster, place.compound)],
  ]
  return people.flatMap(([role, person]) => (person ? [{ role, name: person.name, phone: person.phone }] : []))
}

/** A member, a building's head, or somebody known by name only. */
function knownPerson({ members, heads }: Roster, name: string): { name: string; phone: string | null } {
  return [...members, ...heads].find((one) => one.name === name) ?? { name, phone: null }
}
