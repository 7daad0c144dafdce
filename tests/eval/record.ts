import { writeFileSync } from 'node:fs'
import { openDatabase } from '../../db/database.ts'
import { prepareLedger } from '../../src/cli/ledger-folder.ts'
import { systemClock } from '../../src/clock.ts'
import { loadConfig } from '../../src/config.ts'
import { extractionPrompt, ModelReader } from '../../src/intake/model-reader.ts'
import { OpenAiLlm } from '../../src/llm/openai-llm.ts'
import { chatsOf, recordingFile } from './chats.ts'
import { promptsOf, RecordingReader } from './recorded-reader.ts'
import { replayChat } from './replay-chat.ts'

// npm run record -- dev held-out attacked: asks the configured model about every chat of these folders of
// tests/eval/chats, side by side, and keeps its answers in tests/eval/recordings/NAME.jsonl, one episode a line.
const { llm: endpoint } = loadConfig()
if (!endpoint) throw new Error('recording needs a model: set LLM_BASE_URL and LLM_MODEL')
const { db, taxonomy, roster } = await prepareLedger(await openDatabase(':memory:'))
const llm = new OpenAiLlm({ ...endpoint, db, clock: systemClock })
const reader = new ModelReader({ llm, prompt: extractionPrompt(taxonomy), taxonomy, roster })
await Promise.all(
  process.argv
    .slice(2)
    .flatMap(chatsOf)
    .map(async ({ name, messages }) => {
      let recorder: RecordingReader | undefined
      await replayChat(messages, (ledger) => {
        recorder = new RecordingReader(reader, promptsOf(taxonomy), ledger)
        return recorder
      })
      const lines = recorder!.recordings.map((recording) => JSON.stringify(recording))
      writeFileSync(recordingFile(name), `${lines.join('\n')}\n`)
      console.log(`${name}: ${lines.length} answers`)
    }),
)
await db.destroy()
