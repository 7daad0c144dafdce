import { DAY, dateWithWeekday, dayText, localMidnight, localParts } from '../clock.ts'

/** A span of time, half-open: from ≤ at < before; the label is what people call it (「上周 5月11日—5月17日」). */
export type Period = { from: Date; before: Date; label: string }

/** The week of `at`, Monday 00:00 to the next Monday 00:00 on the community's clock: 「本周 5月18日—5月24日」. */
export function weekOf(at: Date): Period {
  return week(mondayOf(at), '本周')
}

/** The whole week before the one of `at`: 「上周 5月11日—5月17日」. */
export function weekBefore(at: Date): Period {
  return week(new Date(mondayOf(at).getTime() - 7 * DAY), '上周')
}

/** The calendar month of `at`: 「5月」. */
export function monthOf(at: Date): Period {
  const from = firstOfMonth(at)
  return { from, before: firstOfMonth(new Date(from.getTime() + 32 * DAY)), label: `${localParts(at).month}月` }
}

/** The calendar month before the one of `at`. */
export function monthBefore(at: Date): Period {
  return monthOf(new Date(firstOfMonth(at).getTime() - 1))
}

/** The seven times 24 hours up to and including `now`: 「最近7天」. */
export function lastSevenDays(now: Date): Period {
  return { from: new Date(now.getTime() - 7 * DAY), before: new Date(now.getTime() + 1), label: '最近7天' }
}

/** 「5月18日—5月24日」: the first and the last day of a period. */
export function spanText({ from, before }: { from: Date; before: Date }): string {
  return `${dayText(from)}—${dayText(new Date(before.getTime() - 1))}`
}

/** The local date on which a period begins, 2026-05-18: the key of its digest. */
export function startKey({ from }: Period): string {
  return dateWithWeekday(from).slice(0, 10)
}

/** How many midnights lie between two instants on the community's clock: yesterday evening is 1 day ago. */
export function daysBetween(from: Date, to: Date): number {
  return Math.round((localMidnight(to).getTime() - localMidnight(from).getTime()) / DAY)
}

function week(from: Date, name: string): Period {
  const before = new Date(from.getTime() + 7 * DAY)
  return { from, before, label: `${name} ${spanText({ from, before })}` }
}

function mondayOf(at: Date): Date {
  return new Date(localMidnight(at).getTime() - ((localParts(at).weekday + 6) % 7) * DAY)
}

function firstOfMonth(at: Date): Date {
  return new Date(localMidnight(at).getTime() - (localParts(at).day - 1) * DAY)
}
