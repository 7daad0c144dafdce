import { bestThread } from './fit.ts'
import { escalate, isAnotherMatter, isGoingOn, isSameTrouble, latest, STILL_ON, touch } from './grow.ts'
import { kinOf } from './kin.ts'
import { canBeSame, isSamePlace } from './places.ts'
import type { Sense } from './sense.ts'
import { type Hint, newThread, type Reading, type Thread } from './thread.ts'
import { isFarAway, isPraise } from './traps.ts'

/** A concern is told: it goes on with one of its own, falls in with another's, or is new. */
export function tell(reading: Reading, told: Hint, sense: Sense, own: Hint[]): void {
  const before = own.filter((one) => one.place !== null || told.minute - one.minute <= 1)
  const placed = before.findLast((one) => one.place !== null)
  const hint = told.place || !placed ? told : { ...told, place: placed.place }
  const mine = latest(
    reading.threads,
    (one) => one.teller === hint.line.speaker && one.item === null && isGoingOn(hint, one),
  )
  const same =
    mine && !isAnotherMatter(sense, hint, mine)
      ? mine
      : latest(reading.threads, (one) => isSameTrouble(one, sense, hint))
  if (same && !(same.open && !told.line.isNew)) {
    for (const fragment of before) touch(same, fragment, 'also')
    touch(same, told, 'also')
    escalate(same, sense, hint)
    return
  }
  const thread = newThread(hint, sense)
  if (placed && !told.place) thread.placeLine = placed.line.number
  if (placed && told.place && told.place.building === null && placed.place!.building !== null) {
    thread.place = placed.place
    thread.placeLine = placed.line.number
  }
  thread.lines = [...before.map(({ line }) => line.number), hint.line.number]
  thread.words = [...before.map(({ text }) => text), hint.text].join(' ')
  reading.fragments = reading.fragments.filter((one) => !before.includes(one))
  add(reading, thread, hint)
}

/** Adds a thread; one of context lines is looked for in the ledger first, one that repeats another's there says so. */
export function add({ threads }: Reading, thread: Thread, hint: Hint): void {
  const inLedger = threads.filter(
    ({ open, category, place }) => open && category === thread.category && canBeSame(place, thread.place),
  )
  if (!hint.line.isNew) {
    const known = inLedger.find((one) => isLike(one, thread))
    if (known) {
      known.lines.push(...thread.lines)
      known.words += ` ${thread.words}`
      known.last = thread.last
      known.lastMinute = thread.lastMinute
      known.teller ??= thread.teller
      known.item = thread.item
      known.place ??= thread.place
      return
    }
  }
  const repeated = inLedger.find(
    (one) =>
      isSamePlace(one.place, thread.place) && (one.item ?? thread.item) === null && isOneFault(one.title, thread.words),
  )
  threads.push({ ...thread, sameAs: repeated?.open?.no ?? null })
}

/** 电梯又停了 and 电梯停了 are one fault, 电梯按钮失灵 and 电梯风扇坏了 are two. */
function isOneFault(title: string, words: string): boolean {
  if (kinOf(title, words) === 0) return false
  const faults = title.match(/[停坏卡抖响漏堵黑破断裂臭吵松掉晃缺偷满涨跳淹垮]/g) ?? []
  return faults.length === 0 || faults.some((fault) => words.includes(fault)) || /又|还是|还没|一直/.test(words)
}

function isLike(known: Thread, thread: Thread): boolean {
  return (
    known.title.includes(thread.title) ||
    known.teller === thread.teller ||
    (known.place?.building != null && isSamePlace(known.place, thread.place)) ||
    (kinOf(known.title, thread.words) > 0 && isSamePlace(known.place, thread.place))
  )
}

/** A speaker adds to what they told a moment ago, or answers where it is. */
export function goOn({ threads }: Reading, hint: Hint): boolean {
  if (isFarAway(hint.text) || isPraise(hint.text)) return false
  const quoted = bestThread(hint, threads, () => 0)
  const thread =
    quoted ??
    latest(
      threads,
      (one) =>
        one.teller === hint.line.speaker &&
        one.item === null &&
        (isGoingOn(hint, one) || isPlaceAnswer(hint, one) || isNameAnswer(hint, one)),
    )
  if (!thread) return false
  touch(thread, hint, 'also')
  return true
}

/** 我叶志明噻 · 我姓阎: the teller answers who they are, right after they were asked. */
function isNameAnswer({ text, minute, position }: Hint, thread: Thread): boolean {
  const isRecent = thread.lastMinute !== null && minute - thread.lastMinute <= STILL_ON
  return (
    isRecent && position - thread.last <= 2 && /^(?:我(?:是|姓|叫)?|就?是)[\u4e00-\u9fa5]{1,4}[噻嘛哈啊的]?$/.test(text)
  )
}

function isPlaceAnswer({ place, text, minute }: Hint, thread: Thread): boolean {
  const isRecent = thread.lastMinute !== null && minute - thread.lastMinute <= STILL_ON
  return place !== null && text.length <= 12 && thread.place?.building == null && isRecent
}
