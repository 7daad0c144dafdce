import { selfGoverningTeamOf, shortBuildingName } from '../roster/look-up.ts'
import type { Command } from './command.ts'
import { findBuildings, namesPlace } from './places.ts'
import { askWhich } from './see.ts'

/** 楼栋长 5栋: who to turn to; names, never phone numbers. */
export const head: Command = {
  name: '楼栋长',
  synonyms: ['栋长', '楼长'],
  takes: /^(?<place>\S.*?)?(?:是谁|是哪个)?$/su,
  help: '哪栋楼找谁',
  example: '楼栋长 碧阳5栋',
  who: 'everybody',
  isOrder: ({ place }, { roster }) => place !== undefined && namesPlace(roster, place),
  async run(asked, { place }) {
    const words = place ?? '我们栋'
    const buildings = findBuildings(asked, words)
    if (buildings.length !== 1) return askWhich(asked, words, buildings)
    const [code] = buildings
    const team = selfGoverningTeamOf(asked.roster, code!)!
    return [
      `${shortBuildingName(asked.roster, code!)}楼栋长:${team.head?.name ?? '空缺'}`,
      `${team.partyGroup?.name ?? '党小组'}组长:${team.leader?.name ?? '空缺'}`,
      `网格员:${team.gridOfficer?.name ?? '空缺'}`,
    ].join('\n')
  },
}
