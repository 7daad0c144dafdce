import { dayText, localParts } from '../../clock.ts'
import { eventWord, FOLLOW_UP_WORDS } from '../../concerns/event-words.ts'
import { STATUS_WORDS } from '../../concerns/status.ts'
import { urgencyMark } from '../../concerns/taxonomy.ts'
import type { CaseRow, CaseStep } from '../../digest/casebook.ts'
import { headOf } from '../../roster/look-up.ts'
import type { Roster } from '../../roster/roster.ts'
import { type Column, dayCell } from './table.ts'
import type { BookWords } from './words.ts'

/** Steps that are somebody's work; what was merely heard, and what other columns say, is left out. */
const WORK: ReadonlySet<string> = new Set(
  ['in_progress', 'referred', 'on_agenda', 'deferred', 'visit', 'progress', 'agreement', 'prevented'].concat([
    'nudged',
    'reopened',
    'not_reached',
    'merged',
    'restored',
    'dropped',
  ]),
)

/** The columns of the 支部民情台账; twelve say what it is, seven who does what, nine what became of it: a printed page each. */
export function ledgerColumns({ roster, taxonomy, partyGroup, where }: BookWords): Column<CaseRow>[] {
  return [
    { head: '序号', width: 4, value: (_, index) => index + 1 },
    { head: '编号', width: 10.5, value: fullNumber },
    { head: '登记日期', width: 11, kind: 'date', value: ({ filedAt }) => dayCell(filedAt) },
    { head: '来源', width: 6, value: ({ source }) => source },
    { head: '反映人', width: 9, value: ({ reporter, sensitive }) => (sensitive ? '不公开' : (reporter ?? '没留名')) },
    { head: '小区', width: 9, value: ({ place }) => where.compound(place) },
    { head: '期/栋/单元', width: 12, value: ({ place }) => where.house(place) },
    { head: '党小组', width: 10, value: ({ place }) => partyGroup(place.partyGroup) },
    { head: '楼栋长', width: 8, value: ({ place }) => headName(roster, place.building) },
    { head: '性质', width: 6, value: ({ nature }) => nature },
    { head: '类别', width: 12, value: ({ category }) => category },
    { head: '诉求内容', width: 28, kind: 'words', value: contentOf },
    { head: '涉及户数(按几人说)', width: 9.5, value: ({ voices }) => voices || null },
    { head: '紧急程度', width: 8, value: ({ urgency }) => urgencyMark(taxonomy, urgency) },
    { head: '收集人', width: 8, value: ({ collectedBy }) => collectedBy },
    { head: '承办人(五员)', width: 11, value: ({ handler, corps }) => handler ?? `(${corps})` },
    { head: '协办单位', width: 9, value: ({ body }) => body },
    { head: '办理时限', width: 11, kind: 'date', value: ({ limit }) => dayCell(limit) },
    { head: '办理过程', width: 50, kind: 'words', value: ({ steps }) => workText(steps) },
    { head: '现在怎样', width: 7.5, value: ({ status }) => STATUS_WORDS[status] },
    { head: '办理结果', width: 28, kind: 'words', value: ({ result }) => result },
    { head: '办结日期', width: 11, kind: 'date', value: ({ resolvedAt }) => dayCell(resolvedAt) },
    { head: '是否超期', width: 5, value: ({ late }) => (late ? '是' : '否') },
    { head: '上会', width: 7, value: meetingText },
    { head: '回访日期/方式', width: 11, kind: 'date', value: ({ askedAt }) => dayCell(askedAt) },
    { head: '满意度', width: 8, value: ({ followUp }) => (followUp === null ? null : FOLLOW_UP_WORDS[followUp]) },
    { head: '并案/重复', width: 12, value: linkText },
    { head: '备注', width: 22, kind: 'words', value: remarkOf },
  ]
}

/** 2026-0012, the form's own way to write 12号. */
export function fullNumber({ no, filedAt }: Pick<CaseRow, 'no' | 'filedAt'>): string {
  return `${localParts(filedAt).year}-${String(no).padStart(4, '0')}`
}

/** 「5月19日 接手:丁惠芳」, a line for each step of work. */
export function workText(steps: readonly CaseStep[]): string {
  return steps
    .filter(({ kind }) => WORK.has(kind))
    .map((step) => `${dayText(step.at)} ${stepText(step)}`)
    .join('\n')
}

/** What somebody did and told is said in their words. */
function stepText(step: CaseStep): string {
  const isTold = step.kind === 'progress' || step.kind === 'visit'
  return isTold && step.note !== null ? step.note : eventWord(step)
}

function headName(roster: Roster, building: string | null): string | null {
  return building === null ? null : (headOf(roster, building)?.name ?? '空缺')
}

/** What is sensitive shows its title alone. */
function contentOf({ title, detail }: CaseRow): string {
  return detail === '' || detail.includes(title) ? detail || title : `${title}:${detail}`
}

function meetingText({ meetings, status }: CaseRow): string {
  const held = meetings.map((no) => `第${no}次`)
  return [...held, ...(status === 'on_agenda' ? ['待上会'] : [])].join('\n')
}

function linkText({ mergedInto, takenIn, repeats }: CaseRow): string {
  const numbers = (all: readonly number[]) => all.map((no) => `${no}号`).join('、')
  return [
    ...(mergedInto === null ? [] : [`并入${mergedInto}号`]),
    ...(takenIn.length === 0 ? [] : [`并来${numbers(takenIn)}`]),
    ...(repeats.length === 0 ? [] : [`又出现:${numbers(repeats)}`]),
  ].join('\n')
}

function remarkOf({ sensitive, doubt, status, reason, rounds }: CaseRow): string {
  return [
    ...(sensitive ? ['敏感,不外传'] : []),
    ...(doubt === null ? [] : [`待确认:${doubt}`]),
    ...(reason !== null && (status === 'deferred' || status === 'dropped')
      ? [`${STATUS_WORDS[status]}:${reason}`]
      : []),
    ...(rounds > 0 ? [`重办${rounds}次`] : []),
  ].join('\n')
}
