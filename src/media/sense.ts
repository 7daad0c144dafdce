/** What a voice message says or a picture shows. An empty text: nothing could be made out. */
export type Perceived = {
  text: string
  /** How sure a transcript is, 0 to 1; null where the endpoint does not say, and of pictures. */
  confidence: number | null
}

/** An ear or an eye: makes words of a file. The file leaves the house as it is; nothing of it can be masked. */
export interface Sense {
  /** Where the files go: `api.example.com`. */
  readonly host: string
  /** @throws LlmError · NotPerceptible, when trying again would not help */
  perceive(bytes: Buffer, signal: AbortSignal): Promise<Perceived>
}

/** What there is to hear and to see with; null where nothing leaves the house. */
export type Senses = { voice: Sense | null; image: Sense | null }

/** A file that is no sound or no picture, or too long; the message never tells what it holds. */
export class NotPerceptible extends Error {
  override readonly name = 'NotPerceptible'
}
