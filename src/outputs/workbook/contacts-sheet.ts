import type { Concern } from '../../concerns/concern.ts'
import { STATUS_WORDS } from '../../concerns/status.ts'
import { type Contact, contactsOf } from '../../roster/contacts.ts'
import { type Column, tableSheet } from './table.ts'
import type { BookWords } from './words.ts'
import { writeBook } from './workbook.ts'

const ROLES: readonly Contact['role'][] = ['反映人', '楼栋长', '组长', '网格员']
const KEEP = '有电话:只给管电脑的人和支部书记,不要发到微信里'

/** Whom to call about each concern, with phone numbers: a file of its own, for the operator alone. */
export function renderContacts(concerns: readonly Concern[], words: BookWords, now: Date): Promise<Uint8Array> {
  const { roster, where } = words
  const rows = concerns.map((concern) => ({
    concern,
    contacts: contactsOf(roster, concern.place, concern.reporter),
  }))
  type Row = (typeof rows)[number]
  const of = (role: Contact['role'], { contacts }: Row) => contacts.find((contact) => contact.role === role)
  const columns: Column<Row>[] = [
    { head: '编号', width: 7, value: ({ concern }) => concern.no },
    { head: '小区', width: 9, value: ({ concern }) => where.compound(concern.place) },
    { head: '期/栋/单元', width: 12, value: ({ concern }) => where.house(concern.place) },
    { head: '诉求内容', width: 22, kind: 'words', value: ({ concern }) => concern.title },
    { head: '现在怎样', width: 8, value: ({ concern }) => STATUS_WORDS[concern.status] },
    ...ROLES.flatMap((role): Column<Row>[] => [
      { head: role, width: 9, value: (row) => of(role, row)?.name ?? null },
      { head: `${role}电话`, width: 13, value: (row) => of(role, row)?.phone ?? null },
    ]),
  ]
  const sheet = tableSheet({ name: '联系电话', columns, rows, closing: KEEP })
  return writeBook([sheet], '联系电话', KEEP, now)
}
