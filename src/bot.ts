import type { Db } from '../db/database.ts'
import type { RoomKey } from '../db/schema.ts'
import type { Chat, ChatMessage } from './chat/chat.ts'
import type { Clock } from './clock.ts'
import { looksLikeAnswer } from './commands/answer.ts'
import { register } from './commands/register.ts'
import { recogniseCommand, runAnswer, runCommand, suggest } from './commands/run.ts'
import type { Taxonomy } from './concerns/taxonomy.ts'
import { retryAll } from './intake/episodes.ts'
import { keepMessage, listNew, type MessageRow, sortMessage, startAttempt, withdrawMessage } from './intake/inbox.ts'
import { Intake } from './intake/intake.ts'
import type { Reader } from './intake/reader.ts'
import type { Log } from './log.ts'
import { type Pace, Sender } from './outbox/sender.ts'
import type { Roster } from './roster/roster.ts'
import { jobsOf } from './schedule/jobs.ts'

export type World = {
  db: Db
  chat: Pick<Chat, 'say' | 'sendFile'>
  reader: Reader
  /** The keyword rules: who reads when the reader is away. */
  rules: Reader
  roster: Roster
  taxonomy: Taxonomy
  clock: Clock
  log: Log
  /** Tells the operator something, in Chinese. */
  tell(text: string): void
  pace: Pace
  /** Where pictures are put; null sends texts alone. */
  filesDir: string | null
  /** In which room unclear places are asked about. */
  askIn: RoomKey
  /** How long an answer waits for the reading of what was just said, in milliseconds. */
  patience: number
}

/** Puts the bot together: what hears, what reads, what speaks, and what it does by itself. */
export function createBot(world: World, since: Date) {
  const intake = new Intake(world)
  const sender = new Sender(world)
  const readerName = world.reader.name
  const onOutgoing = () =>
    void sender.send().catch((error: unknown) => world.log.error({ err: error }, 'sending failed'))
  const bot = new Bot({ ...world, intake, readerName, onOutgoing })
  return { bot, intake, sender, jobs: jobsOf({ ...world, intake, sender, readerName, since }) }
}

type BotParts = {
  db: Db
  intake: Intake
  roster: Roster
  taxonomy: Taxonomy
  clock: Clock
  log: Log
  readerName: string
  filesDir: string | null
  /** Called when something may have come into the outbox. */
  onOutgoing: () => void
  /** How long an answer waits for the reading of what was just said, in milliseconds. */
  patience: number
}

/** The bot's front door: a heard message is written down first; what it asks for is carried out after, in order. */
export class Bot {
  readonly #parts: BotParts
  #work: Promise<void> = Promise.resolve()

  constructor(parts: BotParts) {
    this.#parts = parts
  }

  /** Writes a message down and returns; whatever it asks for is done later. Heard twice, it is written once. */
  async hear(message: ChatMessage): Promise<void> {
    const { db, roster, clock } = this.#parts
    const row = await keepMessage(db, message, roster, clock.now())
    if (row?.state === 'new') this.#then(row)
  }

  /** To be called once at start: carries out what was written down but not yet carried out. */
  async recover(): Promise<void> {
    // A new start, or a mended configuration: what backed off is tried at once.
    await retryAll(this.#parts.db, this.#parts.clock.now())
    for (const row of await listNew(this.#parts.db)) this.#then(row)
    await this.idle()
  }

  /** Resolves when everything heard so far has been carried out. */
  idle(): Promise<void> {
    return this.#work
  }

  #then(row: MessageRow): void {
    const { log } = this.#parts
    this.#work = this.#work
      .then(() => this.#handle(row))
      .catch((error: unknown) => {
        log.error({ err: error, seq: row.seq }, 'a message could not be carried out')
      })
  }

  async #handle(row: MessageRow): Promise<void> {
    const { db, clock, roster, taxonomy, readerName, filesDir, log, onOutgoing } = this.#parts
    if (row.kind === 'recall') {
      if (row.revokes_id !== null) await withdrawMessage(db, row.room, row.revokes_id, clock.now())
      return sortMessage(db, row.seq, 'aside')
    }
    if (row.kind === 'system' || row.kind === 'other') return sortMessage(db, row.seq, 'aside')
    const parsed = await recogniseCommand(db, row, { roster, taxonomy })
    const parts = { roster, taxonomy, now: clock.now(), readerName, filesDir, log }
    const mayAnswer = !parsed && looksLikeAnswer(row)
    if ((parsed || mayAnswer) && !(await startAttempt(db, row))) return
    if (mayAnswer && (await runAnswer(db, row, parts))) return onOutgoing()
    if (!parsed) {
      await suggest(db, row, clock.now())
      onOutgoing()
      return sortMessage(db, row.seq, row.room === 'members' ? 'waiting' : 'aside')
    }
    if (parsed.kind === 'command' && parsed.command.readsFirst) await this.#readWhatWasSaid()
    await runCommand(db, row, parsed, { roster, taxonomy, now: clock.now(), readerName, filesDir, log })
    onOutgoing()
    if (parsed.command === register) this.#readSoon()
  }

  /** A registration is read at once, while the next message is already being heard. */
  #readSoon(): void {
    const { intake, log, onOutgoing } = this.#parts
    intake.sweep().then(onOutgoing, (error: unknown) => log.error({ err: error }, 'a sweep failed'))
  }

  /** Somebody asks for the state of things: what was just said is read first, as long as patience lasts. */
  async #readWhatWasSaid(): Promise<void> {
    const { intake, patience } = this.#parts
    await intake.closeNow()
    const { promise: enough, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, patience)
    await Promise.race([intake.sweep().then(() => undefined), enough])
    clearTimeout(timer)
  }
}
