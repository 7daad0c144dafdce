import { type Db, openDatabase } from '../db/database.ts'
import type { RoomKey } from '../db/schema.ts'
import { createBot } from '../src/bot.ts'
import type { Chat, ChatMessage } from '../src/chat/chat.ts'
import { readWords } from '../src/chat/words.ts'
import { prepareLedger } from '../src/cli/ledger-folder.ts'
import { MINUTE } from '../src/clock.ts'
import type { FoundConcern, FoundUpdate, Question, Reader, Reading } from '../src/intake/reader.ts'
import { RulesReader } from '../src/intake/rules/rules-reader.ts'
import { silentLog } from '../src/log.ts'
import type { Senses } from '../src/media/sense.ts'
import { MovableClock } from '../src/replay.ts'

/** A model that answers what the test says it will; it claims no more than a model could. */
export class ScriptedReader implements Reader {
  readonly name = 'scripted'
  readonly questions: Question[] = []
  readonly #found: [RegExp, Partial<FoundConcern>][] = []
  readonly #updates: [RegExp, Partial<FoundUpdate>][] = []
  #failures: Error[] = []

  /** Whenever a new line fits, it is a concern like this. */
  finds(pattern: RegExp, found: Partial<FoundConcern>): this {
    this.#found.push([pattern, found])
    return this
  }

  /** Whenever a new line fits, it is news about the open concern whose title stands in `about`, or of that number. */
  hears(pattern: RegExp, update: Partial<FoundUpdate>): this {
    this.#updates.push([pattern, update])
    return this
  }

  /** The next questions fail like this. */
  fails(...errors: Error[]): this {
    this.#failures.push(...errors)
    return this
  }

  /** No more failures, whatever was announced. */
  answersAgain(): void {
    this.#failures = []
  }

  async read(question: Question): Promise<Reading> {
    this.questions.push(question)
    const failure = this.#failures.shift()
    if (failure) throw failure
    const fresh = question.lines.filter((line) => line.isNew)
    return {
      concerns: this.#found.flatMap(([pattern, found]) =>
        fresh
          .filter(({ text }) => pattern.test(text))
          .map(({ number }) => ({ ...BLANK, lines: [number], placeLine: number, ...found })),
      ),
      updates: this.#updates.flatMap(([pattern, update]) =>
        fresh
          .filter(({ text }) => pattern.test(text))
          .map(({ number }) => ({
            concern: 0,
            kind: 'more' as const,
            placeWords: null,
            placeLine: number,
            lines: [number],
            ...update,
          })),
      ),
    }
  }
}

const BLANK: FoundConcern = {
  lines: [],
  also: [],
  settled: [],
  title: '一件事情',
  nature: 'help',
  category: 'other',
  urgency: 'blue',
  placeKind: 'none',
  placeWords: null,
  placeLine: null,
  sameAs: null,
  sure: true,
}

export type Said = { room: RoomKey; text: string }

/** The community in a test: people talk in two rooms, time passes, the bot answers. */
export async function openTown({
  at = '2026-05-18T08:00',
  reader,
  database = ':memory:',
  filesDir = null,
  senses,
  fetchFile,
}: {
  at?: string
  /** Makes the ears and eyes that the bot has; with `fetchFile` it then also has files to fetch. */
  senses?: (parts: { db: Db; clock: MovableClock }) => Senses
  fetchFile?: Chat['fetchFile']
  reader?: Reader
  database?: string
  filesDir?: string | null
} = {}) {
  const clock = new MovableClock(new Date(`${at}:00+08:00`))
  const { db, roster, taxonomy } = await prepareLedger(await openDatabase(database))
  const rules = new RulesReader({ compounds: roster.compounds, categories: taxonomy.categories })
  const said: Said[] = []
  const told: string[] = []
  const chat = {
    say: async (room: RoomKey, text: string) => {
      said.push({ room, text })
    },
    sendFile: async (room: RoomKey, path: string) => {
      said.push({ room, text: `[文件] ${path.split('/').at(-1)}` })
    },
    fetchFile,
  }
  const begin = () =>
    createBot(
      {
        db,
        chat,
        senses: senses?.({ db, clock }),
        reader: reader ?? rules,
        rules,
        roster,
        taxonomy,
        clock,
        log: silentLog,
        pace: { perMinute: Number.POSITIVE_INFINITY, pause: async () => {} },
        patience: 10_000,
        askIn: 'members' as const,
        partyDay: 10,
        filesDir,
        tell: (text) => told.push(text),
      },
      clock.now(),
    )
  let running = begin()
  let ids = 0

  async function hear(room: RoomKey, sender: string, text: string, more: Partial<ChatMessage> = {}): Promise<string> {
    ids += 1
    const id = more.id ?? `m${String(ids).padStart(4, '0')}`
    await running.bot.hear({
      id,
      room,
      at: clock.now(),
      senderId: sender,
      sender,
      remark: null,
      confidence: null,
      quote: null,
      revokes: null,
      ...readWords(text, '小助手'),
      ...more,
    })
    await settle()
    return id
  }

  async function settle(): Promise<void> {
    await running.bot.idle()
    await sendAll()
  }

  async function sendAll(): Promise<void> {
    // The outbox may be filled while it is being emptied.
    await running.sender.send()
    await running.sender.send()
  }

  async function runJobs(): Promise<void> {
    for (const job of running.jobs) await job.run()
    await sendAll()
  }

  return {
    db: db as Db,
    clock,
    get intake() {
      return running.intake
    },
    /** The process dies without a word and is started again on the same database. */
    async crash(): Promise<void> {
      running = begin()
      await running.sender.recover()
      await running.bot.recover()
    },
    roster,
    taxonomy,
    /** Somebody says something in the members' room; the id of the message. */
    say: (sender: string, text: string, more?: Partial<ChatMessage>) => hear('members', sender, text, more),
    /** Somebody says something in the committee's room. */
    order: (sender: string, text: string, more?: Partial<ChatMessage>) => hear('committee', sender, text, more),
    /** Lets minutes pass, the bot doing by itself what falls due. */
    async pass(minutes: number): Promise<void> {
      const end = new Date(clock.now().getTime() + minutes * MINUTE)
      const step = Math.max(1, Math.min(minutes > 1000 ? 60 : 15, Math.floor(minutes / 4))) * MINUTE
      while (clock.now() < end) {
        clock.advance(new Date(Math.min(end.getTime(), clock.now().getTime() + step)))
        await runJobs()
      }
      await settle()
    },
    runJobs,
    /** Lets files be fetched and read as far as is due; what their words ask for is done, too. */
    async workOnFiles(): Promise<void> {
      await running.desk.work()
      await settle()
    },
    /** Ends the work on files in good order, as a process does that is told to stop. */
    stopFiles: () => running.desk.stop(),
    /** What the operator was told. */
    told,
    /** What the bot said since the last look, by room. */
    heard(room: RoomKey): string[] {
      const texts = said.filter((one) => one.room === room).map(({ text }) => text)
      said.splice(0, said.length, ...said.filter((one) => one.room !== room))
      return texts
    },
    [Symbol.asyncDispose]: () => db.destroy(),
  }
}

export type Town = Awaited<ReturnType<typeof openTown>>
