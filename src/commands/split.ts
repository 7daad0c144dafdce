import { LONGEST_TITLE } from '../concerns/concern.ts'
import { amendConcern, draftFrom, fileConcern, linkConcerns } from '../concerns/ledger.ts'
import { listEvidence } from '../concerns/repository.ts'
import { isAlive } from '../concerns/status.ts'
import { UserError } from '../errors.ts'
import { hidePersonal } from '../privacy/hide.ts'
import { type Asked, assertMayMove, type Command, NUMBER } from './command.ts'
import { standing } from './standing.ts'
import { concernLine, namesIn, stateText } from './words.ts'

/** 拆 12号 甲|乙: two things were filed as one; the first keeps the number, the others get new ones, linked. */
export const split: Command = {
  name: '拆',
  synonyms: ['拆开', '拆分'],
  takes: new RegExp(`^${NUMBER}\\s*[,,::、]?\\s*(?<parts>\\S.*[|｜/].*\\S)$`, 'su'),
  help: '一件里有两件事',
  example: '拆 12号 路灯不亮|路牌倒了',
  who: 'entitled',
  async run(asked, { no, parts }) {
    const titles = parts!
      .split(/[|｜/]/u)
      .map((part) => part.trim())
      .filter((part) => part !== '')
    if (titles.length < 2 || titles.length > 5)
      throw new UserError(`请写出两到五件,用“|”隔开。例:拆 ${no}号 路灯不亮|路牌倒了`)
    const concern = await standing(asked, Number(no))
    if (!isAlive(concern.status)) throw new UserError(`${no}号现在${stateText(asked, concern)},不能再拆。`)
    assertMayMove(asked, concern, concern.status === 'open' ? 'in_progress' : 'resolved')
    const { db, actor, now } = asked
    const [first, ...rest] = titles.map((title) => fitTitle(asked, title))
    await amendConcern(
      db,
      concern.no,
      { title: first! },
      { kind: 'amended', note: `拆成${titles.length}件` },
      actor,
      now,
    )
    const evidence = await listEvidence(db, concern.no)
    const cited = evidence.map(({ seq, role }) => ({ seq, role }))
    const numbers: number[] = []
    for (const title of rest) {
      const filed = await fileConcern(db, { ...draftFrom(concern), title }, cited, actor, now)
      await linkConcerns(db, filed.no, concern.no, 'split_from')
      numbers.push(filed.no)
    }
    return `好的,${no}号拆开了,新的是${numbers.map((number) => `${number}号`).join('、')}。\n${concernLine(asked, { ...concern, title: first! })}`
  },
}

/** A typed title: without people, and no longer than a title may be. */
function fitTitle({ roster }: Asked, title: string): string {
  return [...hidePersonal(title, { names: namesIn(roster) })].slice(0, LONGEST_TITLE).join('')
}
