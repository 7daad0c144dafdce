import { Cron } from 'croner'
import { ZONE } from '../clock.ts'
import type { Log } from '../log.ts'

/** A piece of work that returns every so often; `pattern` is a cron pattern in the community's time zone. */
export type Job = { name: string; pattern: string; run(): Promise<void> }

/**
 * Runs jobs on time, none over itself; a job that fails is logged and tried again at its next time.
 * @returns what stops them all.
 */
export function startSchedule(jobs: readonly Job[], log: Log): () => void {
  const crons = jobs.map(({ name, pattern, run }) => {
    const fail = (error: unknown) => log.error({ err: error, job: name }, 'a job failed')
    return new Cron(pattern, { name, timezone: ZONE, protect: true, catch: fail }, run)
  })
  return () => {
    for (const cron of crons) cron.stop()
  }
}
