import type { SaidPlace } from './places.ts'

const LONGEST = 20

const SHORTEST = 4
/** What every list shows beside the title: 12栋一单元 · 二期 · A3栋. */
const BUILDING = /^.*(?:栋|幢|号楼|[洞动冻](?=$|[^口])|单元|期)/u

/** A title of the trouble and the spot, at most 20 characters, no building, 我们栋 or door number: 「门口路灯不亮」. */
export function titleOf(place: SaidPlace | null, trouble: string): string {
  const words = (place?.words ?? '')
    .replace(
      /(?:我们?(?:这)?|本)(?:栋|[洞动冻]|幢|楼(?!道)|家(?!属院)|屋头|屋里)(?:也是|也)?|我们?(?:这)?|也是|那[个边点]?|这[个边点]?|也(?=\s|$)|的|头(?=$)/g,
      '',
    )
    .replace(/^(?:家|屋头|屋里|栋|楼|单元)$/, '')
    .replace(/\d{3,}/g, '')
  const what = trouble
    .replace(/我们?(?:这)?(?:栋|幢|单元|楼(?!道)|院|小区)?家?|[\s□,。!?;⏎]+/g, '')
    .replace(/\d{3,}/g, '')
  const said = words.replace(/[\s,。]+/g, '')
  const spot = said.replace(BUILDING, '')
  const where = (spot + what).length < SHORTEST ? said : spot
  const full = where !== '' && what.startsWith(where) ? what : where + what
  return Array.from(full).slice(0, LONGEST).join('')
}
