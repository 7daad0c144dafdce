import { quietAlarm } from '../casework/alarm.ts'
import { noteConcern } from '../concerns/ledger.ts'
import { getConcern } from '../concerns/repository.ts'
import { type Command, isNumbered, NUMBER } from './command.ts'

/** 知道了 [12号]: somebody takes notice of a red concern; it is not told again. */
export const seen: Command = {
  name: '知道了',
  synonyms: ['晓得了'],
  takes: new RegExp(`^(?:${NUMBER})?$`, 'u'),
  help: '紧急的事有人管了',
  example: '知道了 12号',
  who: 'entitled',
  isOrder: isNumbered,
  async run({ db, actor, now }, { no }) {
    if (no !== undefined) await getConcern(db, Number(no))
    const quiet = await quietAlarm(db, no === undefined ? null : Number(no), actor.name, now)
    for (const number of quiet) await noteConcern(db, number, { kind: 'seen', note: null }, actor, now)
    if (quiet.length === 0) return no === undefined ? null : `${no}号没有在提醒。`
    const numbers = quiet.map((number) => `${number}号`)
    return `好的,${numbers.join('、')}不再提醒。\n办好了请说“办结 ${numbers[0]} 做了什么”。`
  },
}
