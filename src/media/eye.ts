import { z } from 'zod'
import { pictureKindOf } from '../llm/file-kinds.ts'
import type { Llm } from '../llm/llm.ts'
import { type FilledPrompt, fillPrompt, readPrompt } from '../llm/prompt.ts'
import { NotPerceptible, type Perceived, type Sense } from './sense.ts'

const Seen = z.object({ kind: z.enum(['page', 'photo', 'greeting', 'other']), text: z.string() })
const Answer = z.object({ kind: Seen.shape.kind.catch('photo'), text: z.string().catch('') })
const MOST_TEXT = 2000
const MOST_TOKENS = 1200

/** Looks at pictures with a vision model: a page becomes its lines, a photo a short description. */
export class Eye implements Sense {
  readonly host: string
  readonly prompt: FilledPrompt
  readonly #llm: Llm

  /** @param llm one that may be asked about pictures */
  constructor({ llm, baseUrl, prompt }: { llm: Llm; baseUrl: string; prompt: FilledPrompt }) {
    this.host = new URL(baseUrl).host
    this.prompt = prompt
    this.#llm = llm
  }

  async perceive(bytes: Buffer, signal?: AbortSignal): Promise<Perceived> {
    const kind = pictureKindOf(bytes)
    if (kind === null) throw new NotPerceptible('the file is no picture of a known kind')
    const { value } = await this.#llm.ask({
      ...{ purpose: 'look', prompt: this.prompt, user: '图片如上。', schema: Seen, jsonSchemaName: 'picture' },
      picture: `data:image/${kind};base64,${bytes.toString('base64')}`,
      maxTokens: MOST_TOKENS,
      signal,
    })
    const { kind: what, text } = Answer.parse(value)
    return { text: what === 'other' ? '' : text.trim().slice(0, MOST_TEXT), confidence: null }
  }
}

/** What the model is told about pictures; the same bytes for every one of them. */
export function picturePrompt(): FilledPrompt {
  return fillPrompt(readPrompt('read-picture'))
}
