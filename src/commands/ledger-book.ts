import { keepFiles } from '../outputs/files.ts'
import { bookWords } from '../outputs/workbook/words.ts'
import { renderLedger } from '../outputs/workbook/workbook.ts'
import type { Command } from './command.ts'
import { readByOf } from './digest-words.ts'
import { sendFile } from './send-file.ts'

/** 台账: the whole ledger as a workbook, without phones. */
export const ledgerBook: Command = {
  name: '台账',
  synonyms: ['民情台账'],
  takes: /^$/u,
  help: '整本台账,表格文件',
  example: '台账',
  who: 'committee',
  readsFirst: true,
  async run(asked) {
    const { db, roster, taxonomy, now, readerName } = asked
    const options = { words: bookWords(roster, taxonomy), readBy: readByOf(readerName), now }
    const text = '台账来了:诉求、纠纷、回访、数字四张表。\n里面没有电话,也请不要转发到别的群。'
    return sendFile(asked, '台账', text, async (filesDir) => {
      return keepFiles('支部民情台账', 'xlsx', [await renderLedger(db, options)], { filesDir, now })[0]!
    })
  },
}
