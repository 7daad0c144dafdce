import type { FollowUp } from './follow-ups.ts'
import { escalate, isAnotherMatter, isElsewhereThan, isGoingOn, latest, touch } from './grow.ts'
import { kinOf } from './kin.ts'
import type { Sense } from './sense.ts'
import { add } from './tell.ts'
import { bestThread, type Fit, fitOf, type Hint, newThread, type Reading, type Thread } from './thread.ts'
import { isWorkDone } from './traps.ts'

/** Attaches a follow-up to the thread it speaks of; false when there is none, or when it rather tells something of its own. */
export function joins(
  reading: Reading,
  hint: Hint,
  followUp: Exclude<FollowUp, 'settled'>,
  sense: Sense | null,
): boolean {
  if (followUp === 'handles' && joinsList(reading, hint)) return true
  const thread = bestThread(hint, reading.threads, MEASURES[followUp](hint, reading))
  if (!thread) return false
  const fit = fitOf(hint, thread)!
  if (followUp === 'agrees' && isElsewhereThan(hint, thread)) {
    const copied = newThread(hint, {
      category: thread.category,
      title: thread.title.replace(/^.*?(?=电梯|楼道|灯|门)/, ''),
    })
    add(reading, { ...copied, words: `${hint.text} ${thread.item === null ? thread.words : ''}` }, hint)
    return true
  }
  if (sense && !fit.quoted && followUp !== 'asks-where') {
    if (fit.teller && isGoingOn(hint, thread)) {
      if (isAnotherMatter(sense, hint, thread)) return false
    } else if (sense.category !== thread.category) return false
    else if (followUp === 'asks-after' && presupposes(reading, hint, thread)) return attach(thread, hint, sense)
    else if (thread.open && !fit.teller) return false
    else if (
      followUp !== 'agrees' &&
      !fit.teller &&
      !fit.place &&
      (hint.place !== null || fit.near === 0 || fit.kin === 0)
    )
      return false
  }
  return attach(thread, hint, sense)
}

function attach(thread: Thread, hint: Hint, sense: Sense | null): true {
  touch(thread, hint, 'also')
  escalate(thread, sense, hint)
  return true
}

/** 电梯还没修: speaks of what was told before, when no place is named and only one of its kind is known. */
function presupposes({ threads }: Reading, { text, place }: Hint, { category }: Thread): boolean {
  return (
    place === null &&
    /还没|还不|还莫|还是|第.{1,3}天|催/.test(text) &&
    threads.filter((one) => one.category === category).length === 1
  )
}

/** 「1和2我找物业」, 「路灯我报物业」 right after a list: to the entries it names by number or word, else to all. */
function joinsList(reading: Reading, hint: Hint): boolean {
  const last = latest(reading.threads, ({ lines, also }) => lines.length + also.length > 0)
  if (!last || last.item === null || last.teller === hint.line.speaker) return false
  const fit = fitOf(hint, last)
  if (!fit || fit.contradicts || (fit.near < 4 && !fit.quoted)) return false
  const entries = reading.threads.filter((one) => one.item !== null && one.lines[0] === last.lines[0])
  const numbers = [
    ...hint.text.matchAll(/(?:^|[\s,;。、和(])([1-9])\)?(?=\s*(?:[和、,.]|我|号?(?:我|已|马上)|(?<=\))))|([①-⑨])/g),
  ].map(([, digit, sign]) => (digit ? Number(digit) : sign!.charCodeAt(0) - 0x245f))
  const numbered = entries.filter(({ item }) => numbers.includes(item!))
  const named = entries.filter((one) => kinOf(hint.text, one.words) > 0)
  const meant = numbered.length > 0 ? numbered : named.length > 0 ? named : entries
  for (const entry of meant) touch(entry, hint, 'also')
  return true
}

const MEASURES: Record<Exclude<FollowUp, 'settled'>, (hint: Hint, reading: Reading) => (fit: Fit) => number> = {
  agrees:
    (hint, { fragments }) =>
    (fit) => {
      const between = fragments.filter(
        (one) => one.position > hint.position - (11 - fit.near) && one.line.speaker !== hint.line.speaker,
      )
      const isBare = hint.place?.building == null && fit.topic <= 0 && fit.kin === 0
      if (fit.near === 0 || fit.teller || PRIVATE.test(hint.text) || (fit.contradicts && !isElsewhereAlike(hint)))
        return 0
      if (isBare && between.length > 0) return 0
      return fit.near + fit.kin + fit.topic * 6 - 3
    },
  'asks-after': () => (fit) =>
    fit.contradicts ? 0 : (fit.teller ? 8 : 0) + fit.kin + fit.topic * 6 + (fit.place ? 6 : 0) + fit.near / 2 - 7,
  handles: () => (fit) => {
    if (fit.contradicts) return 0
    const aimed = (fit.addressed ? 10 : 0) + fit.kin + (fit.topic > 0 ? 4 : fit.topic) + (fit.place ? 6 : 0)
    if (fit.near === 0 && !fit.addressed) return aimed - 12
    return fit.near + aimed - (aimed > 0 ? 5 : 7)
  },
  'asks-where': () => (fit) => (fit.contradicts ? 0 : fit.near + (fit.addressed ? 10 : 0) + fit.kin - 3),
}

/** How far a line that says 修好了, 来水了 means a thread; another's own doing (我自己弄好了) means nobody's. */
export function settles(text: string): (fit: Fit) => number {
  const byThemselves = /自己(?:修|弄|推|换|整|搞)|我自己/.test(text)
  return (fit) => {
    if (fit.contradicts || (byThemselves && !fit.teller)) return 0
    if (!fit.teller && !fit.addressed && fit.kin === 0 && fit.topic <= 0 && fit.near < 8) return 0
    if (!fit.teller && isWorkDone(text) && fit.kin <= 2) return 0
    return (
      (fit.teller ? 8 : 0) +
      (fit.place ? 6 : 0) +
      (fit.addressed ? 6 : 0) +
      fit.topic * 4 +
      fit.kin +
      fit.near * 0.8 -
      (fit.ownElsewhere ? 13 : 7)
    )
  }
}

/** 10号楼也是: the words may fit a concern of another building, and then open one of their own. */
function isElsewhereAlike({ place, text }: Hint): boolean {
  return place?.building != null && text.length <= 20
}

const PRIVATE = /老伴|膝盖|膏药|孙|睡不好|觉少/
