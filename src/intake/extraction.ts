import { z } from 'zod'
import { NATURES, URGENCIES } from '../../db/schema.ts'
import type { Taxonomy } from '../concerns/taxonomy.ts'
import type { FoundConcern, FoundUpdate, Reading } from './reader.ts'

const Lines = z.array(z.int().min(1).max(999)).max(60)

/** The wire schema of one concern and one update; flat, nothing optional, so that every provider can fill it. */
export function wireSchemas({ categories }: Taxonomy) {
  const codes = categories.map(({ code }) => code) as [string, ...string[]]
  const concern = z.object({
    lines: Lines,
    also: Lines,
    settled: Lines,
    title: z.string(),
    detail: z.string(),
    nature: z.enum(NATURES),
    category: z.enum(codes),
    urgency: z.enum(URGENCIES),
    place_kind: z.enum(['building', 'compound', 'elsewhere', 'none']),
    place: z.string().nullable(),
    same_as: z.int().min(1).max(999_999).nullable(),
    sure: z.boolean(),
  })
  const update = z.object({
    no: z.int().min(1).max(999_999),
    kind: z.enum(['more', 'place', 'worse', 'progress', 'settled']),
    lines: Lines,
    place: z.string().nullable(),
    urgency: z.enum(URGENCIES).nullable(),
  })
  return { concern, update, answer: z.object({ concerns: z.array(concern), updates: z.array(update) }) }
}

/** The wire schema of the second look: a yes or no for each question. */
export const SecondAnswers = z.object({ answers: z.array(z.object({ question: z.int(), yes: z.boolean() })) })

/** The answers in the order of the questions; null where there is none, or two that contradict each other. */
export function parseAnswers(value: unknown, count: number): (boolean | null)[] {
  const loose = z.object({ answers: z.array(z.unknown()) }).safeParse(value).data?.answers ?? []
  const answers = loose.flatMap((item) => SecondAnswers.shape.answers.element.safeParse(item).data ?? [])
  return Array.from({ length: count }, (_, index) => {
    const said = new Set(answers.filter(({ question }) => question === index + 1).map(({ yes }) => yes))
    return said.size === 1 ? [...said][0]! : null
  })
}

export type WireSchemas = ReturnType<typeof wireSchemas>

const Loose = z.object({ concerns: z.array(z.unknown()).default([]), updates: z.array(z.unknown()).default([]) })

/**
 * Takes the good items out of an answer, one by one; a bad item never costs the others.
 * `bad` counts what was left out. Null when the answer is no such object at all.
 */
export function parseReading(value: unknown, schemas: WireSchemas): (Reading & { bad: number }) | null {
  const loose = Loose.safeParse(value)
  if (!loose.success) return null
  const concerns = loose.data.concerns.map((item) => schemas.concern.safeParse(completed(item)))
  const updates = loose.data.updates.map((item) => schemas.update.safeParse(completed(item)))
  return {
    concerns: concerns.flatMap((item) => (item.success ? [toConcern(item.data)] : [])),
    updates: updates.flatMap((item) => (item.success ? [toUpdate(item.data)] : [])),
    bad: [...concerns, ...updates].filter((item) => !item.success).length,
  }
}

/** What a weaker rung may leave out without harm. */
function completed(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return item
  const blank = {
    also: [],
    settled: [],
    detail: '',
    place: null,
    same_as: null,
    sure: true,
    urgency: null,
  }
  return { ...blank, ...item }
}

function toConcern(wire: z.infer<WireSchemas['concern']>): FoundConcern {
  const { place_kind, place, same_as, ...rest } = wire
  return { ...rest, placeKind: place_kind, placeWords: place, placeLine: null, sameAs: same_as }
}

function toUpdate({ no, kind, lines, place, urgency }: z.infer<WireSchemas['update']>): FoundUpdate {
  return { concern: no, kind, lines, urgency, placeWords: place, placeLine: null }
}
