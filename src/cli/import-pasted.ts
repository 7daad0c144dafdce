import { existsSync, readFileSync } from 'node:fs'
import type { Db } from '../../db/database.ts'
import { createBot } from '../bot.ts'
import type { ChatMessage } from '../chat/chat.ts'
import { readPasted } from '../chat/pasted.ts'
import { DAY, dateWithWeekday } from '../clock.ts'
import type { Config } from '../config.ts'
import { UserError } from '../errors.ts'
import { leaveOutKnown } from '../intake/already-heard.ts'
import { beginSilence, endSilence } from '../outbox/silence.ts'
import { lastMoment, MovableClock, replay } from '../replay.ts'
import { openLog } from './data-folder.ts'
import { decodeChat } from './decode-chat.ts'
import { INVENTED_ROSTER, isInvented, refuseSample } from './invented.ts'
import { openLedgerFolder } from './ledger-folder.ts'
import { progressBar } from './progress.ts'
import { readersFor } from './readers.ts'
import { SILENT } from './silent.ts'

/**
 * Reads chat that somebody copied out of WeChat into the ledger, the same way as heard chat. What was heard live, was
 * withdrawn, purged or belongs to somebody who is not to be recorded is left out.
 */
export async function importPasted(config: Config, file: string): Promise<void> {
  if (!existsSync(file)) throw new UserError(`没有这个文件:${file}`)
  const pasted = readPasted(decodeChat(readFileSync(file)), config.botName)
  const late = pasted.find(({ at }) => at.getTime() > Date.now() + DAY)
  if (late) throw new UserError(`有一条的日子还没到:${late.sender} ${dateWithWeekday(late.at)}。什么都没有导入。`)
  const log = openLog(config)
  const { db, roster, taxonomy, close } = await openLedgerFolder(config.dataDir)
  try {
    await refuseSample(db, config.dataDir)
    if (isInvented(roster)) process.stderr.write(`注意:${INVENTED_ROSTER}。\n`)
    await endSilence(db)
    const fresh = await leaveOutKnown(db, pasted, config.botName)
    if (fresh.length > 0) {
      const clock = new MovableClock(fresh[0]!.at)
      clock.advance(await lastMoment(db))
      const readers = await readersFor(config, { db, roster, taxonomy })
      const parts = { db, roster, taxonomy, clock, log, ...readers, ...SILENT }
      const { bot, intake } = createBot(parts, fresh[0]!.at)
      await bot.recover()
      await beginSilence(db)
      await replay(fresh, { bot, intake, clock, onProgress: progressBar('导入聊天'), onFailure: giveUp })
      await endSilence(db)
    }
    const read = await countKept(db, fresh)
    process.stdout.write(`${pasted.length}条里,新的${read}条已读,${pasted.length - read}条早就听过或不该记。\n`)
  } finally {
    await close()
  }
}

/** Of somebody who is not to be recorded no words are kept. */
async function countKept(db: Db, messages: readonly ChatMessage[]): Promise<number> {
  let kept = 0
  for (const { id } of messages) {
    const row = await db.selectFrom('message').select('sender').where('msg_id', '=', id).executeTakeFirst()
    if (row && row.sender !== '') kept += 1
  }
  return kept
}

async function giveUp(): Promise<never> {
  throw new UserError('大模型没有答复,读到一半停下了。请运行 npm run doctor 看看原因;再运行一次会接着读。')
}
