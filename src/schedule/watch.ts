import type { Db } from '../../db/database.ts'
import { type Clock, HOUR, MINUTE } from '../clock.ts'
import { readSetting, saveSetting } from '../settings.ts'
import type { Job } from './schedule.ts'

const TOO_LONG_UNTOLD = 15 * MINUTE

type Parts = { db: Db; clock: Clock; alert(text: string): void }

/** Tells the operator outside WeChat of what the bot cannot mend by itself; each thing once, over restarts too. */
export function watchJob(parts: Parts): Job {
  return { name: 'watch', pattern: '45 * * * * *', run: () => watch(parts) }
}

/** Looks once at how long the model is away, and at what may not have arrived in the rooms. */
export async function watch({ db, clock, alert }: Parts): Promise<void> {
  const now = clock.now()
  await watchModel(db, now, alert)
  await watchOutbox(db, now, alert)
}

/** Talk whose reading failed and that has been waiting for an hour since it was closed. */
async function watchModel(db: Db, now: Date, alert: Parts['alert']): Promise<void> {
  const waiting = await db
    .selectFrom('episode')
    .select('id')
    .where('state', '=', 'pending')
    .where('error', 'is not', null)
    .where('closed_at', '<=', new Date(now.getTime() - HOUR).toISOString())
    .executeTakeFirst()
  const hasAlerted = (await readSetting(db, 'model_alerted')) === 'yes'
  if ((waiting !== undefined) === hasAlerted) return
  await saveSetting(db, 'model_alerted', waiting ? 'yes' : '')
  alert(
    waiting
      ? '大模型一个多小时没有答复,听到的都先记着。请运行 npm run doctor 看看原因。'
      : '大模型又连上了,存下的话在接着读。',
  )
}

/** A digest or a red alarm that may not have arrived, and a red alarm that cannot be told at all. */
async function watchOutbox(db: Db, now: Date, alert: Parts['alert']): Promise<void> {
  const known = JSON.parse((await readSetting(db, 'outbox_alerted')) ?? '{}') as { unsure?: number; untold?: number }
  const rows = db.selectFrom('outbox').select(['id', 'kind', 'once']).orderBy('id')
  const unsure = await rows
    .where('state', '=', 'unsure')
    .where('kind', 'in', ['digest', 'red'])
    .where('id', '>', known.unsure ?? 0)
    .execute()
  const untold = await rows
    .where('state', '=', 'queued')
    .where('kind', '=', 'red')
    .where('created_at', '<=', new Date(now.getTime() - TOO_LONG_UNTOLD).toISOString())
    .where('id', '>', known.untold ?? 0)
    .execute()
  if (unsure.length + untold.length === 0) return
  const last = { unsure: unsure.at(-1)?.id ?? known.unsure, untold: untold.at(-1)?.id ?? known.untold }
  await saveSetting(db, 'outbox_alerted', JSON.stringify(last))
  if (unsure.some(({ kind }) => kind === 'digest'))
    alert('周报可能没发到群里,请到群里看看;没有的话请在支委群说“周报 上周”。')
  const red = unsure.filter(({ kind }) => kind === 'red')
  if (red.length > 0) alert(`${numbersOf(red)}是紧急的事,提醒可能没发到群里,请马上到群里看看。`)
  if (untold.length > 0)
    alert(`${numbersOf(untold)}是紧急的事,15分钟没能发到群里。请打电话告诉支委会;找谁:npm run cli -- contacts 号码`)
}

/** 「12号、15号」, from the keys under which they are told; what has none is just 「有一件」. */
function numbersOf(rows: { once: string | null }[]): string {
  const numbers = rows.flatMap(({ once }) => /^(?:red|red-members|ring):(\d+)/.exec(once ?? '')?.[1] ?? [])
  return numbers.length === 0 ? '有一件' : [...new Set(numbers)].map((no) => `${no}号`).join('、')
}
