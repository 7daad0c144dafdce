import { dayText, timeText } from '../clock.ts'
import type { Concern } from '../concerns/concern.ts'
import { eventWord } from '../concerns/event-words.ts'
import { getConcern, listConcerns, listEvents, listEvidence } from '../concerns/repository.ts'
import { ALIVE_STATUSES } from '../concerns/status.ts'
import { categoryOf, urgencyMark } from '../concerns/taxonomy.ts'
import { shortList } from '../outbox/members-bubble.ts'
import { hidePersonal } from '../privacy/hide.ts'
import {
  findBuilding,
  partyGroupName,
  selfGoverningTeamOf,
  shortBuildingName,
  shortCompoundName,
} from '../roster/look-up.ts'
import { placeName } from '../roster/place-name.ts'
import { type Asked, type Command, NUMBER } from './command.ts'
import { findBuildings, namesPlace } from './places.ts'
import { concernLine, echo, namesIn, stateText } from './words.ts'

const LONGEST_QUOTE = 40
const MOST_QUOTES = 4
const LONGEST_RESULT = 30

/** 查 12号 · 查 5栋: what it is, what it rests on, what was done. */
export const see: Command = {
  name: '查',
  synonyms: ['查询', '查一下', '查一哈', '查下'],
  casual: ['看看'],
  takes: new RegExp(`^(?:${NUMBER}|(?<place>(?:\\S.*)?(?:栋|幢|号楼|座|#|[A-Za-z]\\d+)))$`, 'u'),
  help: '看一件事办到哪了',
  example: '查 12号',
  who: 'everybody',
  readsFirst: true,
  byVoice: true,
  isOrder: ({ no, place }, { roster }) => no !== undefined || namesPlace(roster, place!),
  async run(asked, { no, place }) {
    if (no !== undefined) {
      const concern = await getConcern(asked.db, Number(no))
      return asked.audience === 'committee' ? inFull(asked, concern) : inShort(asked, concern)
    }
    const buildings = findBuildings(asked, place!)
    if (buildings.length !== 1) return askWhich(asked, place!, buildings)
    const [code] = buildings
    const concerns = await listConcerns(asked.db, { building: code!, statuses: [...ALIVE_STATUSES, 'resolved'] })
    const name = shortBuildingName(asked.roster, code!)
    if (concerns.length === 0) return `${name}现在没有在跟的事。`
    const lines = concerns.map((concern) => `${concernLine(asked, concern)}(${stateText(asked, concern)})`)
    if (asked.audience === 'committee') return [`${name}有${concerns.length}件:`, ...lines].join('\n')
    return shortList(`${name}有${concerns.length}件:`, lines, (left) => `还有${left}件,请问楼栋长。`)
  },
}

/** Which building is meant, in at most four short answers. */
export function askWhich({ roster }: Pick<Asked, 'roster'>, words: string, buildings: string[]): string {
  if (buildings.length === 0) return `名册里没有找到“${echo(roster, words)}”。请说小区和栋号,例:查 碧阳5栋`
  const compounds = new Set(buildings.map((code) => findBuilding(roster, code)!.compound))
  const isFew = buildings.length <= 4 || compounds.size === 1
  const names = isFew
    ? buildings.slice(0, 4).map((code) => shortBuildingName(roster, code))
    : [...compounds].slice(0, 4).map((compound) => shortCompoundName(roster, compound))
  return `有几个${echo(roster, words)},您说哪个?\n${names.join('、')}`
}

async function inShort(asked: Asked, concern: Concern): Promise<string> {
  const since = `${dayText(concern.filedAt)}记下`
  const done = concern.result !== null && !concern.sensitive ? `\n${await shownResult(asked, concern)}` : ''
  return `${concernLine(asked, concern)}\n${since},现在${stateText(asked, concern)}。${done}`
}

/** What was done, for the members' room: who told it and who lives where is left out. */
async function shownResult({ db, roster }: Asked, { no, result, reporter }: Concern): Promise<string> {
  const tellers = (await listEvidence(db, no)).map(({ sender }) => sender)
  const shown = hidePersonal(result!, { names: namesIn(roster), shown: [reporter ?? '', ...tellers] })
  return [...shown].slice(0, LONGEST_RESULT).join('')
}

async function inFull(asked: Asked, concern: Concern): Promise<string> {
  const { db, roster, taxonomy } = asked
  const category = categoryOf(taxonomy, concern.category)
  const evidence = await listEvidence(db, concern.no)
  const events = await listEvents(db, concern.no)
  const shown = evidence.slice(0, MOST_QUOTES)
  return [
    `${concern.no}号 ${urgencyMark(taxonomy, concern.urgency)} ${concern.title}`,
    `地点:${placeName(roster, concern.place)}${concern.place.partyGroup === null ? '' : `,${partyGroupName(roster, concern.place.partyGroup)}`}`,
    `类别:${category.label}(${category.corps}),${taxonomy.natures[concern.nature].label}`,
    ...teamLine(asked, concern),
    `状态:${stateText(asked, concern)}`,
    ...(concern.doubt !== null && concern.status === 'suspected' ? [`待确认:${concern.doubt}`] : []),
    ...(concern.settledProposedAt !== null ? ['群里有人说已解决,属实请回“办结”。'] : []),
    ...(concern.result === null ? [] : [`结果:${concern.result}`]),
    `反映:${concern.reporter ?? '没留名'},${concern.source}`,
    '依据:',
    ...shown.map(({ at, sender, text, kind }) => `${timeText(at)} ${sender}:${quote(text, kind)}`),
    ...(evidence.length > shown.length ? [`还有${evidence.length - shown.length}条`] : []),
    '经过:',
    ...events.slice(-6).map((event) => `${dayText(event.at)} ${event.actor}${eventWord(event)}`),
  ].join('\n')
}

function teamLine({ roster }: Asked, concern: Concern): string[] {
  const team = concern.place.building === null ? null : selfGoverningTeamOf(roster, concern.place.building)
  if (!team) return []
  const names = [
    team.leader ? `组长${team.leader.name}` : null,
    team.head ? `楼栋长${team.head.name}` : '楼栋长空缺',
    team.gridOfficer ? `网格员${team.gridOfficer.name}` : null,
  ]
  return [`自治小组:${names.filter((name) => name !== null).join('、')}`]
}

function quote(text: string, kind: string): string {
  if (text === '') return kind === 'voice' ? '(语音)' : '(图片)'
  const flat = text.replace(/\s+/gu, ' ')
  return flat.length > LONGEST_QUOTE ? `${flat.slice(0, LONGEST_QUOTE)}…` : flat
}
