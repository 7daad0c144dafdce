import { readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { openDatabase } from '../../db/database.ts'
import { readTranscript } from '../../src/chat/transcript.ts'
import { prepareLedger } from '../../src/cli/ledger-folder.ts'
import { systemClock } from '../../src/clock.ts'
import { loadConfig } from '../../src/config.ts'
import { extractionPrompt, ModelReader } from '../../src/intake/model-reader.ts'
import { OpenAiLlm } from '../../src/llm/openai-llm.ts'
import { RecordingReader } from './recorded-reader.ts'
import { replayChat } from './replay-chat.ts'

// npm run record -- tests/eval/chats/dev [...]: asks the configured model about every chat of the folders, side by side,
// and keeps its answers in tests/eval/recordings/NAME.jsonl, one episode a line.
const { llm: endpoint } = loadConfig()
if (!endpoint) throw new Error('recording needs a model: set LLM_BASE_URL and LLM_MODEL')
const { db, taxonomy, roster } = await prepareLedger(await openDatabase(':memory:'))
const prompt = extractionPrompt(taxonomy)
const reader = new ModelReader({
  llm: new OpenAiLlm({ ...endpoint, db, clock: systemClock }),
  prompt,
  taxonomy,
  roster,
})
const files = process.argv.slice(2).flatMap((dir) => readdirSync(dir).map((file) => join(dir, file)))
await Promise.all(
  files
    .filter((file) => file.endsWith('.chat.jsonl'))
    .map(async (file) => {
      let recorder: RecordingReader | undefined
      await replayChat(readTranscript(file), (ledger) => {
        recorder = new RecordingReader(reader, prompt.hash, ledger)
        return recorder
      })
      const lines = recorder!.recordings.map((recording) => JSON.stringify(recording))
      const name = `${basename(file, '.chat.jsonl')}.jsonl`
      writeFileSync(join(import.meta.dirname, 'recordings', name), `${lines.join('\n')}\n`)
      console.log(`${name}: ${lines.length} answers`)
    }),
)
await db.destroy()
