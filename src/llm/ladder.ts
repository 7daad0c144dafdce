/** Ways of asking for JSON, the strictest first. What the answer looks like stands in the prompt on all of them. */
export const RUNGS = ['json_schema', 'json_object', 'text'] as const
export type Rung = (typeof RUNGS)[number]

/** What an endpoint was found to accept. */
export type Terms = {
  rung: Rung
  /** Parameters it refused. */
  without: readonly string[]
  /** When the rung was last seen to give a right answer; null while nobody looked. */
  probedAt: string | null
}

/** What an endpoint has against a request: the way of asking for JSON, or one parameter. */
export type Objection = { stepDown: true } | { drop: string }

const FORMAT = /response_format|json_schema|structured/iu
const NEVER_DROPPED = ['model', 'messages', 'response_format']

export const FIRST_TERMS: Terms = { rung: 'json_schema', without: [], probedAt: null }

/** The next rung down; undefined at the bottom. */
export function rungBelow(rung: Rung): Rung | undefined {
  return RUNGS[RUNGS.indexOf(rung) + 1]
}

/** Reads a 400 or 422: what of this body does it name? Null when it is about something else. */
export function objectionTo(
  body: Readonly<Record<string, unknown>>,
  { status, text, param }: { status: number | undefined; text: string; param: string | null | undefined },
): Objection | null {
  if (status !== 400 && status !== 422) return null
  const named = `${param ?? ''} ${text}`
  if (FORMAT.test(named)) return 'response_format' in body ? { stepDown: true } : null
  const drop = Object.keys(body)
    .filter((key) => !NEVER_DROPPED.includes(key))
    .find((key) => new RegExp(`\\b${key}\\b`, 'u').test(named))
  return drop === undefined ? null : { drop }
}

/** The terms after giving way to an objection; undefined when there is no way left. */
export function giveWay(terms: Terms, objection: Objection): Terms | undefined {
  if ('drop' in objection) return { ...terms, without: [...terms.without, objection.drop] }
  const rung = rungBelow(terms.rung)
  return rung && { ...terms, rung }
}
