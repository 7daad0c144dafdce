import type { Db } from '../../db/database.ts'
import { forPrint } from '../privacy/for-print.ts'
import type { CaseRow, CaseStep } from './casebook.ts'

/** A quarrel as a line of the 矛盾纠纷调解台账; its parties have code names only. */
export type DisputeRow = Pick<
  CaseRow,
  'no' | 'filedAt' | 'source' | 'place' | 'title' | 'urgency' | 'status' | 'handler' | 'result' | 'followUp' | 'rounds'
> & {
  parties: [string, string]
  /** What it is about: the category of the concern it grew out of, else its own. */
  about: string
  visits: CaseStep[]
  agreement: '口头' | '书面' | '未达成' | null
  terms: string | null
  agreedAt: Date | null
}

/** The quarrels among the cases that were not thrown out, with their visits and how they ended. */
export async function collectDisputes(db: Db, cases: readonly CaseRow[], category: string): Promise<DisputeRow[]> {
  const mediations = new Map((await db.selectFrom('mediation').selectAll().execute()).map((row) => [row.concern, row]))
  const causes = await listCauses(db)
  return cases
    .filter((row) => row.category === category && row.status !== 'merged' && row.status !== 'dropped')
    .map((row) => {
      const mediation = mediations.get(row.no)
      return {
        ...row,
        parties: [`${row.no}甲`, `${row.no}乙`],
        about: causes.get(row.no) ?? row.category,
        visits: row.steps.filter(({ kind }) => kind === 'visit'),
        agreement: mediation?.agreement ?? null,
        terms: mediation?.terms ? forPrint(mediation.terms) : null,
        agreedAt: mediation?.agreed_at ? new Date(mediation.agreed_at) : null,
      }
    })
}

async function listCauses(db: Db): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('concern_link')
    .innerJoin('concern', 'concern.no', 'concern_link.other')
    .innerJoin('category', 'category.code', 'concern.category')
    .select(['concern_link.concern', 'label'])
    .where('kind', '=', 'related')
    .execute()
  return new Map(rows.map(({ concern, label }) => [concern, label]))
}
