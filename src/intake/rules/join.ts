import { bestThread, type Fit, fitOf, worthOf } from './fit.ts'
import type { FollowUp } from './follow-ups.ts'
import { escalate, isAnotherMatter, isElsewhereThan, isGoingOn, latest, touch } from './grow.ts'
import { kinOf } from './kin.ts'
import { type Sense, senseOf } from './sense.ts'
import { add } from './tell.ts'
import { type Hint, newThread, type Reading, type Thread } from './thread.ts'
import { isWorkDone } from './traps.ts'

/** Attaches a follow-up to the thread it speaks of; false when there is none, or when it rather tells something of its own. */
export function joins(
  reading: Reading,
  hint: Hint,
  followUp: Exclude<FollowUp, 'settled'>,
  sense: Sense | null,
): boolean {
  if (followUp === 'handles' && hint.addressed.length > 1) {
    const joined = hint.addressed.map((label) => joins(reading, { ...hint, addressed: [label] }, followUp, sense))
    return joined.some(Boolean)
  }
  if (joinsList(reading, hint, followUp)) return true
  const thread = bestThread(hint, reading.threads, measureOf(followUp, hint, reading))
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
  if (sense && !fit.quoted && followUp !== 'asks-where' && isOwnMatter(reading, hint, { followUp, thread, fit, sense }))
    return false
  if (followUp === 'handles' && /[两几三][个部处家边栋条]?都|都(?:报|记|喊|通知)/.test(hint.text)) {
    for (const other of reading.threads) {
      const isAlike = other !== thread && other.category === thread.category
      if (isAlike && (fitOf(hint, other)?.near ?? 0) > 0) touch(other, hint, 'also')
    }
  }
  return attach(thread, hint, sense)
}

/** How far a line that says 修好了, 来水了 means a thread; another's own doing (我自己弄好了) means nobody's. */
export function settles(text: string): (fit: Fit) => number {
  const byThemselves = /自己(?:修|弄|推|换|整|搞)|我自己/.test(text)
  // 5栋停电 十分钟就好了: it tells of something else, already over.
  const category = senseOf(text)?.category
  const isOwnReturn = /^我.{0,6}(?:回来|回家|到家|买到)/.test(text)
  return (fit) => {
    if (fit.contradicts || (byThemselves && !fit.teller)) return 0
    if (isOwnReturn && fit.category !== 'care') return 0
    if (category && category !== fit.category && !fit.quoted && fit.kin < 4 && !isKindred(category, fit.category))
      return 0
    const isAimed = fit.teller || fit.addressed || fit.place === 'building' || fit.kin > 0 || fit.topic > 0
    if (!isAimed && fit.near < 8) return 0
    if (!fit.teller && isWorkDone(text) && fit.kin <= 2 && fit.place !== 'building') return 0
    return worthOf(fit) - ENOUGH + 1.5
  }
}

/** Categories that tell of one and the same thing in other words. */
const KINDRED = [
  ['housing_repair', 'neighbor_dispute', 'water_drainage', 'noise_fume'],
  ['safety_hazard', 'parking_traffic', 'sanitation'],
  ['elevator', 'public_facility', 'property_service', 'power_gas_heat', 'lighting_signage'],
  ['care', 'neighbor_dispute', 'fraud_security'],
]

function isKindred(one: string, other: string): boolean {
  return KINDRED.some((group) => group.includes(one) && group.includes(other))
}

/** How far a line that is no plain follow-up speaks of a thread all the same: 那个面包车还在那点 · 14号楼电工咋没来. */
export function speaksOf(text: string): (fit: Fit) => number {
  const isPointing = pointsBack(text)
  return (fit) => {
    const isKnown = fit.teller || fit.addressed || fit.hand || fit.place === 'building' || (fit.isOnly && fit.near > 0)
    if (fit.contradicts || (fit.kin < 4 && fit.place !== 'building') || (!isKnown && !isPointing)) return 0
    return worthOf(fit) - ENOUGH - (isPointing ? 0 : 4)
  }
}

/** Whether words point at something told before: 那个面包车 · 充电桩这个事 · 昨天说的. */
export function pointsBack(text: string): boolean {
  return POINTING.test(text)
}

const POINTING =
  /那[个家件位边]|的事|[这那](?:个|件)?事|上[次回]说|昨天(?:那|说)|前天(?:那|说)|回.{0,4}那|去过了|去看了/

/** Words of a trouble of one's own, in a line that also speaks of handling. */
const OWN_WORDS = /我家|我们(?:栋|这|院|单元|楼|小区)|还有|另外|也|又/

type Joining = { followUp: FollowUp; thread: Thread; fit: Fit; sense: Sense }

/** Whether a line that could be a follow-up rather tells a trouble of its own. */
function isOwnMatter(reading: Reading, hint: Hint, { followUp, thread, fit, sense }: Joining): boolean {
  if (fit.teller && isGoingOn(hint, thread)) return isAnotherMatter(sense, hint, thread)
  const isAtOnce = followUp === 'handles' && fit.near >= 7
  if (isAtOnce && hint.place?.building == null && !OWN_WORDS.test(hint.text)) return false
  if (sense.category !== thread.category) return true
  if (followUp === 'asks-after' && presupposes(reading, hint, thread)) return false
  if (followUp === 'agrees' || (followUp === 'handles' && (fit.hand || fit.place === 'building'))) return false
  if (thread.open && !fit.teller) return true
  if (fit.teller || fit.place !== null) return false
  return hint.place !== null || fit.near === 0 || fit.kin === 0
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
    /还没|还不|还莫|还是|还在|第.{1,3}天|催/.test(text) &&
    threads.filter((one) => one.category === category).length === 1
  )
}

/** 「1和2我找物业」, 「第3条我上门」, 「路灯我报物业」 after a list: to the entries it names by number or word, else to all. */
function joinsList(reading: Reading, hint: Hint, followUp: FollowUp): boolean {
  const last = latest(reading.threads, ({ lines, also }) => lines.length + also.length > 0)
  if (!last || last.item === null || last.teller === hint.line.speaker) return false
  const fit = fitOf(hint, last)
  if (!fit || fit.contradicts || (fit.near < 4 && !fit.quoted)) return false
  const entries = reading.threads.filter((one) => one.item !== null && one.lines[0] === last.lines[0])
  const numbers = entryNumbers(hint.text)
  const numbered = entries.filter(({ item }) => numbers.includes(item!))
  if (followUp !== 'handles' && numbered.length === 0) return false
  const named = entries.filter((one) => kinOf(hint.text, one.words) > 0)
  const meant = numbered.length > 0 ? numbered : named.length > 0 ? named : entries
  for (const entry of meant) touch(entry, hint, 'also')
  return true
}

/** 1和2我找物业 → 1, 2; ①我去 → 1; 第三条 → 3; 1报物业 2我去问 → 1, 2; 3栋, 8点 → none. */
function entryNumbers(text: string): number[] {
  const found = text.matchAll(
    /第([1-9一二三四五六七八九])[条件个项]|(?:^|[\s,;。、和(])([1-9])\)?(?=\s*[^\d\s栋号单期楼点块元斤个天位月年.:家户人次])|([①-⑨])|(?:^|[\s,;。])([一二三四五六七八九])(?=我|帮|喊|报|找|请|已)/g,
  )
  return [...found].map(([, ordinal, digit, sign, spoken]) => {
    if (sign) return sign.charCodeAt(0) - 0x245f
    return Number(digit ?? ordinal) || '一二三四五六七八九'.indexOf((ordinal ?? spoken)!) + 1
  })
}

const ENOUGH = 6

function measureOf(followUp: Exclude<FollowUp, 'settled'>, hint: Hint, { fragments }: Reading): (fit: Fit) => number {
  if (followUp === 'asks-where') return (fit) => (fit.contradicts ? 0 : worthOf(fit) - ENOUGH + 2)
  if (followUp === 'asks-after') return (fit) => (fit.contradicts ? 0 : worthOf(fit) - ENOUGH + (fit.teller ? 2 : 0))
  if (followUp === 'handles') {
    return (fit) => {
      if (
        fit.contradicts ||
        (fit.near === 0 && !fit.addressed && fit.place !== 'building' && fit.kin < (fit.teller ? 1 : 4))
      )
        return 0
      // Who acts at once says little more than that.
      return worthOf(fit) + fit.near * 0.2 - ENOUGH + 1
    }
  }
  return (fit) => {
    if (fit.near === 0 || fit.teller || PRIVATE.test(hint.text) || (fit.contradicts && !isElsewhereAlike(hint)))
      return 0
    const between = fragments.filter(
      (one) => one.position > hint.position - (11 - fit.near) && one.line.speaker !== hint.line.speaker,
    )
    const isBare = hint.place?.building == null && fit.topic <= 0 && fit.kin === 0
    if (isBare && between.length > 0) return 0
    return fit.near + fit.kin + fit.topic * 6 - 3
  }
}

/** 10号楼也是: the words may fit a concern of another building, and then open one of their own. */
function isElsewhereAlike({ place, text }: Hint): boolean {
  return place?.building != null && text.length <= 20
}

/** Talk of one's own body and house; not 「+1 我孙子报名」. */
const PRIVATE = /^(?![+＋]1).*(?:老伴|膝盖|膏药|孙|睡不好|觉少)/
