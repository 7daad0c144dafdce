import type { Finder } from './span.ts'

const HANDLE = /[^\s@,,。.!!?;;:、〔〕⏎]+/uy
const NOT_A_PERSON = /^(?:所有人|全体成员|小助手)/u
/** A longer run behind an @ is a name with the sentence grown on: only its beginning is taken for the name. */
const LONGEST_NAME = 12
const NAME_BEFORE_SENTENCE = 4

/** A finder for the name behind each @: the shown name if it is one of these, else what looks like one; not 所有人, 小助手. */
export function mentionsFinder(shownNames: readonly string[]): Finder {
  const longestFirst = shownNames.filter((name) => name !== '').sort((a, b) => b.length - a.length)
  return (text) =>
    [...text.matchAll(/@/gu)].flatMap(({ index }) => {
      const start = index + 1
      const shown = longestFirst.find((name) => text.startsWith(name, start)) ?? handleAt(text, start)
      return shown === '' ? [] : [{ start, end: start + shown.length, kind: '人' as const }]
    })
}

function handleAt(text: string, start: number): string {
  HANDLE.lastIndex = start
  const run = HANDLE.exec(text)?.[0] ?? ''
  if (NOT_A_PERSON.test(run)) return ''
  const characters = [...run]
  return characters.length <= LONGEST_NAME ? run : characters.slice(0, NAME_BEFORE_SENTENCE).join('')
}
