import { type Db, inOneTransaction } from '../db/database.ts'
import type { MediaKind, RoomKey } from '../db/schema.ts'
import { type Chat, type ChatMessage, FileGone } from './chat/chat.ts'
import type { Clock } from './clock.ts'
import { looksLikeAnswer } from './commands/answer.ts'
import type { Leaving } from './commands/command.ts'
import { register } from './commands/register.ts'
import { recogniseCommand, runAnswer, runCommand, suggest } from './commands/run.ts'
import type { Taxonomy } from './concerns/taxonomy.ts'
import { retryAll } from './intake/episodes.ts'
import {
  getNew,
  keepMessage,
  listNew,
  type MessageRow,
  sortMessage,
  startAttempt,
  withdrawMessage,
} from './intake/inbox.ts'
import { Intake } from './intake/intake.ts'
import { giveWords } from './intake/late-words.ts'
import type { Reader } from './intake/reader.ts'
import type { Log } from './log.ts'
import { awaitWords } from './media/jobs.ts'
import { MediaDesk } from './media/media-desk.ts'
import type { Senses } from './media/sense.ts'
import { type Pace, Sender } from './outbox/sender.ts'
import type { Roster } from './roster/roster.ts'
import { jobsOf } from './schedule/jobs.ts'

export type World = {
  db: Db
  chat: Pick<Chat, 'say' | 'sendFile' | 'fetchFile'>
  /** Who hears voice messages and looks at pictures; without them nothing is fetched. */
  senses?: Senses
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
  /** The day of the month of the 主题党日, 3 to 28. */
  partyDay: number
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
  const { chat, clock, senses = { voice: null, image: null } } = world
  const desk: MediaDesk = new MediaDesk({
    ...{ ...world, senses },
    fetch: async (id, kind) => {
      if (!chat.fetchFile) throw new FileGone('this chat has no files')
      return chat.fetchFile(id, kind)
    },
    give: (trx, seq, words) =>
      giveWords(trx, seq, words, {
        now: clock.now(),
        asks: async (trx, row) => (await recogniseCommand(trx, row, world)) !== null,
      }),
    given: async (seq) => bot.hearAgain(seq),
  })
  const bot: Bot = new Bot({ ...world, desk, leaving: leavingOf(senses), intake, readerName, onOutgoing })
  return { bot, intake, sender, desk, jobs: jobsOf({ ...world, intake, sender, desk, readerName, since }) }
}

function leavingOf({ voice, image }: Senses): Leaving {
  return { voice: voice?.host ?? null, image: image?.host ?? null }
}

type BotParts = {
  db: Db
  intake: Intake
  desk: MediaDesk
  /** Where voices and pictures go. */
  leaving: Leaving
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
    const { db, roster, clock, desk } = this.#parts
    const sense = desk.senseFor(message)
    if (sense) return this.#hearWordless(message, sense)
    const row = await keepMessage(db, message, roster, clock.now())
    if (row?.state === 'new') this.#then(row.seq, async () => row)
  }

  /** A voice message or picture whose words are still to come: its file is fetched at once. */
  async #hearWordless(message: ChatMessage, sense: MediaKind): Promise<void> {
    const { db, roster, clock, desk, log } = this.#parts
    const row = await inOneTransaction(db, async (trx) => {
      const kept = await keepMessage(trx, message, roster, clock.now())
      if (kept?.state === 'new') await awaitWords(trx, kept.seq, sense, clock.now())
      return kept
    })
    if (row?.state !== 'new') return
    this.hearAgain(row.seq)
    desk.work().catch((error: unknown) => log.error({ err: error }, 'files could not be worked on'))
  }

  /** Carries out what the words of a message ask for, as they stand when it is its turn. */
  hearAgain(seq: number): void {
    this.#then(seq, () => getNew(this.#parts.db, seq))
  }

  /** To be called once at start: carries out what was written down but not yet carried out. */
  async recover(): Promise<void> {
    // A new start, or a mended configuration: what backed off is tried at once.
    await retryAll(this.#parts.db, this.#parts.clock.now())
    await this.#parts.desk.recover()
    for (const { seq } of await listNew(this.#parts.db)) this.hearAgain(seq)
    await this.idle()
  }

  /** Resolves when everything heard so far has been carried out. */
  idle(): Promise<void> {
    return this.#work
  }

  #then(seq: number, load: () => Promise<MessageRow | undefined>): void {
    const { log } = this.#parts
    this.#work = this.#work
      .then(async () => {
        const row = await load()
        if (row) await this.#handle(row)
      })
      .catch((error: unknown) => {
        log.error({ err: error, seq }, 'a message could not be carried out')
      })
  }

  async #handle(row: MessageRow): Promise<void> {
    const { db, clock, roster, taxonomy, readerName, filesDir, leaving, log, onOutgoing } = this.#parts
    if (row.kind === 'recall') {
      if (row.revokes_id !== null) await withdrawMessage(db, row.room, row.revokes_id, clock.now())
      return sortMessage(db, row.seq, 'aside')
    }
    if (row.kind === 'system' || row.kind === 'other') return sortMessage(db, row.seq, 'aside')
    const parsed = await recogniseCommand(db, row, { roster, taxonomy })
    const parts = { roster, taxonomy, now: clock.now(), readerName, filesDir, leaving, log }
    const mayAnswer = !parsed && looksLikeAnswer(row)
    if ((parsed || mayAnswer) && !(await startAttempt(db, row))) return
    if (mayAnswer && (await runAnswer(db, row, parts))) return onOutgoing()
    if (!parsed) {
      await suggest(db, row, clock.now())
      onOutgoing()
      return sortMessage(db, row.seq, row.room === 'members' ? 'waiting' : 'aside')
    }
    if (parsed.kind === 'command' && parsed.command.readsFirst) await this.#readWhatWasSaid()
    await runCommand(db, row, parsed, { ...parts, now: clock.now() })
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
