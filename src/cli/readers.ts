import type { Db } from '../../db/database.ts'
import { systemClock } from '../clock.ts'
import type { Taxonomy } from '../concerns/taxonomy.ts'
import type { Config } from '../config.ts'
import { extractionPrompt, ModelReader } from '../intake/model-reader.ts'
import type { Reader } from '../intake/reader.ts'
import { RulesReader } from '../intake/rules/rules-reader.ts'
import type { Senses } from '../media/sense.ts'
import type { Roster } from '../roster/roster.ts'

/** Who reads by configuration, and the rules that stand in; `prompt` is `id@version hash` of a model's prompt. */
export type Readers = {
  reader: Reader
  rules: Reader
  prompt: string | null
  /** Finds out how the endpoint can be asked; @throws LlmError. Does nothing without a model. */
  probe(): Promise<void>
}

/** Builds the readers of a configuration: the model when one is configured, else the keyword rules. */
export async function readersFor(
  { llm: endpoint }: Config,
  { db, roster, taxonomy }: { db: Db; roster: Roster; taxonomy: Taxonomy },
): Promise<Readers> {
  const rules = new RulesReader({ compounds: roster.compounds, categories: taxonomy.categories })
  if (!endpoint) return { reader: rules, rules, prompt: null, probe: async () => {} }
  // The client of the endpoint is loaded only where there is one.
  const { OpenAiLlm } = await import('../llm/openai-llm.ts')
  const llm = new OpenAiLlm({ ...endpoint, db, clock: systemClock })
  const reader = new ModelReader({ llm, prompt: extractionPrompt(taxonomy), taxonomy, roster })
  const prompt = `${reader.prompt.id}@${reader.prompt.version} ${reader.prompt.hash}`
  return {
    reader,
    rules,
    prompt,
    probe: async () => {
      await llm.probe()
    },
  }
}

/** The ear and the eye of a configuration; null for each that is not switched on. */
export async function sensesFor({ speech, vision }: Pick<Config, 'speech' | 'vision'>, db: Db): Promise<Senses> {
  const senses: Senses = { voice: null, image: null }
  if (speech) {
    const { Ear } = await import('../media/ear.ts')
    senses.voice = new Ear({ ...speech, db, clock: systemClock })
  }
  if (vision) {
    const { Eye, picturePrompt } = await import('../media/eye.ts')
    const { OpenAiLlm } = await import('../llm/openai-llm.ts')
    const llm = new OpenAiLlm({ ...vision, db, clock: systemClock, cargo: 'picture' })
    senses.image = new Eye({ llm, baseUrl: vision.baseUrl, prompt: picturePrompt() })
  }
  return senses
}

/** What leaves the house as it is, one line each; nothing while both are switched off. */
export function leavingLines({ voice, image }: Senses): string[] {
  return [
    ...(voice ? [`注意:微信群里的语音会原样发往 ${voice.host} 转成文字,里面的姓名、电话没法遮住。`] : []),
    ...(image ? [`注意:居民群里的图片会原样发往 ${image.host} 转成文字,里面的人和字没法遮住。`] : []),
  ]
}
