import type { FollowUp } from '../../db/schema.ts'
import type { ConcernEvent } from './concern.ts'

/** What a resident said when asked afterwards. */
export const FOLLOW_UP_WORDS: Record<FollowUp, string> = {
  satisfied: '满意',
  basically_satisfied: '基本满意',
  dissatisfied: '解决了,不满意',
  not_reached: '没联系上',
  nobody_to_ask: '没有人可问',
}

const WORDS: Record<string, string> = {
  filed: '记下',
  open: '放回待办',
  in_progress: '接手',
  referred: '转交',
  on_agenda: '提请上会',
  deferred: '挂账',
  resolved: '办结',
  closed: '销号',
  merged: '并入',
  dropped: '不受理',
  restored: '恢复',
  undone: '收回上一步',
  reopened: '重办',
  amended: '改正',
  worse: '改为更急',
  place: '补上地点',
  more: '又听到一次',
  progress: '听到进展',
  settled_proposed: '听到说已解决',
  seen: '知道了',
  withdrawn: '提示',
  wish: '听到说还没解决',
  visit: '上门',
  settled_denied: '说还没解决',
  nudged: '催了一下',
  reminded: '提醒经办人',
  not_reached: '回访没联系上',
  prevented: '劝阻成功',
  agreement: '调解',
  forgotten: '反映人的资料删除了',
}

/** One event in words: 「办结:换了灯」「又听到一次」. */
export function eventWord({ kind, note, from, to }: Pick<ConcernEvent, 'kind' | 'note' | 'from' | 'to'>): string {
  if (kind === 'closed' && note !== null) return `销号:${FOLLOW_UP_WORDS[note as FollowUp] ?? note}`
  const word = kind === 'open' && from === 'suspected' ? '确认' : (WORDS[kind] ?? to)
  return note === null ? word : `${word}:${note}`
}
