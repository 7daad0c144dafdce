import type { Db } from '../../db/database.ts'
import { listConcerns, listEvidence } from '../concerns/repository.ts'
import type { FiledConcern } from './score.ts'

/** What a replayed chat left in the ledger, as the evaluation writes it; withdrawn and merged ones are no concerns. */
export async function collectFiled(db: Db): Promise<FiledConcern[]> {
  const concerns = await listConcerns(db, {})
  const merged = concerns.filter(({ mergedInto }) => mergedInto !== null)
  const standing = concerns.filter(({ status }) => status !== 'merged' && status !== 'dropped')
  return Promise.all(
    standing.map(async ({ no, title, nature, category, urgency, status, place }) => {
      const numbers = [no, ...merged.filter(({ mergedInto }) => mergedInto === no).map((concern) => concern.no)]
      const evidence = (await Promise.all(numbers.map((number) => listEvidence(db, number)))).flat()
      const ids = (items: typeof evidence) => [...new Set(items.map(({ messageId }) => messageId))]
      return {
        number: no,
        title,
        nature,
        category,
        urgency,
        status,
        place: place.kind,
        compound: place.compound,
        building: place.building,
        unit: place.unit,
        party_group: place.partyGroup,
        evidence: ids(evidence),
        settled: ids(evidence.filter(({ role }) => role === 'settled')),
      }
    }),
  )
}
