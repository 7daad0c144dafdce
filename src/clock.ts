/** Where the time comes from. Everything that needs the time takes one; tests and replays move it. */
export type Clock = { now(): Date }

/** The machine's own time. */
export const systemClock: Clock = { now: () => new Date() }

/** The time zone of the community; China keeps one offset all year. */
export const ZONE = 'Asia/Shanghai'
const OFFSET_MS = 8 * 3_600_000
const WEEKDAYS = '日一二三四五六'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** The parts of an instant on the community's clock; `weekday` 0 is Sunday. */
export function localParts(at: Date) {
  const shifted = new Date(at.getTime() + OFFSET_MS)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    weekday: shifted.getUTCDay(),
  }
}

/** The instant at which the local day of `at` began, or `hours` after it. */
export function localMidnight(at: Date, hours = 0): Date {
  const sinceMidnight = (at.getTime() + OFFSET_MS) % DAY
  return new Date(at.getTime() - sinceMidnight + hours * HOUR)
}

/** 「5月24日」 */
export function dayText(at: Date): string {
  const { month, day } = localParts(at)
  return `${month}月${day}日`
}

/** 「5月24日 21:20」 */
export function timeText(at: Date): string {
  return `${dayText(at)} ${clockText(at)}`
}

/** 「08:05」 */
export function clockText(at: Date): string {
  const { hour, minute } = localParts(at)
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** 「2026-05-24 星期日」 */
export function dateWithWeekday(at: Date): string {
  const { year, month, day, weekday } = localParts(at)
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')} 星期${WEEKDAYS[weekday]}`
}

/** Whether unasked messages rest: 22:00 to 07:00. */
export function isNight(at: Date): boolean {
  const { hour } = localParts(at)
  return hour >= 22 || hour < 7
}
