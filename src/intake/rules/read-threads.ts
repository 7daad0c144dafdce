import { isNoise } from '../noise.ts'
import type { Line, OpenConcern, Question } from '../reader.ts'
import { type FollowUp, followUpIn, isSettling } from './follow-ups.ts'
import { heardRight } from './homophones.ts'
import { kinOf } from './kin.ts'
import { listIn } from './lists.ts'
import { canBeSame, isSamePlace, placeIn } from './places.ts'
import type { Known } from './rules-reader.ts'
import { type Sense, senseOf } from './sense.ts'
import { bestThread, type Fit, fitOf, type Hint, SHARED, type Thread, without } from './thread.ts'
import { isFarAway, isJoke, isSetAside, isWorkDone } from './traps.ts'

/** Minutes within which a speaker goes on with what they were saying. */
const GOES_ON = 3
/** Minutes within which another speaker's words on the same matter belong to the concern told before. */
const STILL_ON = 45

type Reading = {
  threads: Thread[]
  /** Lines that told nothing by themselves. */
  fragments: Hint[]
  known: Known
}

/** Follows the lines in order and gathers what belongs together; threads of context lines alone are among the result. */
export function readThreads(question: Question, known: Known): Thread[] {
  const reading: Reading = { threads: question.open.map((open) => openThread(open, known)), fragments: [], known }
  for (const [position, line] of question.lines.entries()) {
    if (isNoise(line.kind, line.text) || isSetAside(line.text)) continue
    const hint = hintOf(line, position, question, known)
    const list = listIn(line.text)
    if (list && list.items.some(({ text }) => senseOf(text))) readList(reading, hint, list)
    else readLine(reading, hint)
  }
  return reading.threads
}

function hintOf(line: Line, position: number, question: Question, { compounds }: Known): Hint {
  const addressed = [...question.speakers].filter(([name]) => line.text.includes(`@${name}`)).map(([, label]) => label)
  return {
    line,
    position,
    minute: minuteOf(line.time, question.date),
    text: heardRight(line.text),
    place: placeIn(line.text, compounds),
    addressed: [...addressed, ...(line.text.match(/(?<=@)U\d+/g) ?? [])],
  }
}

/** Every entry with a trouble of its own is a concern; those marked done are none. */
function readList(reading: Reading, hint: Hint, { head, items }: NonNullable<ReturnType<typeof listIn>>): void {
  const { compounds } = reading.known
  const headPlace = placeIn(head, compounds)
  for (const [index, { text, isDone }] of items.entries()) {
    const sense = isDone || isSettling(text) || isWorkDone(text) ? null : senseOf(text)
    if (!sense) continue
    const place = placeIn(text, compounds) ?? headPlace
    const thread = { ...newThread(hint, sense), place, placeLine: place && hint.line.number, item: index + 1, words: text }
    add(reading, thread, { ...hint, text, place })
  }
}

function readLine(reading: Reading, hint: Hint): void {
  const { threads } = reading
  const own = ownFragments(reading, hint)
  const followUp = followUpIn(hint.text)
  if (followUp === 'settled') {
    const thread = isFarAway(hint.text) && hint.line.quotes === null ? null : bestThread(hint, threads, settles(hint.text))
    if (thread) touch(thread, hint, 'settled')
    return
  }
  const sense = own.some(({ text }) => isJoke(text)) ? null : senseOf(hint.text)
  if (followUp !== null && joins(reading, hint, followUp, sense)) return
  const undone = own.filter(({ text }) => !isWorkDone(text))
  const told = sense ?? (undone.length > 0 && !followUp ? senseOf([...undone.map(({ text }) => text), hint.text].join(' ')) : null)
  if (told && !isWorkDone(hint.text)) tell(reading, hint, told, own)
  else if (!goOn(reading, hint)) reading.fragments.push(hint)
}

/** Attaches a follow-up to the thread it speaks of; false when there is none, or when it rather tells something of its own. */
function joins(reading: Reading, hint: Hint, followUp: Exclude<FollowUp, 'settled'>, sense: Sense | null): boolean {
  if (followUp === 'handles' && joinsList(reading, hint)) return true
  const thread = bestThread(hint, reading.threads, MEASURES[followUp](hint, reading))
  if (!thread) return false
  const fit = fitOf(hint, thread)!
  if (followUp === 'agrees' && isElsewhereThan(hint, thread)) {
    const copied = newThread(hint, { category: thread.category, title: thread.title.replace(/^.*?(?=电梯|楼道|灯|门)/, '') })
    add(reading, { ...copied, words: `${hint.text} ${thread.item === null ? thread.words : ''}` }, hint)
    return true
  }
  if (sense && !fit.quoted && followUp !== 'asks-where') {
    if (fit.teller && isGoingOn(hint, thread)) {
      if (isAnotherMatter(sense, hint, thread)) return false
    } else if (sense.category !== thread.category) return false
    else if (followUp !== 'agrees' && !fit.teller && !fit.place && (hint.place !== null || fit.near === 0 || fit.kin === 0)) return false
  }
  touch(thread, hint, 'also')
  escalate(thread, sense, hint)
  return true
}

/** 「1和2我找物业」, 「路灯我报物业」 right after a list: to the entries it names by number or word, else to all. */
function joinsList(reading: Reading, hint: Hint): boolean {
  const last = latest(reading.threads, ({ lines, also }) => lines.length + also.length > 0)
  if (!last || last.item === null || last.teller === hint.line.speaker) return false
  const fit = fitOf(hint, last)
  if (!fit || (fit.near < 4 && !fit.quoted)) return false
  const entries = reading.threads.filter((one) => one.item !== null && one.lines[0] === last.lines[0])
  const numbers = [...hint.text.matchAll(/(?:^|[\s,;。、和])([1-9])(?=\s*(?:[和、,.]|我|号?(?:我|已|马上)))|([①-⑨])/g)].map(
    ([, digit, sign]) => (digit ? Number(digit) : sign!.charCodeAt(0) - 0x245f),
  )
  const numbered = entries.filter(({ item }) => numbers.includes(item!))
  const named = entries.filter((one) => kinOf(hint.text, one.words) > 0)
  const meant = numbered.length > 0 ? numbered : named.length > 0 ? named : entries
  for (const entry of meant) touch(entry, hint, 'also')
  return true
}

const MEASURES: Record<Exclude<FollowUp, 'settled'>, (hint: Hint, reading: Reading) => (fit: Fit) => number> = {
  agrees: (hint, { fragments }) => (fit) => {
    const between = fragments.filter((one) => one.position > hint.position - (11 - fit.near) && one.line.speaker !== hint.line.speaker)
    const isBare = hint.place?.building == null && fit.topic <= 0 && fit.kin === 0
    if (fit.near === 0 || fit.teller || PRIVATE.test(hint.text)) return 0
    if (isBare && between.length > 0) return 0
    return fit.near + fit.kin + fit.topic * 6 - 3
  },
  'asks-after': () => (fit) => (fit.teller ? 8 : 0) + fit.kin + fit.topic * 6 + (fit.place ? 6 : 0) + fit.near / 2 - 7,
  handles: () => (fit) => {
    const aimed = (fit.addressed ? 10 : 0) + fit.kin + (fit.topic > 0 ? 4 : fit.topic) + (fit.place ? 6 : 0)
    if (fit.near === 0 && !fit.addressed) return aimed - 12
    return fit.near + aimed - (aimed > 0 ? 5 : 7)
  },
  'asks-where': () => (fit) => fit.near + (fit.addressed ? 10 : 0) + fit.kin - 3,
}
const PRIVATE = /老伴|膝盖|膏药|孙|睡不好|觉少/

function settles(text: string): (fit: Fit) => number {
  const byThemselves = /自己(?:修|弄|推|换|整|搞)|我自己/.test(text)
  return (fit) => {
    if (byThemselves && !fit.teller) return 0
    if (!fit.teller && !fit.addressed && fit.kin === 0 && (isWorkDone(text) || (fit.topic <= 0 && fit.near < 8))) return 0
    return (fit.teller ? 8 : 0) + (fit.place ? 6 : 0) + (fit.addressed ? 6 : 0) + fit.topic * 4 + fit.kin + fit.near / 2 - (fit.ownElsewhere ? 13 : 7)
  }
}

/** A concern is told: it goes on with one of its own, falls in with another's, or is new. */
function tell(reading: Reading, told: Hint, sense: Sense, own: Hint[]): void {
  const before = own.filter((one) => one.place !== null || told.minute - one.minute <= 1)
  const placed = before.findLast((one) => one.place !== null)
  const hint = told.place || !placed ? told : { ...told, place: placed.place }
  const mine = latest(reading.threads, (one) => one.teller === hint.line.speaker && one.item === null && isGoingOn(hint, one))
  const same = mine && !isAnotherMatter(sense, hint, mine) ? mine : latest(reading.threads, (one) => isSameTrouble(one, sense, hint))
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
function add({ threads }: Reading, thread: Thread, hint: Hint): void {
  const inLedger = threads.filter(({ open, category, place }) => open && category === thread.category && canBeSame(place, thread.place))
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
  const repeated = inLedger.find((one) => isSamePlace(one.place, thread.place) && (one.item ?? thread.item) === null && kinOf(one.title, thread.words) > 0)
  threads.push({ ...thread, sameAs: repeated?.open?.no ?? null })
}

function isLike(known: Thread, thread: Thread): boolean {
  return known.title.includes(thread.title) || (kinOf(known.title, thread.words) > 0 && (known.teller === thread.teller || isSamePlace(known.place, thread.place)))
}

/** A speaker adds to what they told a moment ago, or answers where it is. */
function goOn({ threads }: Reading, hint: Hint): boolean {
  if (isFarAway(hint.text)) return false
  const quoted = bestThread(hint, threads, () => 0)
  const thread =
    quoted ??
    latest(threads, (one) => one.teller === hint.line.speaker && one.item === null && (isGoingOn(hint, one) || isPlaceAnswer(hint, one)))
  if (!thread) return false
  touch(thread, hint, 'also')
  return true
}

function isPlaceAnswer({ place, text, minute }: Hint, thread: Thread): boolean {
  const isRecent = thread.lastMinute !== null && minute - thread.lastMinute <= STILL_ON
  return place !== null && text.length <= 12 && thread.place?.building == null && isRecent
}

function isGoingOn({ minute, position }: Hint, { lastMinute, last }: Thread): boolean {
  return lastMinute !== null && minute - lastMinute <= GOES_ON && position - last <= 8
}

/** Whether it is the trouble told before in these lines, or by the same person in the ledger. */
function isSameTrouble(thread: Thread, sense: Sense, hint: Hint): boolean {
  if (thread.category !== sense.category || !canBeSame(thread.place, hint.place)) return false
  if (thread.item !== null && !isSamePlace(thread.place, hint.place)) return false
  const kin = kinOf(without(hint.text, hint.place), without(`${thread.title} ${thread.words}`, thread.place))
  if (thread.teller === hint.line.speaker && kin > 0) return true
  const isRecent = thread.lastMinute !== null && hint.minute - thread.lastMinute <= STILL_ON
  if (!isRecent || kin === 0) return false
  return isSamePlace(thread.place, hint.place) || hint.place === null || (SHARED.has(sense.category) && (hint.place.kind === 'compound' || OUTAGE.test(hint.text) && OUTAGE.test(thread.words)))
}

const OUTAGE = /停水|停电|没水|没电|[没莫]得[水电]|断水|断电/

/** Whether a speaker has turned to something else: another kind of trouble told with a place of its own, or 还有, 另外. */
function isAnotherMatter(sense: Sense, hint: Hint, thread: Thread): boolean {
  if (!canBeSame(hint.place, thread.place)) return true
  if (sense.category === thread.category || sense.category === 'neighbor_dispute') return false
  return /^(?:还有|另外|再[说讲反]|再一个|顺便|对了)/.test(hint.text) || (hint.place !== null && !hint.place.isOwn)
}

/** 23栋也是 of a lift or a stair light is a trouble of its own; of water or power it is the same. */
function isElsewhereThan({ place, line }: Hint, thread: Thread): boolean {
  if (SHARED.has(thread.category) || place?.kind !== 'building') return false
  if (place.building !== null) return thread.place?.building !== place.building || !canBeSame(thread.place, place)
  return BY_BUILDING.has(thread.category) && thread.teller !== line.speaker && /我们(?:这)?[栋幢单]/.test(place.words)
}

const BY_BUILDING = new Set(['elevator', 'lighting_signage', 'public_facility', 'housing_repair'])

/** A leak or noise becomes a quarrel as soon as two households are at odds. */
function escalate(thread: Thread, sense: Sense | null, hint: Hint): void {
  if (thread.teller === hint.line.speaker) thread.words += ` ${hint.text}`
  const canBecome = ['housing_repair', 'noise_fume', 'water_drainage'].includes(thread.category) && !thread.open
  if (sense?.category !== 'neighbor_dispute' || !canBecome) return
  thread.category = sense.category
  thread.title += sense.title
}

function touch(thread: Thread, hint: Hint, role: 'also' | 'settled'): void {
  thread[role].push(hint.line.number)
  thread.last = hint.position
  thread.lastMinute = hint.minute
  const isBetter = thread.place === null || (thread.place.building === null && hint.place?.building != null && canBeSame(thread.place, hint.place))
  if (!hint.place || !isBetter || role === 'settled' || thread.teller !== hint.line.speaker) return
  thread.place = hint.place
  thread.placeLine = hint.line.number
}

function newThread(hint: Hint, sense: Sense): Thread {
  return {
    category: sense.category,
    title: sense.title,
    teller: hint.line.speaker,
    lines: [hint.line.number],
    also: [],
    settled: [],
    place: hint.place,
    placeLine: hint.place && hint.line.number,
    last: hint.position,
    lastMinute: hint.minute,
    open: null,
    sameAs: null,
    item: null,
    words: hint.text,
  }
}

function openThread(open: OpenConcern, { compounds, categories }: Known): Thread {
  const category = categories.find(({ label, code }) => label === open.category || code === open.category)
  return {
    category: category?.code ?? 'other',
    title: open.title,
    teller: open.reporter,
    lines: [],
    also: [],
    settled: [],
    place: placeIn(open.place, compounds),
    placeLine: null,
    last: -1,
    lastMinute: null,
    open,
    sameAs: null,
    item: null,
    words: '',
  }
}

function ownFragments({ fragments }: Reading, { line, minute, position }: Hint): Hint[] {
  return fragments.filter((one) => one.line.speaker === line.speaker && minute - one.minute <= GOES_ON && position - one.position <= 8)
}

function latest(threads: readonly Thread[], fits: (thread: Thread) => boolean): Thread | null {
  return threads.filter(fits).sort((a, b) => b.last - a.last)[0] ?? null
}

/** Minutes since the epoch of a local time, 「08:12」 or 「2026-05-18 08:12」. */
function minuteOf(time: string, date: string): number {
  const [day, clock] = time.includes(' ') ? time.split(' ') : [date.slice(0, 10), time]
  return Date.parse(`${day}T${clock}:00Z`) / 60_000
}
