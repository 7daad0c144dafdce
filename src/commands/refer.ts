import { dayText } from '../clock.ts'
import { nextLookAfter } from '../concerns/due.ts'
import { moveConcern } from '../concerns/ledger.ts'
import { UserError } from '../errors.ts'
import { assertMayMove, type Command, NUMBER } from './command.ts'
import { inWork } from './standing.ts'
import { concernLine, echo } from './words.ts'

/** 转交 12号 物业: an outside body has it now; the clock stops until the next look. */
export const refer: Command = {
  name: '转交',
  casual: ['转给', '报给'],
  takes: new RegExp(`^${NUMBER}\\s*(?:给|到)?\\s*(?<body>\\S{2,12})$`, 'u'),
  help: '转给物业、派出所等',
  example: '转交 12号 物业',
  who: 'entitled',
  async run(asked, { no, body }) {
    const concern = await inWork(asked, Number(no))
    assertMayMove(asked, concern, 'referred')
    const known = await asked.db.selectFrom('external_body').select('name').where('name', '=', body!).executeTakeFirst()
    if (!known) {
      if (asked.audience === 'members')
        throw new UserError(`单位名单里没有“${echo(asked.roster, body!)}”。\n有哪些,请在支委群说:单位`)
      const all = await asked.db.selectFrom('external_body').select('name').execute()
      const names = all.map(({ name }) => name).join('、')
      throw new UserError(`单位名单里没有“${body}”。有:${names}\n要加请说:单位 加 ${body}`)
    }
    const nextLook = nextLookAfter(asked.now, concern.urgency)
    const given = await moveConcern(
      asked.db,
      concern.no,
      { to: 'referred', body: body!, nextLook },
      asked.actor,
      asked.now,
    )
    return `好的,${given.no}号转交${body}了,${dayText(nextLook)}再问问。\n${concernLine(asked, given)}`
  },
}
