import type { Db } from '../../db/database.ts'
import { raiseAlarm } from '../casework/alarm.ts'
import type { Concern } from '../concerns/concern.ts'
import { enqueue } from '../outbox/outbox.ts'
import { placeName } from '../roster/place-name.ts'
import type { Roster } from '../roster/roster.ts'

const PUBLICIST = '方针政策宣传员'

/** Tells both rooms of a red concern at once and starts its alarm; the members' room hears whom to call, and no details. */
export async function announceRed(db: Db, concern: Concern, roster: Roster, now: Date): Promise<void> {
  await raiseAlarm(db, concern.no, now)
  await enqueue(db, { room: 'committee', kind: 'red', text: redText(concern, roster), once: `red:${concern.no}` }, now)
  const call = isFraud(concern) ? '●可能是骗子,钱和验证码都别给!请打96110或110。' : '●紧急的事,请先打119、110或120。'
  const text = `${call}\n小助手不能代替报警。\n已记下${concern.no}号,也告诉支委会了。`
  await enqueue(db, { room: 'members', kind: 'red', text, once: `red-members:${concern.no}` }, now)
}

/** 「●紧急 12号 …」 with what to do now; said to the committee, and said again until somebody takes notice. */
export function redText(concern: Concern, roster: Roster, told = 0): string {
  const call = isFraud(concern) ? '先劝住别转账,打96110或110。' : '先打119、110或120。'
  const tell = isFraud(concern) ? [`请告诉社区民警;宣传员:${publicists(concern, roster).join('、')}`] : []
  return [
    `●紧急 ${concern.no}号${told > 0 ? `(第${told + 1}次提醒)` : ''}`,
    `${placeName(roster, concern.place)} ${concern.title}`,
    call,
    ...tell,
    `有人去管了,请回“知道了 ${concern.no}号”。`,
  ].join('\n')
}

/** Who tells people about fraud: the publicists of the party group first, three names. */
function publicists({ place }: Concern, { members }: Roster): string[] {
  const all = members.filter(({ serviceCorps, retired }) => serviceCorps === PUBLICIST && !retired)
  const near = all.filter(({ partyGroup }) => partyGroup === place.partyGroup)
  return [...new Set([...near, ...all].map(({ name }) => name))].slice(0, 3)
}

function isFraud(concern: Concern): boolean {
  return concern.category === 'fraud_security'
}
