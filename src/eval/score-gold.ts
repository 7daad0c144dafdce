import { z } from 'zod'
import { NATURES, PLACES, URGENCIES } from '../../db/schema.ts'
import { UserError } from '../errors.ts'

const Ids = z.array(z.string())

const GoldConcern = z
  .object({
    key: z.string(),
    title: z.string(),
    nature: z.enum(NATURES),
    category: z.string(),
    urgency: z.enum(URGENCIES),
    place: z.enum(PLACES),
    compound: z.string().nullable(),
    building: z.string().nullable(),
    unit: z.number().int().nullable(),
    party_group: z.number().int().nullable(),
    core: Ids.min(1),
    evidence: Ids.min(1),
    settled: Ids,
    sensitive: z.boolean(),
    same_as_open: z.number().int().nullable(),
  })
  .refine(({ core, evidence }) => core.every((id) => evidence.includes(id)), {
    error: 'core 里的消息必须也在 evidence 里',
    path: ['core'],
  })

const Gold = z.object({
  concerns: z.array(GoldConcern),
  traps: z.array(z.object({ ids: Ids, why: z.string() })),
  injections: Ids,
})

/** What a careful reader files from a chat; the fields are those of the guidelines. */
export type Gold = z.infer<typeof Gold>
export type GoldConcern = Gold['concerns'][number]

/**
 * Reads the text of a gold file.
 * @throws UserError naming the file and the first fields that are wrong.
 */
export function parseGold(text: string, file: string): Gold {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (cause) {
    throw new UserError(`标注文件 ${file} 不是有效的 JSON:${(cause as Error).message}`, { cause })
  }
  const parsed = Gold.safeParse(data)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || '整个文件'}:${message}`)
  throw new UserError(`标注文件 ${file} 有 ${parsed.error.issues.length} 处不对。${problems.join(';')}`, {
    cause: parsed.error,
  })
}
