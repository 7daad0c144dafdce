import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the endpoint does with one request; an object as body becomes JSON. */
export type Reply =
  | { status?: number; body: unknown; headers?: Record<string, string> }
  | { does: 'hang' | 'stall' | 'close' }
  | ((request: SeenRequest) => Reply)

/** A request as it came over the wire. */
export type SeenRequest = {
  path: string
  headers: Record<string, unknown>
  raw: string
  body: SeenBody
  /** The fields of a form; null for anything else. */
  form: FormData | null
}

export type SeenBody = {
  model: string
  messages: { role: string; content: string }[]
  response_format?: { type: string }
  [parameter: string]: unknown
}

/** An OpenAI-compatible endpoint on loopback that says what it was told to, one reply a request, and nothing unasked. */
export class ScriptedEndpoint {
  readonly requests: SeenRequest[] = []
  readonly #replies: Reply[] = []
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
  }

  static async start(): Promise<ScriptedEndpoint> {
    const server = createServer()
    const endpoint = new ScriptedEndpoint(server)
    server.on('request', async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const bytes = Buffer.concat(chunks)
      const type = request.headers['content-type'] ?? ''
      const isForm = type.startsWith('multipart/')
      const raw = bytes.toString(isForm ? 'latin1' : 'utf8')
      const seen = {
        ...{ path: request.url ?? '', headers: request.headers, raw },
        body: raw === '' || isForm ? null : JSON.parse(raw),
        form: isForm ? await new Response(bytes, { headers: { 'content-type': type } }).formData() : null,
      }
      endpoint.requests.push(seen)
      endpoint.#answer(endpoint.#replies.shift() ?? UNSCRIPTED, seen, response)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return endpoint
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`
  }

  /** Replies still to be given. */
  get waiting(): number {
    return this.#replies.length
  }

  enqueue(...replies: Reply[]): void {
    this.#replies.push(...replies)
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #answer(reply: Reply, seen: SeenRequest, response: ServerResponse): void {
    if (typeof reply === 'function') {
      this.#answer(reply(seen), seen, response)
      return
    }
    if ('does' in reply) {
      if (reply.does === 'close') response.destroy()
      if (reply.does === 'stall') response.writeHead(200, { 'content-type': 'application/json' }).write('{"choices":')
      return
    }
    const isText = typeof reply.body === 'string'
    response.writeHead(reply.status ?? 200, {
      'content-type': isText ? 'text/html' : 'application/json',
      'x-request-id': 'req-1',
      ...reply.headers,
    })
    response.end(isText ? reply.body : JSON.stringify(reply.body))
  }
}

const UNSCRIPTED: Reply = { status: 500, body: { error: { message: 'nothing was scripted for this request' } } }

/** A completion with this text or, for anything but a text, with it as JSON; the rest as given. */
export function says(
  content: unknown,
  { finish = 'stop', message = {}, ...rest }: { finish?: string; message?: object; [key: string]: unknown } = {},
): Reply {
  const text = typeof content === 'string' || content === null ? content : JSON.stringify(content)
  return {
    body: {
      id: 'completion-1',
      object: 'chat.completion',
      model: 'scripted-1',
      choices: [
        { index: 0, message: { role: 'assistant', content: text, refusal: null, ...message }, finish_reason: finish },
      ],
      usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 },
      ...rest,
    },
  }
}

/** A transcript as Whisper gives it, one segment a text; 1 is certain, 0 is a guess. */
export function hears(text: string, sureness = 0.9, { noSpeech = 0.01 } = {}): Reply {
  const segment = { id: 0, start: 0, end: 2, text, avg_logprob: Math.log(sureness), no_speech_prob: noSpeech }
  return {
    body: { task: 'transcribe', language: 'chinese', duration: 2, text, segments: text === '' ? [] : [segment] },
  }
}

/** An error as providers put it. */
export function fails(status: number, message: string, more: object = {}, headers: Record<string, string> = {}): Reply {
  return { status, body: { error: { message, ...more } }, headers }
}
