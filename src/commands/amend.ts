import type { Urgency } from '../../db/schema.ts'
import { URGENCIES } from '../../db/schema.ts'
import { dropQuestions } from '../casework/questions.ts'
import { LONGEST_TITLE } from '../concerns/concern.ts'
import { type Amendment, amendConcern } from '../concerns/ledger.ts'
import { findCategory } from '../concerns/taxonomy.ts'
import { UserError } from '../errors.ts'
import { hidePersonal } from '../privacy/hide.ts'
import { placeName } from '../roster/place-name.ts'
import { type Asked, type Command, NUMBER } from './command.ts'
import { findBuildings, resolveWords } from './places.ts'
import { askWhich } from './see.ts'
import { standing } from './standing.ts'
import { concernLine, namesIn } from './words.ts'

/** 改 12号 楼栋|类别|紧急|标题 …: puts right what was filed wrongly. */
export const amend: Command = {
  name: '改',
  synonyms: ['改正', '修改'],
  takes: new RegExp(`^${NUMBER}\\s*(?<what>楼栋|地点|类别|紧急|标题)[\\s::为成]+(?<value>\\S.*)$`, 'su'),
  help: '改楼栋、类别、紧急或标题',
  example: '改 12号 楼栋 碧阳5栋',
  who: 'entitled',
  async run(asked, { no, what, value }) {
    const change = changeOf(asked, what!, value!.trim())
    const concern = await standing(asked, Number(no))
    const note = `${what}改为${noteOf(asked, change, value!.trim())}`
    if (change.place) await dropQuestions(asked.db, concern.no, 'place', asked.now)
    const amended = await amendConcern(asked.db, concern.no, change, { kind: 'amended', note }, asked.actor, asked.now)
    const hidden = change.title === undefined || change.title === value!.trim() ? '' : '\n标题里不写姓名、电话和门牌。'
    return `好的,改好了。\n${concernLine(asked, amended)}${hidden}`
  },
}

function changeOf(asked: Asked, what: string, value: string): Amendment {
  if (what === '标题') {
    if ([...value].length > LONGEST_TITLE) throw new UserError(`标题最多${LONGEST_TITLE}个字,请说短一点。`)
    const [...title] = hidePersonal(value, { names: namesIn(asked.roster) })
    return { title: title.slice(0, LONGEST_TITLE).join('') }
  }
  if (what === '类别') {
    const category = findCategory(asked.taxonomy, value)
    const labels = asked.taxonomy.categories.map(({ label }) => label).join('、')
    if (!category) throw new UserError(`没有“${value}”这一类。有这些:\n${labels}`)
    return { category: category.code }
  }
  if (what === '紧急') return { urgency: urgencyOf(asked, value) }
  const place = resolveWords(asked, value)
  if (place.kind !== 'building' && place.kind !== 'compound')
    throw new UserError(askWhich(asked, value, findBuildings(asked, value)))
  return { place, placeWords: value }
}

function urgencyOf({ taxonomy }: Asked, value: string): Urgency {
  const urgency = URGENCIES.find((code) => taxonomy.urgencies[code].label === value)
  if (!urgency) throw new UserError('紧急程度有:紧急、较急、一般。例:改 12号 紧急 一般')
  return urgency
}

function noteOf({ roster }: Asked, { place, title }: Amendment, value: string): string {
  return place ? placeName(roster, place) : (title ?? value)
}
