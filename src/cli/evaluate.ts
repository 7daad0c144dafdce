import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openDatabase } from '../../db/database.ts'
import { createBot } from '../bot.ts'
import { readTranscript } from '../chat/transcript.ts'
import type { Config } from '../config.ts'
import { UserError } from '../errors.ts'
import { collectFiled } from '../eval/collect-filed.ts'
import { scoreChat, sumScores } from '../eval/score.ts'
import { parseGold } from '../eval/score-gold.ts'
import { ratesOf, renderScores } from '../eval/score-render.ts'
import { totalUsage } from '../llm/usage.ts'
import { silentLog } from '../log.ts'
import { MovableClock, replay } from '../replay.ts'
import { prepareLedger } from './ledger-folder.ts'
import { progressBar } from './progress.ts'
import { readersFor } from './readers.ts'
import { SILENT } from './silent.ts'

/**
 * Replays every NAME.chat.jsonl of a folder through the whole pipeline, side by side, each into a fresh database with
 * the chat's clock, and writes what was filed; where NAME.gold.json lies beside it, the scores too.
 */
export async function evaluate(config: Config, { chats, out }: { chats: string; out: string }): Promise<void> {
  const names = chatNames(chats)
  assertWritable(out)
  const progress = progressBar('读聊天记录')
  const done = new Map<string, number>()
  const all = names.map((name) => ({
    name,
    messages: readTranscript(join(chats, `${name}.chat.jsonl`), config.botName),
  }))
  const total = all.reduce((sum, { messages }) => sum + messages.length, 0)
  const results = await Promise.all(
    all.map(async ({ name, messages }) => {
      const onProgress = (count: number) => {
        done.set(name, count)
        progress(
          [...done.values()].reduce((sum, some) => sum + some, 0),
          total,
        )
      }
      return { name, messages: messages.length, ...(await replayFresh(config, messages, onProgress)) }
    }),
  )
  const scored = results.flatMap((result) => {
    const goldFile = join(chats, `${result.name}.gold.json`)
    if (!existsSync(goldFile)) return []
    return [
      {
        name: result.name,
        score: scoreChat(result.concerns, parseGold(readFileSync(goldFile, 'utf8'), goldFile), result.messages),
      },
    ]
  })
  const columns =
    scored.length === 0 ? [] : [...scored, { name: 'all', score: sumScores(scored.map(({ score }) => score)) }]
  const report = {
    reader: results[0]!.reader,
    prompt: results[0]!.prompt,
    chats: results.map(({ name, concerns, llm }) => ({ name, concerns, llm })),
    ...(columns.length > 0
      ? { scores: columns.map(({ name, score }) => ({ name, rates: ratesOf(score), counts: score })) }
      : {}),
  }
  writeFileSync(out, `${JSON.stringify(report, null, 2)}\n`)
  if (columns.length > 0) process.stdout.write(`${renderScores(columns)}\n`)
  const calls = results.reduce((sum, { llm }) => sum + llm.calls, 0)
  process.stdout.write(`${total}条消息,问了大模型${calls}次。结果在 ${out}\n`)
}

async function replayFresh(
  config: Config,
  messages: ReturnType<typeof readTranscript>,
  onProgress: (done: number) => void,
) {
  const clock = new MovableClock(messages[0]!.at)
  const { db, roster, taxonomy } = await prepareLedger(await openDatabase(':memory:'))
  try {
    const readers = await readersFor(config, { db, roster, taxonomy })
    const parts = { db, roster, taxonomy, clock, log: silentLog, ...readers, ...SILENT }
    const { bot, intake } = createBot(parts, messages[0]!.at)
    await replay(messages, { bot, intake, clock, onProgress, onFailure: () => giveUp(db) })
    const { calls, input, cached, output } = await totalUsage(db)
    const llm = { calls, input_tokens: input, cached_tokens: cached, output_tokens: output }
    return { reader: readers.reader.name, prompt: readers.prompt, concerns: await collectFiled(db), llm }
  } finally {
    await db.destroy()
  }
}

async function giveUp(db: Parameters<typeof totalUsage>[0]): Promise<never> {
  const row = await db.selectFrom('episode').select('error').where('error', 'is not', null).executeTakeFirst()
  throw new UserError(`大模型没有答复(${row?.error ?? '原因不明'})。请运行 npm run doctor 看看原因。`)
}

/** Said before hours of reading, not after. */
function assertWritable(out: string): void {
  try {
    mkdirSync(dirname(out), { recursive: true })
    closeSync(openSync(out, 'a'))
  } catch (error) {
    throw new UserError(`结果写不到 ${out}(${(error as NodeJS.ErrnoException).code})。请换个地方。`)
  }
}

function chatNames(dir: string): string[] {
  const files = existsSync(dir) ? readdirSync(dir) : []
  const names = files.filter((file) => file.endsWith('.chat.jsonl')).map((file) => file.replace('.chat.jsonl', ''))
  if (names.length === 0) throw new UserError(`${dir} 里没有 .chat.jsonl 文件。`)
  return names.sort()
}
