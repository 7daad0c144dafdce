import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../../db/database.ts'
import { createBot } from '../bot.ts'
import type { ChatMessage } from '../chat/chat.ts'
import { readPasted } from '../chat/pasted.ts'
import type { Config } from '../config.ts'
import { UserError } from '../errors.ts'
import { keyedHash } from '../intake/forgotten.ts'
import { createLog } from '../log.ts'
import { lastMoment, MovableClock, replay } from '../replay.ts'
import { openLedgerFolder } from './ledger-folder.ts'
import { progressBar } from './progress.ts'
import { readersFor } from './readers.ts'

/**
 * Reads chat that somebody copied out of WeChat into the ledger, the same way as heard chat. What was heard live, was
 * withdrawn, purged or belongs to somebody who is not to be recorded is left out.
 */
export async function importPasted(config: Config, file: string): Promise<void> {
  if (!existsSync(file)) throw new UserError(`没有这个文件:${file}`)
  const pasted = readPasted(readFileSync(file, 'utf8'), config.botName)
  const log = createLog(join(config.dataDir, 'log.jsonl'), config.logLevel)
  const { db, roster, taxonomy, close } = await openLedgerFolder(config.dataDir)
  try {
    const fresh = await withoutKnown(db, pasted)
    if (fresh.length > 0) {
      const clock = new MovableClock(fresh[0]!.at)
      clock.advance(await lastMoment(db))
      const readers = await readersFor(config, { db, roster, taxonomy })
      const silent = {
        chat: { say: async () => {}, sendFile: async () => {} },
        pace: { perMinute: Number.POSITIVE_INFINITY, pause: async () => {} },
        ...{ patience: 3_600_000, askIn: config.askIn, partyDay: config.partyDay, filesDir: null, tell: () => {} },
      }
      const { bot, intake } = createBot({ db, roster, taxonomy, clock, log, ...readers, ...silent }, fresh[0]!.at)
      await replay(fresh, { bot, intake, clock, onProgress: progressBar('导入聊天'), onFailure: giveUp })
    }
    process.stdout.write(
      `${pasted.length}条里,新的${fresh.length}条已读,${pasted.length - fresh.length}条早就听过或不该记。\n`,
    )
  } finally {
    await close()
  }
}

/** Leaves out what is known: heard within the same minute by the same name, or forgotten on purpose. */
async function withoutKnown(db: Db, messages: readonly ChatMessage[]): Promise<ChatMessage[]> {
  const fresh: ChatMessage[] = []
  for (const message of messages) {
    const minute = message.at.toISOString().slice(0, 16)
    const heard = await db
      .selectFrom('message')
      .select('seq')
      .where('sender', '=', message.sender)
      .where('text', '=', message.text)
      .where('said_at', 'like', `${minute}%`)
      .executeTakeFirst()
    const hash = await keyedHash(db, [message.room, message.sender, minute, message.text])
    const forgotten = await db.selectFrom('forgotten').select('hash').where('hash', '=', hash).executeTakeFirst()
    if (!heard && !forgotten) fresh.push(message)
  }
  return fresh
}

async function giveUp(): Promise<never> {
  throw new UserError('大模型没有答复,读到一半停下了。请运行 npm run doctor 看看原因;再运行一次会接着读。')
}
