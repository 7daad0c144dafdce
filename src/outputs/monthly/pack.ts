import { dateWithWeekday, dayText, localParts } from '../../clock.ts'
import { closingLine, type ReadBy, type Words } from '../../digest/lines.ts'
import type { MonthFigures } from '../../digest/month.ts'
import { unreadLines } from '../../digest/render-digest.ts'
import { decisionParts, goodParts } from './done-parts.ts'
import { figureParts } from './figure-parts.ts'
import { decideParts, hotParts, lateParts } from './open-parts.ts'
import { orElse, type Pack, type Part, points } from './parts.ts'
import { topicsOf } from './topics.ts'

export type PackOptions = { words: Words; readBy: ReadBy; now: Date }

/**
 * The material for the 民情分析会 as parts: every figure from the database, every sentence from a template with these
 * figures in it; no model writes here.
 */
export function monthlyPack(figures: MonthFigures, { words, readBy, now }: PackOptions): Pack {
  const { year, month } = localParts(figures.month.from)
  const { label } = figures.month
  return {
    title: '民情分析会材料',
    month: `${year}年${month}月`,
    below: [
      '主题党日用',
      `整理日期:${dateWithWeekday(now)}`,
      '数字都由程序从台账里数出来,句子是固定的格式,没有一句是AI写的。',
      '敏感的事只写类别和小区,不写内容。',
      closingLine(readBy),
    ],
    parts: [
      ...chapter(`一、${label}的数字`, figureParts(figures, words)),
      { kind: 'page' },
      ...chapter('二、同一栋楼反复有事', hotParts(figures, words)),
      ...chapter('三、还没办完的,为什么', lateParts(figures, words, now)),
      ...chapter('四、要请大家定的事', decideParts(figures, words)),
      ...chapter('五、建议讨论的话题', orElse(points(topicsOf(figures, words)), '没有特别要讨论的。')),
      ...chapter('六、好消息', goodParts(figures, words)),
      ...chapter(`七、${label}会上定的事,办得怎样`, decisionParts(figures, now)),
      ...chapter('八、还没读到、还没确认的', points(restOf(figures))),
    ],
    closing: `${closingLine(readBy)}(${dayText(now)})`,
  }
}

function chapter(text: string, parts: Part[]): Part[] {
  return [{ kind: 'heading', text }, ...parts]
}

/** What the figures do not hold. */
function restOf(figures: MonthFigures): string[] {
  return [
    `${figures.month.label}读了${figures.heard}条消息。`,
    figures.waiting === 0 ? '没有等确认的事。' : `等确认的有${figures.waiting}件,在支委群回“确认”可以看到。`,
    ...unreadLines(figures),
  ]
}
