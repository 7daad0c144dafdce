import { type Db, inOneTransaction } from '../../db/database.ts'
import type { RoomKey } from '../../db/schema.ts'
import { type Clock, clockText } from '../clock.ts'
import type { Taxonomy } from '../concerns/taxonomy.ts'
import type { Log } from '../log.ts'
import { awaitedAmong, PATIENCE } from '../media/jobs.ts'
import { oneAtATime } from '../one-at-a-time.ts'
import { enqueue } from '../outbox/outbox.ts'
import { endedProcessTwice, waitAfter, waitAsked } from '../retry.ts'
import type { Roster } from '../roster/roster.ts'
import { TroubleTeller } from '../trouble.ts'
import { type CheckedReading, checkReading, UNSURE } from './check.ts'
import { hasCue } from './cue.ts'
import { closesAt, MOST_LINES } from './episode.ts'
import {
  type EpisodeRow,
  finishEpisode,
  forgiveStarts,
  halveEpisode,
  listPending,
  messagesOf,
  openEpisode,
  postponeEpisode,
  startReading,
} from './episodes.ts'
import { fileReading } from './filing.ts'
import { listWaiting, type MessageRow } from './inbox.ts'
import { isNoise } from './noise.ts'
import { type AskedEpisode, askAbout } from './question.ts'
import { type FoundConcern, type Reader, ReaderBusy, ReaderRefused } from './reader.ts'
import { alarmByRule, bareRequest } from './rule-alarm.ts'
import {
  afterSecondLook,
  type Doubted,
  doubtsAbout,
  isMissedLine,
  type LookedAgain,
  missedDangers,
} from './second-look.ts'
import { callsForHelp, hasUrgentCue } from './urgent.ts'

export type IntakeParts = {
  db: Db
  /** Who reads: a model, or the keyword rules. */
  reader: Reader
  /** Who reads a registration when the reader cannot be asked, and urgent cues while it is away. */
  rules: Reader
  roster: Roster
  taxonomy: Taxonomy
  clock: Clock
  log: Log
  /** Tells the operator something, in Chinese. */
  tell(text: string): void
}

/** What became of a sweep: the numbers filed, how many episodes were read, and how many could not be. */
export type Swept = { filed: number[]; read: number; failures: number }

const READ_ROOM: RoomKey = 'members'
const MOST_FAULTS = 5
const WORDS = {
  away: '大模型现在没有答复。听到的都先记着,连上了会接着读。',
  stopped: '大模型不让用了(钥匙、余额或型号不对)。听到的都先记着。运行 npm run doctor 看看原因。',
  back: '大模型又连上了。',
}

/** Turns talk into concerns: closes runs of talk that have gone quiet, has them read, files what holds. */
export class Intake {
  readonly #parts: IntakeParts
  readonly #trouble: TroubleTeller

  constructor(parts: IntakeParts) {
    this.#parts = parts
    this.#trouble = new TroubleTeller(parts.tell, WORDS)
  }

  /** When the waiting talk will have gone quiet; null when nothing waits. */
  async nextClose(): Promise<Date | null> {
    return closesAt(asWaiting(await listWaiting(this.#parts.db, READ_ROOM)))
  }

  /** Closes the waiting talk at once, quiet or not: somebody asks for the state of things. */
  async closeNow(): Promise<void> {
    await this.#close(true)
  }

  /** To be called at an orderly end: a reading that it interrupts is not held against its episode. */
  async stop(): Promise<void> {
    await forgiveStarts(this.#parts.db)
  }

  /** Closes what has gone quiet and reads what is due. */
  readonly sweep = oneAtATime(() => this.#sweep())

  async #sweep(): Promise<Swept> {
    await this.#close(false)
    const { db, clock, log } = this.#parts
    const swept: Swept = { filed: [], read: 0, failures: 0 }
    // Registrations first: somebody waits for the number. Then in order, since each reading knows the ones before it.
    const pending = await listPending(db)
    const inOrder = [...pending.filter(isRegistered), ...pending.filter((episode) => !isRegistered(episode))]
    for (const episode of inOrder) {
      if (episode.next_at > clock.now().toISOString()) {
        if (isRegistered(episode)) continue
        return this.#waiting(swept, pending)
      }
      try {
        const numbers = await this.#read(episode)
        if (numbers === null) return this.#waiting(swept, pending)
        swept.filed.push(...numbers)
        swept.read += 1
      } catch (error) {
        log.error({ err: error, episode: episode.id }, 'an episode could not be read')
        if (episode.attempts >= MOST_FAULTS) {
          await this.#bisect(episode, await messagesOf(db, episode.id), new Error('could not be read'))
          continue
        }
        await postponeEpisode(db, episode, backOff(episode, clock.now()), String(error))
        return this.#waiting(swept, pending)
      }
    }
    if (swept.read > 0) this.#trouble.note(null)
    return swept
  }

  /** While the reader is away everything waits in order, but an urgent cue is not left waiting. */
  async #waiting(swept: Swept, pending: EpisodeRow[]): Promise<Swept> {
    for (const { id } of pending) await this.#alarmByRule(await messagesOf(this.#parts.db, id))
    return { ...swept, failures: 1 }
  }

  async #close(atOnce: boolean): Promise<void> {
    const { db, clock } = this.#parts
    let isClosed = true
    while (isClosed) {
      // In one transaction, so that two who close at the same time never share a message.
      isClosed = await inOneTransaction(db, async (trx) => {
        const fresh = await listWaiting(trx, READ_ROOM)
        const closes = closesAt(asWaiting(fresh))
        if (!closes || (!atOnce && closes > clock.now())) return false
        const ready = await readyOf(trx, fresh.slice(0, MOST_LINES), { closes, atOnce, now: clock.now() })
        if (ready.length > 0) await openEpisode(trx, READ_ROOM, ready, clock.now())
        return ready.length > 0
      })
    }
  }

  /** @returns the numbers filed, or null when the reader cannot be asked now. */
  async #read(episode: EpisodeRow): Promise<number[] | null> {
    const { db, clock, taxonomy, log } = this.#parts
    const messages = await messagesOf(db, episode.id)
    const isSilent = messages.every(({ kind, text }) => isNoise(kind, text)) && !isRegistered(episode)
    if (messages.length === 0 || isSilent) {
      await finishEpisode(db, episode.id, 'read', { reader: null })
      return []
    }
    if (endedProcessTwice(episode.started)) {
      return this.#giveToPeople(episode, messages, 'ended the process twice')
    }
    await startReading(db, episode.id)
    const { roster } = this.#parts
    const asked = await askAbout(db, messages, { roster, taxonomy, isRegistered: isRegistered(episode) })
    try {
      const { checked, missed, later, reader } = await this.#ask(asked, episode)
      const filed = await fileReading(db, episode, checked, { roster, reader, now: clock.now() })
      // A message was withdrawn while the model read: the episode is asked about again without it.
      if (filed === null) return await this.#readAgain(episode)
      const dangers = [...missed, ...missedDangers(later, await this.#answersTo(asked, later))]
      await this.#alarmByRule(messages.filter(({ seq }) => dangers.includes(seq)))
      return filed
    } catch (error) {
      if (error instanceof ReaderRefused) {
        log.warn({ err: error, episode: episode.id, lines: messages.length }, 'the reader refused an episode')
        return this.#bisect(episode, messages, error)
      }
      if (!(error instanceof ReaderBusy)) throw error
      log.warn({ err: error, episode: episode.id }, 'the reader cannot be asked now')
      this.#trouble.note(error.stop ? 'stopped' : 'away')
      const wait =
        error.retryAfterSeconds === null ? null : new Date(clock.now().getTime() + waitAsked(error.retryAfterSeconds))
      await postponeEpisode(db, episode, wait ?? backOff(episode, clock.now()), error.message)
      return null
    }
  }

  async #readAgain(episode: EpisodeRow): Promise<number[] | null> {
    await forgiveStarts(this.#parts.db)
    return this.#read(episode)
  }

  /** A registration is always filed: by the reader, else by the rules, else as the bare request it is. */
  async #ask(asked: AskedEpisode, episode: EpisodeRow): Promise<LookedAgain & { reader: string }> {
    const { reader, rules, taxonomy } = this.#parts
    const context = { roster: this.#parts.roster, taxonomy, isRegistered: isRegistered(episode) }
    const check = async (by: Reader) => {
      const doubtOf = (found: FoundConcern) => (found.sure ? null : by === rules ? '关键词初筛' : UNSURE)
      const checked = checkReading(asked, await by.read(asked.question), { ...context, doubtOf })
      return { ...(await this.#lookAgain(asked, checked, by)), reader: by.name }
    }
    if (!isRegistered(episode)) return check(reader)
    const first = await check(reader).catch((error: unknown) => {
      if (error instanceof ReaderBusy || error instanceof ReaderRefused) return check(rules)
      throw error
    })
    if (first.checked.concerns.length > 0) return first
    const bare = { concerns: [bareRequest(asked)], updates: [] }
    return { ...first, checked: checkReading(asked, bare, { ...context, doubtOf: () => null }) }
  }

  /** Asks a second time about what is doubtful; a danger that was read is never held up by that. */
  async #lookAgain(asked: AskedEpisode, checked: CheckedReading, by: Reader): Promise<LookedAgain> {
    const doubts = by.lookAgain ? doubtsAbout(asked, checked) : []
    const isAlarm = checked.concerns.some(({ draft }) => draft.urgency === 'red')
    if (isAlarm) return { checked, missed: [], later: doubts.filter(isMissedLine) }
    const answers = await this.#answersTo(asked, doubts)
    return { checked: afterSecondLook(checked, doubts, answers), missed: missedDangers(doubts, answers), later: [] }
  }

  /** None when the reader does not answer: the first reading stands. */
  async #answersTo(asked: AskedEpisode, doubts: Doubted[]): Promise<(boolean | null)[]> {
    if (doubts.length === 0) return []
    try {
      return (await this.#parts.reader.lookAgain?.(asked.question, doubts)) ?? []
    } catch (error) {
      if (!(error instanceof ReaderBusy || error instanceof ReaderRefused)) throw error
      this.#parts.log.warn({ err: error }, 'no second look')
      return []
    }
  }

  async #bisect(episode: EpisodeRow, messages: MessageRow[], error: Error): Promise<number[]> {
    const { db, clock } = this.#parts
    if (messages.length > 1) {
      await halveEpisode(db, episode, messages, clock.now())
      return []
    }
    return this.#giveToPeople(episode, messages, error.message)
  }

  /** What no reader takes goes before people: an urgent cue alarms by rule, and the committee is told to look. */
  async #giveToPeople(episode: EpisodeRow, messages: MessageRow[], error: string): Promise<number[]> {
    const { db, clock, reader } = this.#parts
    await this.#alarmByRule(messages)
    await inOneTransaction(db, async (trx) => {
      await finishEpisode(trx, episode.id, 'people', { reader: reader.name, error })
      const when = messages[0] ? clockText(new Date(messages[0].said_at)) : ''
      const text = `居民群${when}有${messages.length}句话小助手没读成,请到群里看看,别漏了事。`
      await enqueue(trx, { room: 'committee', kind: 'notice', text, once: `people:${episode.id}` }, clock.now())
    })
    return []
  }

  #alarmByRule(messages: MessageRow[]): Promise<void> {
    const { db, clock } = this.#parts
    return alarmByRule(db, messages, { ...this.#parts, now: clock.now() })
  }
}

/** What of a run of talk can be read: all of it waits for the words of a voice message; at once, what went before it. */
async function readyOf(
  db: Db,
  run: MessageRow[],
  { closes, atOnce, now }: { closes: Date; atOnce: boolean; now: Date },
): Promise<MessageRow[]> {
  // One voice message after the other must not hold up what is urgent.
  if (now.getTime() >= closes.getTime() + PATIENCE) return run
  const seqs = run.map(({ seq }) => seq)
  const awaited = await awaitedAmong(db, seqs, now)
  const first = seqs.findIndex((seq) => awaited.has(seq))
  if (first < 0) return run
  return atOnce ? run.slice(0, first) : []
}

function isRegistered({ purpose }: EpisodeRow): boolean {
  return purpose === 'registered'
}

function asWaiting(messages: MessageRow[]) {
  return messages.map(({ heard_at, kind, text }) => ({
    at: new Date(heard_at),
    urgent: hasUrgentCue(text) || callsForHelp(text),
    hasCue: hasCue(kind, text),
  }))
}

function backOff({ attempts }: EpisodeRow, now: Date): Date {
  return new Date(now.getTime() + waitAfter(attempts))
}
