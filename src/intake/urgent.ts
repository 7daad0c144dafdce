import {
  ASKED_HOW,
  CUES,
  DRILL,
  ELSEWHERE,
  FORWARDED,
  HEARD,
  HELP,
  IDIOMS,
  LIKELY,
  NEGATED,
  NEVER,
  NOTICE,
  NOW,
  OURS,
  OVER,
  PERSON_HURT,
  REMEMBERED,
  SUPPOSED,
  TARGET,
  TAUGHT,
  WARNED,
} from './rules/danger-words.ts'
import { heardRight } from './rules/homophones.ts'

/** What kind of danger a line tells of; null when it tells of none. */
export type Danger = keyof typeof CUES

/**
 * Whether a line tells of present danger for life, limb or money. When in doubt it does.
 * Matches: 5栋冒黑烟 · 关到电梯头了 · 喊我把钱转到安全账户 · 王大爷莫得反应 · 电线断了搭在地上.
 * Does not: 没有着火 · 要是着火了咋办 · 九八年垮过坡 · 遵义那边电梯掉下来了 · 消防演练 · 生意火得很 · 笑晕了.
 */
export function hasUrgentCue(text: string): boolean {
  return dangerIn(text) !== null
}

/**
 * The first present danger a line tells of.
 * 电梯关人了 → lift · 遭电到了 → current · 要是停电 → null · 笑晕了 → null.
 */
export function dangerIn(text: string): Danger | null {
  if (FORWARDED.test(text)) return null
  const plain = heardRight(text.normalize('NFKC')).replace(IDIOMS, (idiom) => '□'.repeat(idiom.length))
  const callsForHelp = HELP.test(plain)
  if (!callsForHelp && (OVER.test(plain) || (NOTICE.test(plain) && !OURS.test(plain)))) return null
  const talk = plain.replace(SENTENCE_END, '\n').replace(PAUSE, ' ')
  for (const danger of Object.keys(CUES) as Danger[]) {
    for (const found of talk.matchAll(CUES[danger])) {
      if (isPresent(around(talk, found.index, found[0]), danger, callsForHelp)) return danger
    }
  }
  return null
}

/** A cue with what stands before and after it in its clause, the clause before that, and its sentence. */
type Where = { before: string; lead: string; cue: string; rest: string; sentence: string }

function around(talk: string, at: number, cue: string): Where {
  const start = Math.max(talk.lastIndexOf(' ', at - 1), talk.lastIndexOf('\n', at - 1)) + 1
  const sentenceStart = talk.lastIndexOf('\n', at - 1) + 1
  const after = talk.slice(at + cue.length)
  return {
    before: talk.slice(sentenceStart, start).trim().split(' ').at(-1) ?? '',
    lead: talk.slice(start, at),
    cue,
    rest: after.split(/[ \n]/)[0] ?? '',
    sentence: talk.slice(sentenceStart, at + cue.length) + (after.split('\n')[0] ?? ''),
  }
}

function isPresent({ before, lead, cue, rest, sentence }: Where, danger: Danger, callsForHelp: boolean): boolean {
  const clause = lead + cue + rest
  const isNow = NOW.test(clause)
  if (NEGATED.test(lead) || LIKELY.test(lead) || (SUPPOSED.test(lead + cue) && !callsForHelp)) return false
  if (REMEMBERED.test(`${before} ${lead}`) && !isNow) return false
  if (callsForHelp) return true
  if (DRILL.test(sentence)) return false
  if (TAUGHT.test(`${before} ${clause}`) && !PERSON_HURT.test(`${before} ${clause}`) && !OURS.test(clause)) return false
  if (ASKED_HOW.test(rest) && !isNow) return false
  if (danger === 'fraud') return !NEVER.test(clause) && (!WARNED.test(sentence) || TARGET.test(sentence))
  if (OURS.test(clause)) return true
  return !(ELSEWHERE.test(`${before} ${clause}`) || HEARD.test(`${before} ${clause}`))
}

const SENTENCE_END = /[。!！?？⏎\n\r]+/g
const PAUSE = /[,，、;；:：…\t ]+/g
