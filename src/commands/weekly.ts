import { collectBaseline } from '../digest/baseline.ts'
import { collectFigures } from '../digest/collect.ts'
import { weekBefore, weekOf } from '../digest/period.ts'
import { renderDigest } from '../digest/render-digest.ts'
import type { Command } from './command.ts'
import { digestWords, readByOf } from './digest-words.ts'

/** 周报 [本周|上周]: the digest of the committee, now. */
export const weekly: Command = {
  name: '周报',
  takes: /^(?<which>本周|上周)?$/u,
  help: '一周的汇总,给支委会看',
  example: '周报 上周',
  who: 'committee',
  readsFirst: true,
  async run(asked, { which }) {
    const { db, now, readerName } = asked
    const week = which === '上周' ? weekBefore(now) : weekOf(now)
    const figures = await collectFigures(db, week, now)
    const previous = await collectBaseline(db, week)
    return renderDigest(figures, previous, { words: digestWords(asked), readBy: readByOf(readerName) })
  },
}
