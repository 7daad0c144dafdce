import type { Db } from '../../db/database.ts'
import type { Rung } from './ladder.ts'
import type { LlmErrorKind, Request, Usage } from './llm.ts'

/** One attempt to get an answer. `capability`: the endpoint refused a parameter or the way of asking. Never any text. */
export type Call = {
  request: Pick<Request, 'purpose' | 'prompt'>
  at: Date
  milliseconds: number
  modelAsked: string
  modelAnswered: string | null
  rung: Rung
  outcome: 'ok' | 'capability' | LlmErrorKind
  usage: Usage
  requestId: string | null
  repaired: boolean
}

/** Writes the row of one attempt. */
export async function recordCall(db: Db, call: Call): Promise<void> {
  const { purpose, prompt } = call.request
  await db
    .insertInto('llm_call')
    .values({
      at: call.at.toISOString(),
      purpose,
      prompt_id: prompt.id,
      prompt_version: prompt.version,
      prompt_hash: prompt.hash,
      model_asked: call.modelAsked,
      model_answered: call.modelAnswered,
      rung: call.rung,
      outcome: call.outcome,
      input_tokens: call.usage.input,
      cached_tokens: call.usage.cached,
      output_tokens: call.usage.output,
      milliseconds: call.milliseconds,
      request_id: call.requestId,
      repaired: call.repaired ? 1 : 0,
    })
    .execute()
}
