import type { Db } from '../../db/database.ts'
import type { MediaKind, RoomKey } from '../../db/schema.ts'
import { FileGone, MOST_BYTES } from '../chat/chat.ts'
import { type Clock, DAY, HOUR, MINUTE } from '../clock.ts'
import { LlmError } from '../llm/llm.ts'
import type { Log } from '../log.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { ASK_AGAIN, endedProcessTwice, waitAfter, waitAsked } from '../retry.ts'
import { TroubleTeller } from '../trouble.ts'
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
/** WeChat keeps files for the session that heard of them. */
const FETCHED_WITHIN = HOUR
const FETCH_TAKES = MINUTE
const READ_WITHIN = DAY
const AFTER_A_PERSON_ACTED = HOUR
const WORDS: Record<MediaKind, string> = { voice: '语音转文字', image: '看图片' }

/** Fetches the files of voice messages and pictures at once, and has them read one at a time; survives restarts. */
export class MediaDesk {
  readonly #options: Options
  readonly #ending = new AbortController()
  readonly #trouble: Record<MediaKind, TroubleTeller>

  constructor(options: Options) {
    this.#options = options
    this.#trouble = { voice: troubleTeller(options, 'voice'), image: troubleTeller(options, 'image') }
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
      const bytes = await this.#unlessEnding(within(FETCH_TAKES, fetch(job.msg_id, job.kind)))
      if (bytes.length > MOST_BYTES[job.kind]) throw new NotPerceptible('the file is too large')
      await keepBytes(db, job, bytes, clock.now())
    }),
  )

  readonly #readDue = oneAtATime(() =>
    this.#each('read', async (job) => {
      const sense = this.#options.senses[job.kind]!
      const perceived = await this.#unlessEnding(sense.perceive(job.bytes!, this.#ending.signal))
      await this.#finish(job, perceived)
      this.#trouble[job.kind].note(null)
    }),
  )

  async #each(state: MediaJob['state'], work: (job: MediaJob) => Promise<void>): Promise<void> {
    const { db, clock, senses } = this.#options
    for (;;) {
      const job = this.#ending.signal.aborted ? undefined : await nextJob(db, state, clock.now())
      if (!job) return
      if (endedProcessTwice(job.started)) await this.#giveUp(job, new NotPerceptible('ended the process twice'))
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
    const next = new Date(now.getTime() + waitFor(job, error))
    if (isHopeless(error) || next.getTime() - Date.parse(job.since) > limit) return this.#giveUp(job, error)
    log.warn({ err: error, seq: job.message, kind: job.kind, state: job.state }, 'a file could not be read yet')
    await postponeJob(db, job, next, error instanceof LlmError ? error.kind : 'failed')
    if (job.state === 'read') this.#trouble[job.kind].note(isConfig(error) ? 'stopped' : 'away')
  }

  /** It stays without words, and is counted as not heard or not seen. */
  async #giveUp(job: MediaJob, error: unknown): Promise<void> {
    const { db, log } = this.#options
    await dropJob(db, job.message)
    log.warn({ err: error, seq: job.message, kind: job.kind, state: job.state }, 'a file was given up')
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
function waitFor({ state, attempts }: MediaJob, error: unknown): number {
  if (error instanceof LlmError && error.retryAfterSeconds !== null) return waitAsked(error.retryAfterSeconds)
  if (isConfig(error)) return AFTER_A_PERSON_ACTED
  return waitAfter(attempts, state === 'fetch' ? FETCH_AGAIN : ASK_AGAIN)
}

/** @throws when the work takes too long; nobody waits for its outcome then. */
function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no end after ${milliseconds} ms`)), milliseconds)
  timer.unref()
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

function troubleTeller({ tell }: Options, kind: MediaKind): TroubleTeller {
  const words = WORDS[kind]
  return new TroubleTeller(tell, {
    away: `${words}现在没有答复,过一会儿再试。`,
    stopped: `${words}不让用了(钥匙、余额或型号不对)。运行 npm run doctor 看看原因。`,
    back: `${words}又好了。`,
  })
}
