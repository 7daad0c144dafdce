import { findCategory } from '../concerns/taxonomy.ts'
import { lastSevenDays, monthBefore, monthOf, type Period, weekBefore, weekOf } from '../digest/period.ts'
import type { Scope } from '../digest/scope.ts'
import { summarise } from '../digest/summary.ts'
import { UserError } from '../errors.ts'
import { enqueueFile } from '../outbox/outbox.ts'
import { drawSummary } from '../outputs/picture/summary-picture.ts'
import { shortCompoundName } from '../roster/look-up.ts'
import { findMentions, type Mention } from '../roster/mentions.ts'
import { parseNumeral } from '../roster/numerals.ts'
import type { Asked, Command, Known } from './command.ts'
import { digestWords, readByOf } from './digest-words.ts'
import { findBuildings, namesPlace } from './places.ts'
import { askWhich } from './see.ts'
import { echo } from './words.ts'

const PERIODS: [RegExp, (now: Date) => Period][] = [
  [/本周|这周|这个星期/u, weekOf],
  [/上周|上个星期/u, weekBefore],
  [/本月|这个月/u, monthOf],
  [/上月|上个月/u, monthBefore],
]
/** 汇总 图 · 汇总 本周的图 */
const PICTURE = /的?图$/u
const GROUP = /第?(\d{1,2}|[一二三四五六七八九十]{1,3})(?:党小)?组/u

/**
 * 汇总 [本周|上周|本月|5栋|第四党小组|电梯] [图]: what was filed, narrowed as asked, to the committee also as a picture;
 * without a period the last seven days.
 */
export const summary: Command = {
  name: '汇总',
  synonyms: ['汇总一下', '汇总一哈', '汇总下', '本周汇总', '上周汇总', '本月汇总', '汇总图'],
  casual: ['总结'],
  takes: /^(?<of>\S.{0,30})?$/u,
  help: '最近记下了哪些事',
  example: '汇总 本周',
  who: 'everybody',
  readsFirst: true,
  byVoice: true,
  isOrder: ({ of = '' }, known) => isScope(known, of),
  async run(asked, { of = '', word = '' }) {
    const wantsPicture = PICTURE.test(of) || word === '汇总图'
    if (wantsPicture && asked.audience === 'members') return '汇总的图在支委群里看。\n这里可以说:汇总'
    const said = `${word} ${of}`
    const period = PERIODS.find(([pattern]) => pattern.test(said))?.[1](asked.now) ?? lastSevenDays(asked.now)
    const scope = scopeOf(asked, withoutPeriod(of))
    if (typeof scope === 'string') return scope
    if (wantsPicture && (await sendPicture(asked, { ...scope, period }))) return null
    const options = { words: digestWords(asked), readBy: readByOf(asked.readerName) }
    return summarise(asked.db, { ...scope, period }, asked.audience, options)
  },
}

/** Whether what follows 汇总 narrows it, and is nothing else: 本周 · 上周碧阳5栋 · 第四党小组 · 电梯. */
function isScope({ roster, taxonomy }: Known, of: string): boolean {
  const words = withoutPeriod(of)
  if (words === '' || namesPlace(roster, words) || findCategory(taxonomy, words)) return true
  return GROUP.exec(words)?.[0] === words
}

function withoutPeriod(of: string): string {
  const bare = of.replace(PICTURE, '').replace(/[嘛吧哈呀]$/u, '')
  return PERIODS.reduce((left, [pattern]) => left.replace(pattern, ''), bare)
    .replace(/^的?(?:诉求|情况|事情)?|的?(?:诉求|情况|事情)?$/gu, '')
    .trim()
}

/** Sends the summary as pictures. @returns whether they could be drawn; else the text goes alone. */
async function sendPicture(asked: Asked, scope: Scope): Promise<boolean> {
  const { db, filesDir, now } = asked
  if (filesDir === null) return false
  const options = { words: digestWords(asked), readBy: readByOf(asked.readerName) }
  const paths = await drawSummary(scope, options, { ...asked, filesDir })
  for (const path of paths) await enqueueFile(db, { room: 'committee', kind: 'reply', text: '汇总(图)' }, path, now)
  return paths.length > 0
}

function scopeOf(asked: Asked, words: string): Omit<Scope, 'period'> | string {
  if (words === '') return {}
  const group = GROUP.exec(words)
  if (group) return { partyGroup: knownGroup(asked, parseNumeral(group[1]!) ?? 0) }
  const category = findCategory(asked.taxonomy, words)
  if (category) return { category: category.code }
  const buildings = findBuildings(asked, words)
  if (buildings.length === 1) return { building: buildings[0]! }
  if (buildings.length > 1) return askWhich(asked, words, buildings)
  const mention = findMentions(asked.roster, words).find(({ compound }) => compound !== null)
  if (mention?.kind === 'building')
    throw new UserError(`${shortCompoundName(asked.roster, mention.compound!)}没有${numberSaid(mention)}。`)
  if (mention) return { compound: mention.compound! }
  throw new UserError(
    `没听清“${echo(asked.roster, words)}”。\n可以说:汇总 本周、汇总 碧阳5栋、汇总 第四党小组、汇总 电梯`,
  )
}

/** 「99栋」 「一期99栋」 */
function numberSaid({ zone, number }: Mention): string {
  return `${zone ?? ''}${number}栋`
}

function knownGroup({ roster }: Asked, number: number): number {
  if (roster.partyGroups.some((group) => group.number === number)) return number
  throw new UserError(`没有第${number}党小组。`)
}
