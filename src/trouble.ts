/** What is wrong with something that is asked elsewhere: it does not answer, or it may not be asked any more. */
export type Trouble = 'away' | 'stopped'

/** Tells the operator once when something goes away or stops, and once when it is back. */
export class TroubleTeller {
  readonly #tell: (text: string) => void
  readonly #words: Record<Trouble | 'back', string>
  #trouble: Trouble | null = null

  constructor(tell: (text: string) => void, words: Record<Trouble | 'back', string>) {
    this.#tell = tell
    this.#words = words
  }

  /** To be called after each try; null: it went well. */
  note(trouble: Trouble | null): void {
    if (trouble === this.#trouble) return
    this.#trouble = trouble
    this.#tell(this.#words[trouble ?? 'back'])
  }
}
