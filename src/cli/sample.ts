import type { Db } from '../../db/database.ts'
import { createBot, type World } from '../bot.ts'
import { dropQuestions, openQuestion } from '../casework/questions.ts'
import { readTranscript } from '../chat/transcript.ts'
import { type Clock, dateWithWeekday } from '../clock.ts'
import { listConcerns } from '../concerns/repository.ts'
import { ALIVE_STATUSES } from '../concerns/status.ts'
import { UserError } from '../errors.ts'
import { lastMoment, MovableClock, replay } from '../replay.ts'
import { saveSetting } from '../settings.ts'
import { progressBar } from './progress.ts'

const SAMPLE_CHAT = new URL('../../db/sample/week-may.chat.jsonl', import.meta.url).pathname

/**
 * Lets the sample week happen in an empty ledger; afterwards nothing of it is announced or told again.
 * @returns the sample's last moment.
 */
export async function replaySample(world: Omit<World, 'clock'>): Promise<Date> {
  const messages = readTranscript(SAMPLE_CHAT)
  const first = messages[0]!.at
  await saveSetting(world.db, 'since', first.toISOString())
  await saveSetting(world.db, 'sample_running', 'yes')
  const clock = new MovableClock(first)
  clock.advance(await lastMoment(world.db))
  const { bot, intake } = createBot({ ...world, clock }, first)
  await bot.recover()
  await replay(messages, {
    bot,
    intake,
    clock,
    onProgress: progressBar('回放示例的一周'),
    onFailure: async () => {
      throw new UserError('大模型没有答复,示例停在半路。请运行 npm run doctor 看看原因;再运行 npm start 会接着放。')
    },
  })
  await hushThePast(world.db, clock.now())
  await saveSetting(world.db, 'sample_offset', String(clock.now().getTime() - Date.now()))
  await saveSetting(world.db, 'sample_running', 'no')
  return clock.now()
}

/** The sample's own time goes on from its last message. */
export function sampleClock(offset: number): Clock {
  return { now: () => new Date(Date.now() + offset) }
}

async function hushThePast(db: Db, now: Date): Promise<void> {
  await db.updateTable('outbox').set({ state: 'dropped' }).where('state', '=', 'queued').execute()
  await db
    .updateTable('alarm')
    .set({ quiet_by: '示例', quiet_at: now.toISOString() })
    .where('quiet_at', 'is', null)
    .execute()
  const day = dateWithWeekday(now).slice(0, 10)
  for (const key of [`morning:${day}`, `evening:${day}`]) {
    const done = { key, value: now.toISOString() }
    await db
      .insertInto('setting')
      .values(done)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  for (const { no } of await listConcerns(db, { statuses: ALIVE_STATUSES })) {
    const asked = { concern: no, kind: 'place', room: 'members', askedOf: null, options: [], outbox: null } as const
    await openQuestion(db, { ...asked, options: [] }, now)
    await dropQuestions(db, no, 'place', now)
  }
}
