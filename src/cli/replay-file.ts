import { createBot } from '../bot.ts'
import { readTranscript } from '../chat/transcript.ts'
import type { Config } from '../config.ts'
import { UserError } from '../errors.ts'
import { beginSilence, endSilence } from '../outbox/silence.ts'
import { lastMoment, MovableClock, replay } from '../replay.ts'
import { readSetting, saveSetting } from '../settings.ts'
import { openLog } from './data-folder.ts'
import { openLedgerFolder } from './ledger-folder.ts'
import { progressBar } from './progress.ts'
import { readersFor } from './readers.ts'
import { ledgerText } from './show.ts'
import { SILENT } from './silent.ts'

/**
 * Reads a recorded chat into the ledger with the chat's own clock. Nothing is said in any room; what was heard
 * before is recognised, so that a replay that was stopped goes on where it stopped.
 */
export async function replayFile(config: Config, file: string): Promise<void> {
  const messages = readTranscript(file, config.botName)
  const first = messages[0]
  if (!first) throw new UserError(`${file} 里没有消息。`)
  const log = openLog(config)
  const ledger = await openLedgerFolder(config.dataDir)
  try {
    const { db, roster, taxonomy } = ledger
    await endSilence(db)
    if ((await readSetting(db, 'since')) === null) await saveSetting(db, 'since', first.at.toISOString())
    const clock = new MovableClock(first.at)
    clock.advance(await lastMoment(db))
    const readers = await readersFor(config, { db, roster, taxonomy })
    const { bot, intake } = createBot({ db, roster, taxonomy, clock, log, ...readers, ...SILENT }, first.at)
    await bot.recover()
    await beginSilence(db)
    await replay(messages, {
      bot,
      intake,
      clock,
      onProgress: progressBar('读聊天记录'),
      onFailure: async () => {
        throw new UserError('大模型没有答复,读到一半停下了。请运行 npm run doctor 看看原因;再运行一次会接着读。')
      },
    })
    await endSilence(db)
    process.stdout.write(`${await ledgerText(db, { roster, taxonomy })}\n`)
  } finally {
    await ledger.close()
  }
}
