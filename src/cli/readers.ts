import type { Db } from '../../db/database.ts'
import { systemClock } from '../clock.ts'
import type { Taxonomy } from '../concerns/taxonomy.ts'
import type { Config } from '../config.ts'
import { extractionPrompt, ModelReader } from '../intake/model-reader.ts'
import type { Reader } from '../intake/reader.ts'
import { RulesReader } from '../intake/rules/rules-reader.ts'
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
