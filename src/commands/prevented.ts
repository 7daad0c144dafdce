import { localParts } from '../clock.ts'
import { noteConcern } from '../concerns/ledger.ts'
import { getConcern, listEvents } from '../concerns/repository.ts'
import { UserError } from '../errors.ts'
import { type Command, NUMBER } from './command.ts'

/** 劝阻 12号 …: a fraud was prevented; only a person can say so, once a concern. */
export const prevented: Command = {
  name: '劝阻',
  takes: new RegExp(`^${NUMBER}\\s*[,,::、]?\\s*(?<what>.*)$`, 'su'),
  help: '劝住了一起诈骗',
  example: '劝阻 12号 劝住没转钱',
  who: 'entitled',
  async run({ db, actor, now }, { no, what }) {
    const concern = await getConcern(db, Number(no))
    if (concern.category !== 'fraud_security') throw new UserError(`${no}号不是防骗的事。`)
    if ((await listEvents(db, concern.no)).some(({ kind }) => kind === 'prevented'))
      throw new UserError(`${no}号已经记过劝阻了。`)
    await noteConcern(db, concern.no, { kind: 'prevented', note: what?.trim() || null }, actor, now)
    const since = `${localParts(now).year - 1}-12-31T16:00:00.000Z`
    const { count } = await db
      .selectFrom('event')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('kind', '=', 'prevented')
      .where('at', '>=', since)
      .executeTakeFirstOrThrow()
    return `好的,记下劝阻一起,今年第${count}起。`
  },
}
