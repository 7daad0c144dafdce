import type { Concern } from '../concerns/concern.ts'
import { draftFrom, fileConcern, linkConcerns, noteConcern } from '../concerns/ledger.ts'
import { getConcern, listEvents, listEvidence } from '../concerns/repository.ts'
import { UserError } from '../errors.ts'
import { type Asked, type Command, NUMBER } from './command.ts'
import { standing } from './standing.ts'

/** 调解 12号 上门… · 调解 12号 达成 口头 内容 · 调解 12号 未达成: a quarrel's visits and how it ended; parties are 甲 and 乙. */
export const mediate: Command = {
  name: '调解',
  takes: new RegExp(
    `^${NUMBER}\\s*[,,::、]?\\s*(?:(?:达成)\\s*(?<kind>口头|书面)?\\s*(?<terms>.*)|(?<failed>未达成|没达成|没谈拢)\\s*(?<why>.*)|(?<what>\\S.*))?$`,
    'su',
  ),
  help: '矛盾纠纷:上门、达成没有',
  example: '调解 12号 上门,甲乙都愿意谈',
  who: 'committee',
  async run(asked, { no, kind, terms, failed, why, what }) {
    const { db, actor, now } = asked
    const known = await getConcern(db, Number(no))
    if (known.category !== 'neighbor_dispute') {
      if (what?.trim() === '立案') return openDispute(asked, known)
      throw new UserError(`${no}号不是矛盾纠纷。两家吵起来了请说:调解 ${no}号 立案`)
    }
    if (what === undefined && terms === undefined && failed === undefined) return summaryOf(asked, known.no)
    const concern = await standing(asked, Number(no))
    if (what !== undefined) {
      await noteConcern(db, concern.no, { kind: 'visit', note: what.trim() }, actor, now)
      return `好的,${no}号记下了,第${await visitsOf(asked, concern.no)}次上门。`
    }
    const agreement = failed === undefined ? ((kind ?? '口头') as '口头' | '书面') : ('未达成' as const)
    const words = (failed === undefined ? terms : why)?.trim() ?? ''
    const values = { agreement, terms: words, agreed_at: now.toISOString() }
    await db
      .insertInto('mediation')
      .values({ concern: concern.no, ...values })
      .onConflict((conflict) => conflict.column('concern').doUpdateSet(values))
      .execute()
    const note =
      agreement === '未达成' ? `未达成${words && `:${words}`}` : `达成${agreement}协议${words && `:${words}`}`
    await noteConcern(db, concern.no, { kind: 'agreement', note }, actor, now)
    return agreement === '未达成'
      ? `好的,${no}号这次没谈拢。可以再约,或者转交 ${no}号 居委会。`
      : `好的,${no}号达成${agreement}协议。办完请说:办结 ${no}号 握手言和`
  },
}

async function visitsOf({ db }: Asked, no: number): Promise<number> {
  return (await listEvents(db, no)).filter(({ kind }) => kind === 'visit').length
}

async function summaryOf(asked: Asked, no: number): Promise<string> {
  const row = await asked.db.selectFrom('mediation').selectAll().where('concern', '=', no).executeTakeFirst()
  const outcome = row?.agreement
    ? `${row.agreement === '未达成' ? '未达成' : `达成${row.agreement}协议`}${row.terms ? `:${row.terms}` : ''}`
    : '还没有结果'
  return `${no}号上门${await visitsOf(asked, no)}次,${outcome}。`
}

/** A repair over which two households quarrel is two things, linked: the repair goes on, the quarrel gets its own number. */
async function openDispute({ db, actor, now }: Asked, repair: Concern): Promise<string> {
  const quarrel = {
    title: '两家起纠纷',
    nature: 'help',
    category: 'neighbor_dispute',
    urgency: 'yellow',
    sensitive: true,
  } as const
  const cited = (await listEvidence(db, repair.no)).map(({ seq, role }) => ({ seq, role }))
  const filed = await fileConcern(db, { ...draftFrom(repair), ...quarrel }, cited, actor, now)
  await linkConcerns(db, filed.no, repair.no, 'related')
  return `好的,纠纷另立${filed.no}号,和${repair.no}号连着。\n上门请说:调解 ${filed.no}号 上门…`
}
