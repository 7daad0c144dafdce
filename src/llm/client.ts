import { OpenAI } from 'openai'
import { findLeaks } from '../privacy/leak.ts'
import { LlmError } from './llm.ts'
import { type Cargo, textIn } from './looked-through.ts'

const FETCH_GIVES_UP_AFTER = 300_000

/**
 * A client for any compatible endpoint. It sends nothing that `findLeaks` finds fault with, follows no redirect,
 * tries once, and takes nothing from the environment. Only with a cargo does it carry a sound or a picture, too.
 * @throws OpenAIError without a key.
 */
export function openClient({
  baseUrl,
  apiKey,
  timeoutMs,
  cargo,
}: {
  baseUrl: string
  apiKey: string
  timeoutMs: number
  cargo?: Cargo
}): OpenAI {
  const patience = timeoutMs > FETCH_GIVES_UP_AFTER ? { dispatcher: patientDispatcher() } : {}
  return new OpenAI({
    baseURL: baseUrl,
    apiKey,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    fetch: (input, init) => guardedFetch(input, { ...init, ...patience }, cargo),
  })
}

async function guardedFetch(input: string | URL | Request, init: RequestInit, cargo?: Cargo): Promise<Response> {
  await refuseLeaks(init.body, cargo)
  const response = await fetch(input, { ...init, redirect: 'manual' })
  return response.ok ? response : withItsError(response)
}

/** Node's fetch ends after five minutes without an answer, whatever the deadline; nothing but its own class can tell it not to. */
function patientDispatcher(): RequestInit['dispatcher'] {
  const dispatcher = Reflect.get(globalThis, Symbol.for('undici.globalDispatcher.1'))
  return dispatcher && new dispatcher.constructor({ headersTimeout: 0, bodyTimeout: 0 })
}

/** Fails closed: a body that cannot be looked through is not sent either. */
async function refuseLeaks(body: unknown, cargo?: Cargo): Promise<void> {
  if (body === undefined || body === null) return
  const text = await textIn(body, cargo)
  const leaks = text === null ? ['unreadable'] : findLeaks(text)
  if (leaks.length > 0) throw new LlmError('leak', `a request was stopped, it still held: ${leaks.join(', ')}`)
}

/** The client keeps only what stands under `error`; some endpoints say it beside. */
async function withItsError(response: Response): Promise<Response> {
  const text = await response.text()
  const body = text.trimStart().startsWith('{') && !/"error"\s*:/u.test(text) ? `{"error":${text}}` : text
  const headers = new Headers(response.headers)
  headers.delete('content-length')
  headers.delete('content-encoding')
  return new Response(body, { status: response.status, headers })
}
