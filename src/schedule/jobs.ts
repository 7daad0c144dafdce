import type { Db } from '../../db/database.ts'
import type { RoomKey } from '../../db/schema.ts'
import { ringDue } from '../casework/alarm.ts'
import { purgeOldTalk } from '../casework/purge.ts'
import type { Clock } from '../clock.ts'
import { digestWords, readByOf } from '../commands/digest-words.ts'
import type { Taxonomy } from '../concerns/taxonomy.ts'
import { dueWeeks, makeWeeklyDigest } from '../digest/digest.ts'
import { redText } from '../intake/announce.ts'
import { askAboutPlaces } from '../intake/ask-back.ts'
import type { Intake } from '../intake/intake.ts'
import type { Log } from '../log.ts'
import type { MediaDesk } from '../media/media-desk.ts'
import { dropWaiting, enqueue } from '../outbox/outbox.ts'
import type { Sender } from '../outbox/sender.ts'
import { digestDrawer } from '../outputs/picture/digest-picture.ts'
import type { Roster } from '../roster/roster.ts'
import { remindInTheMorning, tellInTheEvening } from './daily.ts'
import { postMonthly } from './monthly.ts'
import type { Job } from './schedule.ts'

export type JobParts = {
  db: Db
  intake: Intake
  sender: Sender
  desk: MediaDesk
  roster: Roster
  taxonomy: Taxonomy
  clock: Clock
  readerName: string
  /** In which room unclear places are asked about. */
  askIn: RoomKey
  /** Where pictures are put; null sends texts alone. */
  filesDir: string | null
  /** The day of the month of the 主题党日, 3 to 28. */
  partyDay: number
  log: Log
  /** When this ledger began: no digest is owed for weeks that ended before. */
  since: Date
}

/** What the bot does by itself. */
export function jobsOf(parts: JobParts): Job[] {
  const { db, intake, sender, desk, roster, clock } = parts
  return [
    {
      name: 'media',
      pattern: '*/5 * * * * *',
      run: () => desk.work(),
    },
    {
      name: 'read',
      pattern: '*/15 * * * * *',
      run: async () => {
        await intake.sweep()
        await sender.send()
      },
    },
    {
      name: 'ring',
      pattern: '*/30 * * * * *',
      run: async () => {
        await ringAlarms(db, roster, clock.now())
        await sender.send()
      },
    },
    {
      name: 'ask',
      pattern: '30 * * * * *',
      run: async () => {
        await askAboutPlaces(db, roster, parts.askIn, clock.now())
        await sender.send()
      },
    },
    {
      name: 'daily',
      pattern: '20 * * * * *',
      run: async () => {
        await remindInTheMorning(parts, clock.now())
        await tellInTheEvening(parts)
        await sender.send()
      },
    },
    {
      name: 'purge',
      pattern: '0 15 3 * * *',
      run: async () => {
        await purgeOldTalk(db, clock.now(), { isDry: false })
      },
    },
    // Every minute and not at 08:30 only: a machine that slept through the hour sends late, and once.
    {
      name: 'digest',
      pattern: '0 * * * * *',
      run: async () => {
        await postDigest(parts)
        await sender.send()
      },
    },
    {
      name: 'monthly',
      pattern: '40 * * * * *',
      run: async () => {
        await postMonthly(parts)
        await sender.send()
      },
    },
  ]
}

/**
 * Tells the committee again of red concerns that nobody has taken notice of. A ring that still waits, as it does while
 * nobody is logged in, gives way to the new one: whoever comes back hears each concern once.
 */
export async function ringAlarms(db: Db, roster: Roster, now: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const { concern, told } of await ringDue(trx, now)) {
      await dropWaiting(trx, `ring:${concern.no}:`)
      const once = `ring:${concern.no}:${now.toISOString()}`
      await enqueue(trx, { room: 'committee', kind: 'red', text: redText(concern, roster, told), once }, now)
    }
  })
}

/** Posts the digest of the latest week that is due, once; what was said until now is read first. */
export async function postDigest(parts: JobParts): Promise<void> {
  const { db, intake, taxonomy, clock, readerName, since } = parts
  const now = clock.now()
  const { latest, missed } = await dueWeeks(db, 'committee', now, since)
  if (!latest) return
  await intake.closeNow()
  await intake.sweep()
  const words = digestWords({ roster: parts.roster, taxonomy })
  const readBy = readByOf(readerName)
  const draw = parts.filesDir === null ? undefined : digestDrawer(latest, { ...parts, filesDir: parts.filesDir, now })
  await makeWeeklyDigest(db, 'committee', latest, { now, missed, words, readBy, draw })
}
