import type { Place } from '../roster/place.ts'
import type { CaseRow, CaseStep } from './casebook.ts'

/** One look back at the resident (回访); `asked` is null where nobody has asked yet. */
export type FollowUpRow = Pick<CaseRow, 'no' | 'title' | 'sensitive' | 'result' | 'resolvedAt'> & {
  place: Place
  asked: CaseStep | null
}

const ASKED: readonly string[] = ['closed', 'not_reached', 'reopened']

/** Every time a resident was asked afterwards, and everything settled that nobody has asked about, by number. */
export function followUpsOf(cases: readonly CaseRow[]): FollowUpRow[] {
  return cases.flatMap((row) => {
    const asked = row.steps.filter(({ kind }) => ASKED.includes(kind)).map((step) => ({ ...row, asked: step }))
    return row.status === 'resolved' ? [...asked, { ...row, asked: null }] : asked
  })
}
