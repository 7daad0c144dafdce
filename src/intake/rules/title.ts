import type { SaidPlace } from './places.ts'

const LONGEST = 20

/** A title of place and trouble, at most 20 characters, no 我们栋 and no door number: 「碧阳12栋电梯停了」. */
export function titleOf(place: SaidPlace | null, trouble: string): string {
  const words = (place?.words ?? '')
    .replace(
      /(?:我们?(?:这)?|本)(?:栋|[洞动冻]|幢|楼(?!道)|家(?!属院)|屋头|屋里)(?:也是|也)?|我们?(?:这)?|也是|那[个边点]?|这[个边点]?|也(?=\s|$)|的|头(?=$)/g,
      '',
    )
    .replace(/^(?:家|屋头|屋里|栋|楼|单元)$/, '')
    .replace(/\d{3,}/g, '')
  const what = trouble.replace(/我们?家?|[\s□,。!?;⏎]+/g, '').replace(/\d{3,}/g, '')
  const where = words.replace(/[\s,。]+/g, '')
  const full = where !== '' && what.startsWith(where) ? what : where + what
  return Array.from(full).slice(0, LONGEST).join('')
}
