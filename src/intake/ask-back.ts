import { type Db, inOneTransaction } from '../../db/database.ts'
import type { RoomKey } from '../../db/schema.ts'
import { MOST_QUESTIONS_A_DAY, type Option, openQuestion, placesAskedToday, wasAsked } from '../casework/questions.ts'
import { isNight, MINUTE } from '../clock.ts'
import type { Concern } from '../concerns/concern.ts'
import { listConcerns } from '../concerns/repository.ts'
import { ALIVE_STATUSES } from '../concerns/status.ts'
import { fitsMembers } from '../outbox/members-bubble.ts'
import { enqueue } from '../outbox/outbox.ts'
import { shortBuildingName, shortCompoundName } from '../roster/look-up.ts'
import { findMentions } from '../roster/mentions.ts'
import type { Roster } from '../roster/roster.ts'

const PATIENCE = 10 * MINUTE
const MOST_OPTIONS = 4

/**
 * Asks once about each concern whose building stayed unclear for ten minutes: at most three a day, never at night,
 * in the room it came from or in the committee's. Sensitive ones are asked in the committee's room only.
 */
export async function askAboutPlaces(db: Db, roster: Roster, where: RoomKey, now: Date): Promise<void> {
  if (isNight(now)) return
  const before = new Date(now.getTime() - PATIENCE)
  for (const concern of await listConcerns(db, { statuses: ALIVE_STATUSES, filedBefore: before })) {
    if (concern.place.kind !== 'ambiguous' || (await wasAsked(db, concern.no))) continue
    const options = optionsFor(concern, roster)
    if (options.length === 0) continue
    if ((await placesAskedToday(db, now)) >= MOST_QUESTIONS_A_DAY) return
    const room: RoomKey = where === 'members' && !concern.sensitive ? 'members' : 'committee'
    await inOneTransaction(db, async (trx) => {
      const text = questionText(concern, await shownName(trx, concern), options, room)
      const outbox = await enqueue(trx, { room, kind: 'notice', text, once: `place:${concern.no}` }, now)
      const askedOf = room === 'members' ? concern.reporterId : null
      await openQuestion(trx, { concern: concern.no, kind: 'place', room, askedOf, options, outbox }, now)
    })
  }
}

/** At most four answers: the buildings that fit, or the compounds when more than four do. */
export function optionsFor({ place, placeWords }: Concern, roster: Roster): Option[] {
  const mentions = findMentions(roster, placeWords ?? '').filter(({ candidates }) => candidates.length > 0)
  const fitting = mentions
    .flatMap(({ candidates }) => candidates)
    .filter(({ compound }) => place.compound === null || compound === place.compound)
  const buildings = [...new Map(fitting.map((building) => [building.code, building])).values()]
  if (buildings.length > 0 && buildings.length <= MOST_OPTIONS) {
    return buildings.map(({ code, compound }) => ({ label: shortBuildingName(roster, code), building: code, compound }))
  }
  const compounds =
    buildings.length === 0
      ? roster.compounds.map(({ name }) => name)
      : [...new Set(buildings.map(({ compound }) => compound))]
  if (place.compound !== null || compounds.length > MOST_OPTIONS) return []
  return compounds.map((compound) => {
    const inside = buildings.filter((building) => building.compound === compound)
    const only = inside.length === 1 ? inside[0]!.code : null
    return {
      label: only === null ? shortCompoundName(roster, compound) : shortBuildingName(roster, only),
      building: only,
      compound,
    }
  })
}

/** The name under which the reporter was seen in the room; the roster's name is nobody's business there. */
async function shownName(db: Db, { reporterId }: Concern): Promise<string | null> {
  if (reporterId === null) return null
  const row = await db
    .selectFrom('message')
    .select('sender')
    .where('sender_id', '=', reporterId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.sender ?? null
}

function questionText({ no, title }: Concern, shown: string | null, options: Option[], room: RoomKey): string {
  const whom = room === 'members' && shown !== null ? `@${shown} ` : ''
  const list = options.map(({ label }, index) => `${index + 1}. ${label}`)
  const long = [`${whom}${no}号“${title}”是哪里的?回数字:`, ...list].join('\n')
  if (room === 'committee' || fitsMembers(long)) return long
  return [`${whom}${no}号是哪里的?回数字:`, ...list].join('\n')
}
