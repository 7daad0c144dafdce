import { z } from 'zod'
import type { Db } from '../../db/database.ts'
import { FIRST_TERMS, RUNGS, type Terms } from './ladder.ts'

const Stored = z.object({
  rung: z.enum(RUNGS),
  without: z.array(z.string()),
  probedAt: z.iso.datetime().nullable(),
})

/** What is remembered of an endpoint; the first terms for one never met, or when the memory cannot be read. */
export async function loadTerms(db: Db, endpoint: { baseUrl: string; model: string }): Promise<Terms> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', keyOf(endpoint)).executeTakeFirst()
  const stored = Stored.safeParse(row && jsonOf(row.value))
  return stored.success ? stored.data : FIRST_TERMS
}

/** Remembers over restarts what an endpoint accepts. Another base URL or model is another endpoint. */
export async function saveTerms(db: Db, endpoint: { baseUrl: string; model: string }, terms: Terms): Promise<void> {
  const value = JSON.stringify(terms)
  await db
    .insertInto('setting')
    .values({ key: keyOf(endpoint), value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}

function keyOf({ baseUrl, model }: { baseUrl: string; model: string }): string {
  return `llm ${baseUrl} ${model}`
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
