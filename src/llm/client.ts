import { OpenAI } from 'openai'
import { findLeaks } from '../privacy/leak.ts'
import { LlmError } from './llm.ts'
import { isOnThisMachine } from './provider.ts'

/**
 * A client for any compatible endpoint. It sends nothing that `findLeaks` finds fault with, follows no redirect,
 * tries once, and reads nothing from the environment.
 * @throws OpenAIError without a key, unless the endpoint is on this machine.
 */
export function openClient({ baseURL, apiKey, timeoutMs }: { baseURL: string; apiKey: string | null; timeoutMs: number }): OpenAI {
  return new OpenAI({
    baseURL,
    apiKey: apiKey || (isOnThisMachine(baseURL) ? 'none' : ''),
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: timeoutMs,
    fetch: guarded,
  })
}

const guarded: typeof fetch = async (input, init) => {
  refuseLeaks(init?.body)
  const response = await fetch(input, { ...init, redirect: 'manual' })
  return response.ok ? response : withItsError(response)
}

/** Fails closed: a body that cannot be looked through is not sent either. */
function refuseLeaks(body: unknown): void {
  if (body === undefined || body === null) return
  const leaks = typeof body === 'string' ? findLeaks(body) : ['unreadable']
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
