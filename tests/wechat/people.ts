import { createHash } from 'node:crypto'

export type Person = {
  name: string
  /** The name the account's owner gave; only friends have one. */
  remark?: string
  isFriend?: boolean
}
export type Member = { person: Person; card: string }
export type Room = {
  topic: string
  members: Member[]
  /** Saved to the address book: the server tells of it by itself, with everybody in it. */
  isSaved: boolean
}

/** Who is there, and under which ids in this login: all of them are new in every generation. */
export class People {
  readonly people: Person[] = []
  readonly rooms: Room[] = []
  readonly me: Person
  generation = 1
  /** Rooms show their people only from now on. */
  areMembersShown = true
  readonly #numbers = new Map<Person | Room, number>()
  #count = 0

  constructor(me = '支部小助手') {
    this.me = { name: me }
  }

  person(name: string, more: Omit<Person, 'name'> = {}): Person {
    const person = { name, ...more }
    this.people.push(person)
    return person
  }

  /** A room with the bot and these people in it; a person may come with a group card. */
  room(topic: string, people: (Person | [Person, string])[], { isSaved = true } = {}): Room {
    const members = people.map((one) =>
      Array.isArray(one) ? { person: one[0], card: one[1] } : { person: one, card: '' },
    )
    const room = { topic, isSaved, members: [{ person: this.me, card: '' }, ...members] }
    this.rooms.push(room)
    return room
  }

  rotate(): void {
    this.generation += 1
  }

  idOf(thing: Person | Room, generation = this.generation): string {
    if (!this.#numbers.has(thing)) this.#numbers.set(thing, ++this.#count)
    const key = `${generation}/${this.#numbers.get(thing)}/${'topic' in thing ? 'room' : 'person'}`
    const hash = createHash('sha256').update(key).digest('hex')
    return 'topic' in thing ? `@@${hash}` : `@${hash.slice(0, 32)}`
  }

  find(id: string): Person | Room | undefined {
    return [this.me, ...this.people, ...this.rooms].find((thing) => this.idOf(thing) === id)
  }

  /** A contact or room as the server describes it. */
  describe(thing: Person | Room, { withMembers = true } = {}) {
    const blank = { Uin: 0, HeadImgUrl: '', Sex: 0, Signature: '', VerifyFlag: 0, Alias: '', DisplayName: '' }
    if (!('topic' in thing)) {
      const { name, remark = '', isFriend } = thing
      const ContactFlag = isFriend || remark !== '' ? 3 : 2
      return {
        ...blank,
        UserName: this.idOf(thing),
        NickName: escapeText(name),
        RemarkName: escapeText(remark),
        ContactFlag,
        MemberCount: 0,
        MemberList: [],
      }
    }
    const members = withMembers && this.areMembersShown ? thing.members : []
    return {
      ...{ ...blank, UserName: this.idOf(thing), NickName: escapeText(thing.topic), RemarkName: '', ContactFlag: 2 },
      MemberCount: members.length,
      MemberList: members.map(({ person, card }) => ({
        ...{ Uin: 0, UserName: this.idOf(person), NickName: escapeText(person.name), DisplayName: escapeText(card) },
        ...{ AttrStatus: 0, MemberStatus: 0, KeyWord: '' },
      })),
    }
  }
}

/** As the server escapes what people type. */
export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\n/g, '<br/>')
}
