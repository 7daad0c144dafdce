import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Db } from '../../db/database.ts'
import { NATURES, type Nature, URGENCIES, type Urgency } from '../../db/schema.ts'

const FILE = new URL('../../prompts/taxonomy.yaml', import.meta.url)

const Source = z.object({
  natures: z.record(z.enum(NATURES), z.object({ label: z.string(), meaning: z.string() })),
  categories: z.record(
    z.string(),
    z.object({
      label: z.string(),
      corps: z.string(),
      urgency: z.enum(URGENCIES),
      sensitive: z.boolean().default(false),
      examples: z.string().default(''),
    }),
  ),
  urgencies: z.record(z.enum(URGENCIES), z.object({ label: z.string(), mark: z.string(), meaning: z.string() })),
})

export type Category = {
  code: string
  label: string
  /** The one of the five service corps (五员) who looks after it by default. */
  corps: string
  urgency: Urgency
  sensitive: boolean
  examples: string
}

/** The classification of concerns: the one source for the prompt, the answer's enums, the ledger's words and the digest. */
export type Taxonomy = {
  natures: Record<Nature, { label: string; meaning: string }>
  categories: readonly Category[]
  urgencies: Record<Urgency, { label: string; mark: string; meaning: string }>
}

/** Reads `prompts/taxonomy.yaml`. @throws ZodError when it is not a taxonomy. */
export function readTaxonomy(): Taxonomy {
  const source = Source.parse(parse(readFileSync(FILE, 'utf8')))
  return {
    ...source,
    categories: Object.entries(source.categories).map(([code, category]) => ({ code, ...category })),
  }
}

/** The category of a code. @throws Error for a code the taxonomy does not hold. */
export function categoryOf(taxonomy: Taxonomy, code: string): Category {
  const category = taxonomy.categories.find((candidate) => candidate.code === code)
  if (!category) throw new Error(`unknown category ${code}`)
  return category
}

/** Finds a category by what people call it: its label, or an example word of it (电梯 · 路灯 → 路灯标识; 天气 → null). */
export function findCategory(taxonomy: Taxonomy, words: string): Category | null {
  const exact = taxonomy.categories.find(({ label, code }) => label === words || code === words)
  if (exact) return exact
  const partial = taxonomy.categories.filter(
    ({ label, examples }) => words.length > 1 && (label.includes(words) || examples.split(/\s+/).includes(words)),
  )
  return partial.length === 1 ? partial[0]! : null
}

/** 「● 紧急」: word and shape, never colour alone. */
export function urgencyMark(taxonomy: Taxonomy, urgency: Urgency): string {
  const { mark, label } = taxonomy.urgencies[urgency]
  return `${mark}${label}`
}

/** Fills the table of categories from the taxonomy, so that the database knows the same codes. */
export async function saveCategories(db: Db, { categories }: Taxonomy): Promise<void> {
  for (const [position, { code, label, corps, urgency, sensitive }] of categories.entries()) {
    const values = { label, corps, urgency, sensitive: sensitive ? (1 as const) : (0 as const), position }
    await db
      .insertInto('category')
      .values({ code, ...values })
      .onConflict((conflict) => conflict.column('code').doUpdateSet(values))
      .execute()
  }
}
