import type { Roster } from '../roster/roster.ts'

/** What a chat shows of a person. */
export type ShownNames = { remark: string | null; sender: string }

/** Who somebody may be: several people when a name is shared, none when the roster does not know it. */
export type Identity = {
  /** The one person of the roster, or null in doubt. */
  name: string | null
  /** Building codes of everybody it may be, without repeats. */
  homes: string[]
}

const NOBODY: Identity = { name: null, homes: [] }

/**
 * Finds who is speaking: by the owner's remark, the group card (4组张三 · 3-201 李四), then the exact nickname.
 * Good enough for the ledger (who said it, where they live); it never authorises.
 */
export function identify(roster: Roster, { remark, sender }: ShownNames): Identity {
  const names = [remark, cardName(sender), sender].filter((name) => name !== null && name !== '')
  for (const name of names) {
    const identity = byName(roster, name!)
    if (identity.homes.length > 0) return identity
  }
  return NOBODY
}

/** The grid officer's compound, if the name is a grid officer's; else null. */
export function compoundOfOfficer(roster: Roster, sender: string): string | null {
  return roster.gridOfficers.find(({ name }) => name === sender)?.compound ?? null
}

/** The name on a group card: 4组张三 → 张三, 3-201 李四 → 李四, 二期7栋-王五 → 王五; null when the card has no such form. */
export function cardName(card: string): string | null {
  const match =
    /^(?:第?[\d一二三四五六七八九十]+(?:党小)?组|\S*\d\S*[栋幢楼#室-]\S*?|\d+(?:-\d+)+)[\s\-—_·:：]*(\p{Script=Han}{2,4})$/u.exec(
      card.trim(),
    )
  return match?.[1] ?? null
}

function byName(roster: Roster, name: string): Identity {
  const members = roster.members
    .filter((member) => !member.retired && (member.name === name || member.wechatNames.includes(name)))
    .map((member) => ({ name: member.name, home: member.homeBuilding }))
  const heads = roster.heads.filter((head) => head.name === name).map((head) => ({ name, home: head.building }))
  const people = members.length > 0 ? members : heads
  const names = new Set(people.map((person) => person.name))
  const [only] = names
  return { name: names.size === 1 ? only! : null, homes: [...new Set(people.map((person) => person.home))] }
}
