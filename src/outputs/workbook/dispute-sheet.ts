import type { Urgency } from '../../../db/schema.ts'
import { dayText } from '../../clock.ts'
import { FOLLOW_UP_WORDS } from '../../concerns/event-words.ts'
import { STATUS_WORDS } from '../../concerns/status.ts'
import type { DisputeRow } from '../../digest/disputes.ts'
import { fullNumber } from './ledger-sheet.ts'
import { type Column, dayCell } from './table.ts'
import type { BookWords } from './words.ts'

const RISK: Record<Urgency, string> = { red: '高', yellow: '中', blue: '低' }
const OUTCOMES = { 口头: '口头协议', 书面: '书面协议', 未达成: '未达成' } as const

/** The columns of the 矛盾纠纷调解台账; what both sides want is for the mediator's own hand. */
export function disputeColumns({ where }: BookWords): Column<DisputeRow>[] {
  return [
    { head: '编号', width: 10.5, value: fullNumber },
    { head: '受理日期', width: 11, kind: 'date', value: ({ filedAt }) => dayCell(filedAt) },
    { head: '来源', width: 6, value: ({ source }) => source },
    { head: '地点', width: 10, value: ({ place }) => [where.compound(place), where.house(place)].join('') },
    { head: '当事人(代号)', width: 8, value: ({ parties }) => parties.join('\n') },
    { head: '纠纷类型', width: 9, value: ({ about }) => about },
    { head: '简要情况', width: 14, kind: 'words', value: ({ title }) => title },
    { head: '双方诉求(手填)', width: 15, value: () => null },
    { head: '风险等级', width: 6, value: ({ urgency }) => RISK[urgency] },
    { head: '调解员', width: 9, value: mediatorOf },
    { head: '调解次数及日期', width: 13, value: visitText },
    { head: '措施', width: 24, kind: 'words', value: ({ visits }) => visits.map(({ note }) => note ?? '').join('\n') },
    { head: '结果', width: 10, value: outcomeText },
    { head: '协议与履行', width: 16, kind: 'words', value: termsText },
    { head: '回访', width: 9, value: ({ followUp }) => (followUp === null ? null : FOLLOW_UP_WORDS[followUp]) },
    { head: '备注', width: 7, value: ({ rounds }) => (rounds > 0 ? `重办${rounds}次` : null) },
  ]
}

/** Who has it, else those who went there. */
function mediatorOf({ handler, visits }: DisputeRow): string {
  return handler ?? [...new Set(visits.map(({ actor }) => actor))].join('\n')
}

function visitText({ visits }: DisputeRow): string {
  return visits.length === 0 ? '还没上门' : [`${visits.length}次`, ...visits.map(({ at }) => dayText(at))].join('\n')
}

function outcomeText({ agreement, status }: DisputeRow): string {
  return agreement === null ? STATUS_WORDS[status] : OUTCOMES[agreement]
}

function termsText({ terms, agreedAt, result }: DisputeRow): string {
  return [
    ...(terms === null || agreedAt === null ? [] : [`${dayText(agreedAt)} ${terms}`]),
    ...(result === null ? [] : [result]),
  ].join('\n')
}
