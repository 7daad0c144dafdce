import { isNoise } from '../noise.ts'
import type { Line, OpenConcern, Question } from '../reader.ts'
import { followUpIn, isSettling } from './follow-ups.ts'
import { GOES_ON, touch } from './grow.ts'
import { heardRight } from './homophones.ts'
import { joins, settles } from './join.ts'
import { listIn } from './lists.ts'
import { placeIn } from './places.ts'
import { senseOf } from './sense.ts'
import { add, goOn, tell } from './tell.ts'
import { bestThread, type Hint, type Known, newThread, type Reading, type Thread } from './thread.ts'
import { isFarAway, isJoke, isSetAside, isWorkDone } from './traps.ts'

/** Follows the lines in order and gathers what belongs together; threads of context lines alone are among the result. */
export function readThreads(question: Question, known: Known): Thread[] {
  const reading: Reading = { threads: question.open.map((open) => openThread(open, known)), fragments: [], known }
  for (const [position, line] of question.lines.entries()) {
    if (isNoise(line.kind, line.text) || isSetAside(line.text)) continue
    const hint = hintOf(line, position, question, known)
    const list = listIn(line.text)
    if (list?.items.some(({ text }) => senseOf(text))) readList(reading, hint, list)
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

function readLine(reading: Reading, hint: Hint): void {
  const { threads } = reading
  const own = ownFragments(reading, hint)
  const followUp = followUpIn(hint.text)
  if (followUp === 'settled') {
    const thread =
      isFarAway(hint.text) && hint.line.quotes === null ? null : bestThread(hint, threads, settles(hint.text))
    if (thread) touch(thread, hint, 'settled')
    return
  }
  const sense = own.some(({ text }) => isJoke(text)) ? null : senseOf(hint.text)
  if (followUp !== null && joins(reading, hint, followUp, sense)) return
  const undone = own.filter(({ text }) => !isWorkDone(text))
  const told =
    sense ?? (undone.length > 0 && !followUp ? senseOf([...undone.map(({ text }) => text), hint.text].join(' ')) : null)
  if (told && !isWorkDone(hint.text)) tell(reading, hint, told, own)
  else if (!goOn(reading, hint)) reading.fragments.push(hint)
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
