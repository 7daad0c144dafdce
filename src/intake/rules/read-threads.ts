import { isNoise } from '../noise.ts'
import type { Line, OpenConcern, Question } from '../reader.ts'
import { findDanger } from '../urgent.ts'
import { clausesIn } from './clauses.ts'
import { bestThread, type Fit } from './fit.ts'
import { followUpIn, isSettling } from './follow-ups.ts'
import { GOES_ON, touch } from './grow.ts'
import { heardRight } from './homophones.ts'
import { joins, pointsBack, settles, speaksOf } from './join.ts'
import { listIn } from './lists.ts'
import { placeIn } from './places.ts'
import { senseOf } from './sense.ts'
import { add, goOn, tell } from './tell.ts'
import { type Hint, type Known, newThread, type Reading, type Thread } from './thread.ts'
import { isFarAway, isJoke, isPraise, isSetAside, isWorkDone } from './traps.ts'

/** Follows the lines in order and gathers what belongs together; threads of context lines alone are among the result. */
export function readThreads(question: Question, known: Known): Thread[] {
  const reading: Reading = { threads: question.open.map((open) => openThread(open, known)), fragments: [], known }
  for (const [position, line] of question.lines.entries()) {
    if (isNoise(line.kind, line.text) || isSetAside(line.text)) continue
    const hint = hintOf(line, position, question, known)
    const list = listIn(line.text)
    if (list?.items.some(({ text }) => senseOf(text))) readList(reading, hint, list)
    else readClauses(reading, hint)
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
    const thread = {
      ...newThread(hint, sense),
      place,
      placeLine: place && hint.line.number,
      item: index + 1,
      words: text,
    }
    add(reading, thread, { ...hint, text, place })
  }
}

/** What a line says of one building after the other is read as so many lines, each of which may be a concern of its own. */
function readClauses(reading: Reading, hint: Hint): void {
  const { compounds } = reading.known
  const clauses = hint.line.quotes === null ? clausesIn(hint.text, compounds) : null
  if (!clauses) {
    readLine(reading, hint)
    return
  }
  const before = reading.threads.length
  for (const text of clauses) {
    const clause = { ...hint, text, place: placeIn(text, compounds) }
    const followUp = followUpIn(text)
    if (followUp === 'settled') settle(reading, clause)
    else if (!joins(reading, clause, followUp ?? 'handles', null)) tellClause(reading, clause, before)
  }
}

function tellClause(reading: Reading, clause: Hint, before: number): void {
  const sense = isWorkDone(clause.text) ? null : senseOf(clause.text)
  if (!sense) return
  const item = reading.threads.length - before + 1
  add(reading, { ...newThread(clause, sense), item, words: clause.text }, clause)
}

/** What is said to be settled belongs to the thread it fits; false when there is none. */
function settle({ threads }: Reading, hint: Hint): boolean {
  // What tells of a danger, or of elsewhere, is news only where it plainly speaks of what was told.
  const isDoubtful = findDanger(hint.text) !== null || isFarAway(hint.text)
  const measure = settles(hint.text)
  const thread = bestThread(hint, threads, (fit) => (isDoubtful && !isSure(fit) ? 0 : measure(fit)))
  if (thread) touch(thread, hint, 'settled')
  return thread !== null
}

/** 7栋电梯按钮不灵 may be new, however like the fan of that lift told days ago. */
function isClose(fit: Fit): boolean {
  return fit.teller || fit.hand || fit.addressed || fit.near > 0
}

function isSure(fit: Fit): boolean {
  return fit.teller || fit.hand || fit.place === 'building' || fit.kin >= 4
}

function readLine(reading: Reading, hint: Hint): void {
  const own = ownFragments(reading, hint)
  const followUp = followUpIn(hint.text) ?? (isAnswer(reading, hint) ? 'handles' : null)
  if (followUp === 'settled') {
    if (settle(reading, hint)) return
    reading.fragments.push(hint)
    if (!findDanger(hint.text)) return
  }
  const sense = own.some(({ text }) => isJoke(text)) ? null : senseOf(hint.text)
  if (followUp !== null && followUp !== 'settled' && joins(reading, hint, followUp, sense?.isVague ? null : sense))
    return
  if (sense?.isVague && mentions(reading, hint, pointsBack(hint.text) ? undefined : isClose)) return
  const undone = own.filter(({ text }) => !isWorkDone(text))
  const together = undone.length > 0 && !followUp ? [...undone.map(({ text }) => text), hint.text].join(' ') : null
  const joined = sense === null && together !== null ? senseOf(together) : null
  const told = sense ?? (joined?.isVague ? null : joined)
  const isDone = (isWorkDone(hint.text) && !findDanger(hint.text)) || showsWork(hint, own)
  if (told && !isDone) tell(reading, hint, told, own)
  else if (!goOn(reading, hint) && !mentions(reading, hint)) reading.fragments.push(hint)
}

/** @戴开碧 …: whatever is said to the teller of a concern answers it. */
function isAnswer({ threads }: Reading, { addressed }: Hint): boolean {
  return threads.some(({ teller }) => teller !== null && addressed.includes(teller))
}

/** A picture to go with work that was done. */
function showsWork({ line }: Hint, own: Hint[]): boolean {
  return line.kind === 'image' && own.some(({ text }) => isWorkDone(text))
}

/** A line that tells nothing by itself but plainly speaks of something told: 那个面包车还在那点. */
function mentions({ threads }: Reading, hint: Hint, counts: (fit: Fit) => boolean = () => true): boolean {
  if (isFarAway(hint.text) || isPraise(hint.text) || isJoke(hint.text)) return false
  const measure = speaksOf(hint.text)
  const thread = bestThread(hint, threads, (fit) => (counts(fit) ? measure(fit) : 0))
  if (thread) touch(thread, hint, 'also')
  return thread !== null
}

function ownFragments({ fragments }: Reading, { line, minute, position }: Hint): Hint[] {
  return fragments.filter(
    (one) => one.line.speaker === line.speaker && minute - one.minute <= GOES_ON && position - one.position <= 8,
  )
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
    hands: [],
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

/** Minutes since the epoch of a local time, 「08:12」 or 「2026-05-18 08:12」. */
function minuteOf(time: string, date: string): number {
  const [day, clock] = time.includes(' ') ? time.split(' ') : [date.slice(0, 10), time]
  return Date.parse(`${day}T${clock}:00Z`) / 60_000
}
