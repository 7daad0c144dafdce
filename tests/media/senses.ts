import { afterEach, beforeEach } from 'vitest'
import { type Db, openDatabase } from '../../db/database.ts'
import type { Clock } from '../../src/clock.ts'
import { OpenAiLlm } from '../../src/llm/openai-llm.ts'
import { Ear } from '../../src/media/ear.ts'
import { Eye, picturePrompt } from '../../src/media/eye.ts'
import { ScriptedEndpoint } from '../llm/scripted-endpoint.ts'

/** A real ear and a real eye, both at a scripted endpoint on loopback. */
export function sensesAt(
  { baseUrl }: ScriptedEndpoint,
  { db, clock, timeoutMs = 5000 }: { db: Db; clock: Clock; timeoutMs?: number },
) {
  const options = { baseUrl, apiKey: 'key-of-the-senses', timeoutMs, db, clock }
  const llm = new OpenAiLlm({ ...options, model: 'sees', cargo: 'picture' })
  return { voice: new Ear({ ...options, model: 'hears' }), image: new Eye({ llm, baseUrl, prompt: picturePrompt() }) }
}

/** A fresh endpoint, ear, eye and database for each test of the file. */
export function sensesOfEachTest() {
  const world = {} as { endpoint: ScriptedEndpoint; db: Db } & ReturnType<typeof sensesAt>
  beforeEach(async () => {
    const endpoint = await ScriptedEndpoint.start()
    const db = await openDatabase(':memory:')
    const clock = { now: () => new Date('2026-05-18T00:00:00.000Z') }
    Object.assign(world, { endpoint, db, ...sensesAt(endpoint, { db, clock }) })
  })
  afterEach(async () => {
    await world.endpoint.close()
    await world.db.destroy()
  })
  return world
}
