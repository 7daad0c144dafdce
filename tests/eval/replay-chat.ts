import { type Db, openDatabase } from '../../db/database.ts'
import { createBot } from '../../src/bot.ts'
import type { ChatMessage } from '../../src/chat/chat.ts'
import { prepareLedger } from '../../src/cli/ledger-folder.ts'
import { SILENT } from '../../src/cli/silent.ts'
import { collectFiled } from '../../src/eval/collect-filed.ts'
import type { Reader } from '../../src/intake/reader.ts'
import { RulesReader } from '../../src/intake/rules/rules-reader.ts'
import { silentLog } from '../../src/log.ts'
import { MovableClock, replay } from '../../src/replay.ts'
import type { Ledger } from './recorded-reader.ts'

/** Replays a chat through the whole pipeline with a reader that may look into the ledger it fills. */
export async function replayChat(messages: readonly ChatMessage[], readerOf: (ledger: Ledger) => Reader) {
  const clock = new MovableClock(messages[0]!.at)
  const { db, roster, taxonomy } = await prepareLedger(await openDatabase(':memory:'))
  const rules = new RulesReader({ compounds: roster.compounds, categories: taxonomy.categories })
  const reader = readerOf({
    messages,
    async concernOf(mark) {
      const [messageId = '', position = '0'] = mark.split('#')
      return (await concernsOn(db, messageId))[Number(position)] ?? null
    },
    async markOf(concern) {
      const row = await db
        .selectFrom('evidence')
        .innerJoin('message', 'message.seq', 'evidence.message')
        .select('msg_id')
        .where('concern', '=', concern)
        .orderBy('message.seq')
        .executeTakeFirst()
      return row ? `${row.msg_id}#${(await concernsOn(db, row.msg_id)).indexOf(concern)}` : null
    },
  })
  const parts = { db, roster, taxonomy, clock, log: silentLog, reader, rules, ...SILENT }
  const { bot, intake } = createBot(parts, clock.now())
  try {
    await replay(messages, { bot, intake, clock, onFailure: () => fail(db) })
    return await collectFiled(db)
  } finally {
    await db.destroy()
  }
}

async function fail(db: Awaited<ReturnType<typeof openDatabase>>): Promise<never> {
  const { error } = await db
    .selectFrom('episode')
    .select('error')
    .where('error', 'is not', null)
    .executeTakeFirstOrThrow()
  throw new Error(error ?? 'the reader failed')
}

/** The numbers of the concerns that rest on a message; several items of one list rest on the same one. */
async function concernsOn(db: Db, messageId: string): Promise<number[]> {
  const rows = await db
    .selectFrom('evidence')
    .innerJoin('message', 'message.seq', 'evidence.message')
    .select('concern')
    .distinct()
    .where('msg_id', '=', messageId)
    .orderBy('concern')
    .execute()
  return rows.map((row) => row.concern)
}
