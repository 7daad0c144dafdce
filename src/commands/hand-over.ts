import { dayText } from '../clock.ts'
import { eventWord } from '../concerns/event-words.ts'
import { getConcern, listEvents } from '../concerns/repository.ts'
import { categoryOf } from '../concerns/taxonomy.ts'
import { buildingName, findBuilding } from '../roster/look-up.ts'
import { placeName } from '../roster/place-name.ts'
import { type Command, NUMBER } from './command.ts'

const DONE = ['visit', 'progress', 'in_progress', 'referred', 'on_agenda', 'deferred', 'resolved', 'reopened']

/** 转办单 12号: the concern in the fields of the 12345 hotline, ready to copy; never with names or phones of residents. */
export const handOver: Command = {
  name: '转办单',
  takes: new RegExp(`^${NUMBER}$`, 'u'),
  help: '按12345的格式写出来',
  example: '转办单 12号',
  who: 'committee',
  async run({ db, roster, taxonomy }, { no }) {
    const concern = await getConcern(db, Number(no))
    const { place } = concern
    const building = place.building === null ? null : findBuilding(roster, place.building)
    const where = building
      ? `${buildingName(building)}${place.unit === null ? '' : `${place.unit}单元`}`
      : place.kind === 'ambiguous'
        ? `${place.compound ?? ''}哪栋还没问清`
        : placeName(roster, place)
    const done = (await listEvents(db, concern.no)).filter(
      ({ kind, actorKind }) => DONE.includes(kind) && actorKind === 'person',
    )
    return [
      `【转办单】${concern.no}号`,
      `诉求性质:${taxonomy.natures[concern.nature].label}`,
      `诉求类别:${categoryOf(taxonomy, concern.category).label}`,
      `紧急程度:${taxonomy.urgencies[concern.urgency].label}`,
      `诉求时间:${dayText(concern.toldAt)}`,
      `事发地点:${where}`,
      `诉求内容:${concern.title}`,
      `已做工作:${done.length === 0 ? '暂无' : done.map((event) => `${dayText(event.at)}${eventWord(event)}`).join(';')}`,
      '联系方式:由支部另行提供',
    ].join('\n')
  },
}
