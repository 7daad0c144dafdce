import { afterEach, beforeEach } from 'vitest'
import { z } from 'zod'
import { type Db, openDatabase } from '../../db/database.ts'
import { type Answer, LlmError, type Request } from '../../src/llm/llm.ts'
import { OpenAiLlm, type OpenAiLlmOptions } from '../../src/llm/openai-llm.ts'
import { fillPrompt } from '../../src/llm/prompt.ts'
import { ScriptedEndpoint } from './scripted-endpoint.ts'

export const QUESTION: Request = {
  purpose: 'test',
  prompt: fillPrompt({ id: 'test', version: '1.0.0', answers: 'a test', template: '找出诉求。' }),
  user: '[1] 08:00 U1: 电梯停了',
  schema: z.object({ items: z.array(z.object({ line: z.int().min(1).max(9), title: z.string().nullable() })) }),
  jsonSchemaName: 'items',
  maxTokens: 300,
}
export const GOOD = { items: [{ line: 1, title: '电梯停运' }] }

type World = { endpoint: ScriptedEndpoint; db: Db; clock: { now(): Date; at: Date } }

/** A fresh endpoint, database and clock for each test of the file; all of them are closed afterwards. */
export function worldOfEachTest(): World & { llm(options?: Partial<OpenAiLlmOptions>): OpenAiLlm } {
  const world = {} as World
  beforeEach(async () => {
    const clock = { at: new Date('2026-05-18T00:00:00.000Z'), now: () => clock.at }
    Object.assign(world, { endpoint: await ScriptedEndpoint.start(), db: await openDatabase(':memory:'), clock })
  })
  afterEach(async () => {
    await world.endpoint.close()
    await world.db.destroy()
  })
  return Object.assign(world, {
    llm: (options: Partial<OpenAiLlmOptions> = {}) => {
      const { endpoint, db, clock } = world
      return new OpenAiLlm({ baseUrl: endpoint.baseUrl, model: 'scripted', apiKey: 'none', db, clock, ...options })
    },
  })
}

/** The error a question ends in. */
export async function errorOf(asking: Promise<unknown>): Promise<LlmError> {
  const error = await asking.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (error instanceof LlmError) return error
  throw new Error('the question did not end in an LlmError', { cause: error })
}

export function answerOf(asking: Promise<Answer>): Promise<unknown> {
  return asking.then(({ value }) => value)
}
