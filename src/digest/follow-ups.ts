import { ASKED, type CaseRow, type CaseStep } from './casebook.ts'

/** One look back at the resident (回访); `asked` is null where nobody has asked yet. */
export type FollowUpRow = Pick<CaseRow, 'no' | 'place' | 'title' | 'sensitive' | 'result' | 'resolvedAt'> & {
  asked: CaseStep | null
}

/** Every time a resident was asked afterwards, and everything settled that nobody has asked about, by number. */
export function followUpsOf(cases: readonly CaseRow[]): FollowUpRow[] {
  return cases.flatMap((row) => {
    const asked = row.steps.filter(({ kind }) => ASKED.includes(kind)).map((step) => ({ ...row, asked: step }))
    return row.status === 'resolved' ? [...asked, { ...row, asked: null }] : asked
  })
}
