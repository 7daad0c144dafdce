import type { Concern, Handler } from '../concerns/concern.ts'
import { moveConcern } from '../concerns/ledger.ts'
import { categoryOf } from '../concerns/taxonomy.ts'
import { UserError } from '../errors.ts'
import { identify } from '../people/identify.ts'
import { selfGoverningTeamOf } from '../roster/look-up.ts'
import type { Roster } from '../roster/roster.ts'
import { type Asked, assertMayMove, type Command, NUMBER } from './command.ts'
import { inWork } from './standing.ts'
import { concernLine, echo } from './words.ts'

const POSTS: Record<string, 'head' | 'leader' | 'gridOfficer'> = {
  楼栋长: 'head',
  组长: 'leader',
  网格员: 'gridOfficer',
}

/** 交给 12号 谁: a member, a building head, a grid officer by name or post, or one of the five service corps. */
export const assign: Command = {
  name: '交给',
  casual: ['交办'],
  takes: new RegExp(`^${NUMBER}\\s*(?:给|由)?\\s*(?<who>\\S{2,10})$`, 'u'),
  help: '把一件事交给谁办',
  example: '交给 12号 丁惠芳',
  who: 'entitled',
  async run(asked, { no, who }) {
    const concern = await inWork(asked, Number(no))
    assertMayMove(asked, concern, 'in_progress')
    const handler =
      who === '五员' ? corpsOf(asked, concern) : (ofItsTeam(asked, concern, who!) ?? findHandler(asked, who!))
    const given = await moveConcern(asked.db, concern.no, { to: 'in_progress', handler }, asked.actor, asked.now)
    return `好的,${given.no}号交给${handler.name}了。\n${concernLine(asked, given)}`
  },
}

/** The one of the five corps that looks after a category by default. */
function corpsOf({ taxonomy }: Asked, { category }: Concern): Handler {
  return { kind: 'corps', name: categoryOf(taxonomy, category).corps }
}

/** 楼栋长, 组长 or 网格员 mean the one of the concern's building; null for other words. */
function ofItsTeam({ roster }: Asked, { no, place }: Concern, who: string): Handler | null {
  const post = POSTS[who]
  if (post === undefined) return null
  const name = place.building === null ? undefined : selfGoverningTeamOf(roster, place.building)?.[post]?.name
  if (name === undefined) throw new UserError(`${no}号的${who}名册里没有,请写全名。例:交给 ${no}号 丁惠芳`)
  return { kind: 'person', name }
}

function findHandler({ roster, taxonomy }: Asked, who: string): Handler {
  const corps = [...new Set(taxonomy.categories.map((category) => category.corps))]
  const oneCorps = corps.filter((name) => name.includes(who))
  if (oneCorps.length === 1) return { kind: 'corps', name: oneCorps[0]! }
  const name = findPerson(roster, who)
  if (name === null) throw new UserError(`名册里没有找到“${echo(roster, who)}”。请写全名,例:交给 12号 丁惠芳`)
  return { kind: 'person', name }
}

/** The one person of the roster that a name means; null for nobody or several. */
export function findPerson(roster: Roster, who: string): string | null {
  const officer = roster.gridOfficers.find(({ name }) => name === who)
  return officer?.name ?? identify(roster, { remark: null, sender: who }).name
}
