import type { Nature, Urgency } from '../../db/schema.ts'

/** One line of an episode as a reader sees it. `number` is the only name a message has here. */
export type Line = {
  number: number
  /** Whether the line belongs to the episode; an earlier line is context and may only be cited for the place. */
  isNew: boolean
  /** Local time, HH:mm; with the date in front when it is not the date of the question. */
  time: string
  /** U1 … Un, the same speaker the same label within a question. */
  speaker: string
  kind: 'text' | 'voice' | 'image'
  text: string
  /** The line this one answers, if it is among the lines. */
  quotes: number | null
  /** The open concern that the quoted message belongs to, if it does. */
  quotesConcern: number | null
}

/** A concern already in the ledger that the lines may be about. */
export type OpenConcern = {
  no: number
  category: string
  place: string
  title: string
  /** The label of its reporter if among the speakers of the lines. */
  reporter: string | null
  isSettled: boolean
}

/** What a reader is asked: an episode, what went before it, and the concerns it may be about. */
export type Question = {
  /** Local date of the last line, YYYY-MM-DD, with its weekday. */
  date: string
  lines: readonly Line[]
  open: readonly OpenConcern[]
  /** Shown name → label, so that an @mention can become the label before anything leaves the house. */
  speakers: ReadonlyMap<string, string>
}

/** Which kind of place the words name; the building itself is looked up by code. */
export type SaidPlaceKind = 'building' | 'compound' | 'elsewhere' | 'none'

/** A concern a reader found. All of it is a claim until `check.ts` has held it against the lines. */
export type FoundConcern = {
  /** Lines without which it could not be known. */
  lines: number[]
  /** Further lines that belong to it: details, answers, 我家也是, what a handler said. */
  also: number[]
  /** Lines that say in plain words that it is settled. */
  settled: number[]
  title: string
  /** One sentence of what is wanted; may be missing. */
  detail?: string
  nature: Nature
  category: string
  urgency: Urgency
  placeKind: SaidPlaceKind
  /** The place as people wrote it, and the line it stands in where the reader says so. */
  placeWords: string | null
  placeLine: number | null
  /** Number of the open concern it repeats. */
  sameAs: number | null
  sure: boolean
}

/** News about a concern that is already in the ledger. */
export type FoundUpdate = {
  concern: number
  kind: 'more' | 'place' | 'worse' | 'progress' | 'settled'
  lines: number[]
  /** For `worse`: how urgent it is now. */
  urgency?: Urgency | null
  placeWords: string | null
  placeLine: number | null
}

export type Reading = { concerns: FoundConcern[]; updates: FoundUpdate[] }

/** A question about something already found, answered by yes or no. */
export type Doubt = {
  /** Whether it is a concern at all · whether it is a danger now · whether it is the same as the concern `open`. */
  kind: 'concern' | 'danger' | 'same'
  lines: readonly number[]
  title: string
  /** The number of an open concern of the question, for `same`. */
  open: number | null
}

/** Reads an episode: a model, or the keyword rules. */
export interface Reader {
  /** What stands in the ledger and in the evaluation: `rules`, or the model's name. */
  readonly name: string
  /**
   * @throws ReaderBusy when it should be asked again later; ReaderRefused when this question cannot be answered whole.
   */
  read(question: Question): Promise<Reading>
  /**
   * Looks again at what is doubtful in a reading of `question`: an answer for each doubt in order, null where it gives
   * none. Throws as `read`; a reader without it is not asked twice.
   */
  lookAgain?(question: Question, doubts: readonly Doubt[]): Promise<(boolean | null)[]>
}

/** The reader cannot answer now; the episode waits. `stop` means a person must act first (key, balance, model name). */
export class ReaderBusy extends Error {
  override readonly name = 'ReaderBusy'
  readonly retryAfterSeconds: number | null
  readonly stop: boolean

  constructor(
    message: string,
    {
      retryAfterSeconds = null,
      stop = false,
      cause,
    }: { retryAfterSeconds?: number | null; stop?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause })
    this.retryAfterSeconds = retryAfterSeconds
    this.stop = stop
  }
}

/** The reader will not answer this question as it stands: too long, refused by moderation, or masking failed closed. */
export class ReaderRefused extends Error {
  override readonly name = 'ReaderRefused'
}
