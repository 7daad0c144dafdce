type Contacts = Record<string, { RemarkName?: string }>

/**
 * Who speaks, over logins: WeChat gives everybody a new id at each, so whoever has a remark of the account's owner is
 * known by it, as long as nobody else has the same. Names and cards can be copied and never stand for an id.
 */
export function lastingId(senderId: string, remark: string | null, contacts: Contacts): string {
  if (remark === null) return senderId
  const raw = contacts[senderId]?.RemarkName
  const bearers = Object.values(contacts).filter(({ RemarkName }) => RemarkName === raw)
  return bearers.length === 1 ? `remark:${remark}` : senderId
}
