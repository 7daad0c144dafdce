import type { FollowUp } from '../../../db/schema.ts'
import { FOLLOW_UP_WORDS } from '../../concerns/event-words.ts'
import type { FollowUpRow } from '../../digest/follow-ups.ts'
import { type Column, dayCell } from './table.ts'
import type { BookWords } from './words.ts'

/** The columns of the 回访 sheet. */
export function followUpColumns({ where }: BookWords): Column<FollowUpRow>[] {
  return [
    { head: '编号', width: 8, value: ({ no }) => no },
    { head: '小区', width: 10, value: ({ place }) => where.compound(place) },
    { head: '期/栋/单元', width: 14, value: ({ place }) => where.house(place) },
    { head: '诉求内容', width: 30, kind: 'words', value: ({ title }) => title },
    { head: '办理结果', width: 28, kind: 'words', value: ({ result }) => result },
    { head: '办结日期', width: 12, kind: 'date', value: ({ resolvedAt }) => dayCell(resolvedAt) },
    { head: '回访日期', width: 12, kind: 'date', value: ({ asked }) => dayCell(asked?.at ?? null) },
    { head: '居民怎么说', width: 14, value: answerOf },
    { head: '谁问的', width: 10, value: ({ asked }) => asked?.actor ?? null },
    { head: '备注', width: 10, value: ({ sensitive }) => (sensitive ? '敏感' : null) },
  ]
}

function answerOf({ asked }: FollowUpRow): string {
  if (asked === null) return '还没问'
  if (asked.kind === 'reopened') return '没解决,重办'
  if (asked.kind === 'not_reached') return '没联系上'
  return FOLLOW_UP_WORDS[asked.note as FollowUp]
}
