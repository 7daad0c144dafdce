import { CUES } from './rules/danger-cues.ts'
import {
  ADVICE,
  AGAIN,
  ASKED_HOW,
  DENIED,
  DRILL,
  ELSEWHERE,
  FORWARDED,
  HEARD,
  HELP,
  IDIOMS,
  LIKELY,
  LIKENED,
  MERE_WORD,
  NEGATED,
  NEVER,
  NOTICE,
  NOW,
  OURS,
  OVER,
  PAST_AFTER,
  PERSON_HURT,
  REMEMBERED,
  SUPPOSED,
  TARGET,
  TAUGHT,
  WARNED,
  WARNING,
} from './rules/danger-doubts.ts'
import { heardRight } from './rules/homophones.ts'
import { isInstruction } from './rules/instructions.ts'

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
  return findDanger(text)?.danger ?? null
}

/** Whether somebody calls for people to come at once, whatever for: 快来人 · 救命 · 快打119. */
export function callsForHelp(text: string): boolean {
  return HELP.test(text.normalize('NFKC'))
}

/** The first present danger of a line with the words that tell of it: 快点 厨房里头全是火 → fire, 全是火. */
export function findDanger(text: string): { danger: Danger; words: string } | null {
  const list = /^\s*#?接龙[^\n⏎]*[\n⏎]/u.exec(text)
  // Of a list everybody adds to, what people wrote counts, not its heading.
  if (list) return findDanger(text.slice(list[0].length))
  if (FORWARDED.test(text) || isInstruction(text)) return null
  const plain = heardRight(text.normalize('NFKC')).replace(IDIOMS, (idiom) => '□'.repeat(idiom.length))
  const callsForHelp = HELP.test(plain)
  const isOver = OVER.test(plain) && !AGAIN.test(plain)
  if (!callsForHelp && (isOver || ((NOTICE.test(plain) || WARNING.test(plain)) && !OURS.test(plain)))) return null
  const talk = plain.replace(SENTENCE_END, '\n').replace(PAUSE, ' ')
  for (const danger of Object.keys(CUES) as Danger[]) {
    for (const found of talk.matchAll(CUES[danger])) {
      if (isPresent(around(talk, found.index, found[0]), danger, callsForHelp)) return { danger, words: found[0] }
    }
  }
  return null
}

/**
 * A cue with what stands around it. `lead` and `cue`: its own words and those before them in the clause where it begins;
 * `clause` and `before`: the clause where it ends (「我女儿在贵阳 我在屋头 摔倒了」: 摔倒了) and the one before that.
 */
type Where = { lead: string; cue: string; rest: string; clause: string; before: string; sentence: string }

function around(talk: string, at: number, cue: string): Where {
  const end = at + cue.length
  const startsAt = clauseStart(talk, at)
  const endsAt = Math.max(startsAt, clauseStart(talk, end - 1))
  const sentenceStart = talk.lastIndexOf('\n', at - 1) + 1
  const after = talk.slice(end)
  const rest = after.split(/[ \n]/)[0] ?? ''
  return {
    lead: talk.slice(startsAt, at),
    cue,
    rest,
    clause: talk.slice(endsAt, end) + rest,
    before: talk.slice(sentenceStart, Math.max(sentenceStart, endsAt)).trim().split(' ').at(-1) ?? '',
    sentence: talk.slice(sentenceStart, end) + (after.split('\n')[0] ?? ''),
  }
}

function clauseStart(talk: string, at: number): number {
  return Math.max(talk.lastIndexOf(' ', at - 1), talk.lastIndexOf('\n', at - 1)) + 1
}

function isPresent(
  { lead, cue, rest, clause, before, sentence }: Where,
  danger: Danger,
  callsForHelp: boolean,
): boolean {
  const isNow = NOW.test(clause)
  const near = `${before} ${clause}`
  if (
    NEGATED.test(lead) ||
    LIKELY.test(lead) ||
    (LIKENED.test(before) && !OURS.test(clause)) ||
    (SUPPOSED.test(lead + cue) && !callsForHelp)
  )
    return false
  if (DENIED.test(cue) || (PAST_AFTER.test(sentence) && !isNow)) return false
  if (REMEMBERED.test(`${before} ${lead}`) && !isNow) return false
  if (callsForHelp) return true
  if (DRILL.test(sentence)) return false
  if (TAUGHT.test(near) && !PERSON_HURT.test(near) && !OURS.test(clause)) return false
  if (ASKED_HOW.test(rest) && !isNow) return false
  if (danger === 'fraud' && !TARGET.test(sentence) && (MERE_WORD.test(cue) || ADVICE.test(sentence))) return false
  if (danger === 'fraud') return !NEVER.test(clause) && (!WARNED.test(sentence) || TARGET.test(sentence))
  if (OURS.test(clause)) return true
  return !(ELSEWHERE.test(near) || HEARD.test(near))
}

const SENTENCE_END = /[。!！?？⏎\n\r]+/g
const PAUSE = /[,，、;；:：…\t ]+/g
