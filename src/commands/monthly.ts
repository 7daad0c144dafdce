import { monthBefore, monthOf } from '../digest/period.ts'
import { makePack } from '../outputs/monthly/make-pack.ts'
import type { Command } from './command.ts'
import { digestWords, readByOf } from './digest-words.ts'
import { sendFile } from './send-file.ts'

/** 月报 [上月|本月]: the material for the 民情分析会, of the month that has ended unless this month is asked for. */
export const monthly: Command = {
  name: '月报',
  synonyms: ['民情分析'],
  takes: /^(?<which>本月|这个月|上月|上个月)?$/u,
  help: '民情分析会的材料',
  example: '月报',
  who: 'committee',
  readsFirst: true,
  async run(asked, { which }) {
    const { db, now, readerName } = asked
    const month = which === '本月' || which === '这个月' ? monthOf(now) : monthBefore(now)
    const options = { words: digestWords(asked), readBy: readByOf(readerName), now }
    const text = `${month.label}的民情分析会材料来了,请先核对再打出来。`
    return sendFile(asked, '月报', text, (filesDir) => makePack(db, month, { ...options, filesDir }))
  },
}
