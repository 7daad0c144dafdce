import type { Db } from '../../db/database.ts'
import type { MediaKind, RoomKey } from '../../db/schema.ts'
import { FileGone, MOST_BYTES } from '../chat/chat.ts'
import { type Clock, DAY, HOUR, MINUTE } from '../clock.ts'
import { LlmError } from '../llm/llm.ts'
import type { Log } from '../log.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { dropJob, keepBytes, type MediaJob, nextJob, postponeJob, retryJobs, startJob } from './jobs.ts'
import { NotPerceptible, type Perceived, type Senses } from './sense.ts'

type Options = {
  db: Db
  clock: Clock
  log: Log
  /** Tells the operator something, in Chinese. */
  tell(text: string): void
  senses: Senses
  /** Fetches a file from the chat. @throws FileGone when it can never be had */
  fetch(id: string, kind: MediaKind): Promise<Buffer>
  /** Puts the words where the message is; in the transaction in which the file is forgotten. */
  give(db: Db, message: number, perceived: Perceived): Promise<void>
  /** Called once the words are there for good. */
  given(message: number): Promise<void>
}

const FETCH_AGAIN = [5_000, 15_000, MINUTE, 3 * MINUTE, 10 * MINUTE]
const READ_AGAIN = [30_000, 2 * MINUTE, 8 * MINUTE, 30 * MINUTE, 2 * HOUR]
/** WeChat keeps files for the session that heard of them. */
const FETCHED_WITHIN = HOUR
const READ_WITHIN = DAY
const AFTER_A_PERSON_ACTED = HOUR
const LONGEST_WAIT = 2 * HOUR
const ENDED_PROCESS_TWICE = 2
const WORDS: Record<MediaKind, string> = { voice: '语音转文字', image: '看图片' }

/** Fetches the files of voice messages and pictures at once, and has them read one at a time; survives restarts. */
export class MediaDesk {
  readonly #options: Options
  readonly #ending = new AbortController()
  readonly #troubled = new Set<MediaKind>()

  constructor(options: Options) {
    this.#options = options
  }

  /** Which sense a message needs; null when its words are there or nobody would read them. Pictures: the members' room only. */
  senseFor({ kind, text, room }: { kind: string; text: string; room: RoomKey }): MediaKind | null {
    const { voice, image } = this.#options.senses
    if (text !== '') return null
    if (kind === 'voice') return voice && kind
    return kind === 'image' && room === 'members' ? image && kind : null
  }

  /** To be called once at start: what backed off is tried at once. */
  async recover(): Promise<void> {
    await retryJobs(this.#options.db, this.#options.clock.now())
  }

  /** Fetches and reads whatever is due. */
  async work(): Promise<void> {
    await this.#fetchDue()
    await this.#readDue()
  }

  /** Ends whatever is under way; it is done again after the next start. */
  async stop(): Promise<void> {
    this.#ending.abort()
    await this.work()
    await retryJobs(this.#options.db, this.#options.clock.now(), { isEnding: true })
  }

  // A file is gone from the server soon; it does not wait until the one before it has been read.
  readonly #fetchDue = oneAtATime(() =>
    this.#each('fetch', async (job) => {
      const { db, clock, fetch } = this.#options
      const bytes = await this.#unlessEnding(fetch(job.msg_id, job.kind))
      if (bytes.length > MOST_BYTES[job.kind]) throw new NotPerceptible('the file is too large')
      await keepBytes(db, job, bytes, clock.now())
    }),
  )

  readonly #readDue = oneAtATime(() =>
    this.#each('read', async (job) => {
      const sense = this.#options.senses[job.kind]!
      const perceived = await this.#unlessEnding(sense.perceive(job.bytes!, this.#ending.signal))
      await this.#finish(job, perceived)
      this.#tellTrouble(job.kind, null)
    }),
  )

  async #each(state: MediaJob['state'], work: (job: MediaJob) => Promise<void>): Promise<void> {
    const { db, clock, senses } = this.#options
    for (;;) {
      const job = this.#ending.signal.aborted ? undefined : await nextJob(db, state, clock.now())
      if (!job) return
      if (job.started >= ENDED_PROCESS_TWICE) await this.#giveUp(job, new NotPerceptible('ended the process twice'))
      else if (!senses[job.kind]) await this.#giveUp(job, new NotPerceptible('it was switched off'))
      else if (await startJob(db, job)) await work(job).catch((error: unknown) => this.#failed(job, error))
    }
  }

  async #finish(job: MediaJob, perceived: Perceived): Promise<void> {
    const { db, give, given } = this.#options
    const isWanted = await db.transaction().execute(async (trx) => {
      const isThere = await dropJob(trx, job.message)
      if (isThere) await give(trx, job.message, perceived)
      return isThere
    })
    if (isWanted) await given(job.message)
  }

  async #failed(job: MediaJob, error: unknown): Promise<void> {
    if (this.#ending.signal.aborted) return
    const { db, clock, log } = this.#options
    const now = clock.now()
    const limit = job.state === 'fetch' ? FETCHED_WITHIN : READ_WITHIN
    const next = new Date(now.getTime() + waitAfter(job, error))
    if (isHopeless(error) || next.getTime() - Date.parse(job.since) > limit) return this.#giveUp(job, error)
    log.warn({ err: error, seq: job.message, kind: job.kind, state: job.state }, 'a file could not be read yet')
    await postponeJob(db, job, next, error instanceof LlmError ? error.kind : 'failed')
    if (job.state === 'read') this.#tellTrouble(job.kind, isConfig(error) ? 'stopped' : 'away')
  }

  /** It stays without words, and is counted as not heard or not seen. */
  async #giveUp(job: MediaJob, error: unknown): Promise<void> {
    const { db, log } = this.#options
    await dropJob(db, job.message)
    log.warn({ err: error, seq: job.message, kind: job.kind, state: job.state }, 'a file was given up')
  }

  /** Tells the operator once when a sense goes away, and once when it is back. */
  #tellTrouble(kind: MediaKind, trouble: 'away' | 'stopped' | null): void {
    const { tell } = this.#options
    const was = this.#troubled.has(kind)
    if (trouble === null) {
      if (was) tell(`${WORDS[kind]}又好了。`)
      this.#troubled.delete(kind)
      return
    }
    if (was) return
    this.#troubled.add(kind)
    if (trouble === 'stopped') tell(`${WORDS[kind]}不让用了(钥匙、余额或型号不对)。运行 npm run doctor 看看原因。`)
    else tell(`${WORDS[kind]}现在没有答复,过一会儿再试。`)
  }

  async #unlessEnding<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.#ending
    const { promise: end, reject } = Promise.withResolvers<never>()
    const onEnd = () => reject(new Error('the process ends'))
    signal.addEventListener('abort', onEnd, { once: true })
    if (signal.aborted) onEnd()
    return Promise.race([work, end]).finally(() => signal.removeEventListener('abort', onEnd))
  }
}

function isHopeless(error: unknown): boolean {
  if (error instanceof LlmError) return !['config', 'throttle', 'transient'].includes(error.kind)
  return error instanceof FileGone || error instanceof NotPerceptible
}

function isConfig(error: unknown): boolean {
  return error instanceof LlmError && error.kind === 'config'
}

/** Milliseconds until the next try. */
function waitAfter({ state, attempts }: MediaJob, error: unknown): number {
  if (error instanceof LlmError && error.retryAfterSeconds !== null)
    return Math.min(LONGEST_WAIT, error.retryAfterSeconds * 1000)
  if (isConfig(error)) return AFTER_A_PERSON_ACTED
  const waits = state === 'fetch' ? FETCH_AGAIN : READ_AGAIN
  return waits[Math.min(attempts, waits.length - 1)]!
}
