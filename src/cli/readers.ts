import type { Db } from '../../db/database.ts'
import type { Clock } from '../clock.ts'
import type { Taxonomy } from '../concerns/taxonomy.ts'
import type { Config } from '../config.ts'
import { ModelReader } from '../intake/model-reader.ts'
import type { Reader } from '../intake/reader.ts'
import { RulesReader } from '../intake/rules/rules-reader.ts'
import { OpenAiLlm } from '../llm/openai-llm.ts'
import type { Roster } from '../roster/roster.ts'

/** Who reads by configuration, and the rules that stand in; `prompt` is `id@version hash` of a model's prompt. */
export type Readers = { reader: Reader; rules: Reader; prompt: string | null }

/** Builds the readers of a configuration: the model when one is configured, else the keyword rules. */
export function readersFor(
  config: Config,
  { db, roster, taxonomy, clock }: { db: Db; roster: Roster; taxonomy: Taxonomy; clock: Clock },
): Readers {
  const rules = new RulesReader({ compounds: roster.compounds, categories: taxonomy.categories })
  if (!config.llm) return { reader: rules, rules, prompt: null }
  const llm = new OpenAiLlm({ ...config.llm, db, clock })
  const reader = new ModelReader({ llm, model: config.llm.model, taxonomy, roster })
  return { reader, rules, prompt: `${reader.prompt.id}@${reader.prompt.version} ${reader.prompt.hash}` }
}
