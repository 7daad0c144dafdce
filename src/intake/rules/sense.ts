import type { Nature, Urgency } from '../../../db/schema.ts'
import { dangerIn, findDanger } from '../urgent.ts'
import { CATEGORY_OF_DANGER } from './danger-cues.ts'
import { heardRight } from './homophones.ts'
import { isFarAway, isJoke, isPraise, withoutUnreal } from './traps.ts'
import { TELLINGS, type Telling } from './vocabulary.ts'
import { GENERAL } from './vocabulary-general.ts'

/** What a piece of talk complains of, asks or proposes. */
export type Sense = {
  category: string
  /** The words of the thing and of its fault, for the title. */
  title: string
  /** Read from any trouble of a common thing: what could be a follow-up rather is one. */
  isVague?: boolean
}

const NEAR = 22
const VAGUE: ReadonlySet<Telling> = new Set(GENERAL)

/**
 * The trouble, need, question or proposal a text tells of; null when none, or when it tells of nothing present.
 * 楼道灯不亮了 → lighting_signage · 要是停水了 → null · 我妹妹那边电梯掉了 → null · 建议搞个乘梯安全宣传 → policy_publicity.
 */
export function senseOf(text: string): Sense | null {
  const plain = withoutUnreal(heardRight(text)).replace(/黑灯瞎火|提心吊胆|心惊肉跳/g, '□□□□')
  if (isPraise(plain)) return null
  for (const telling of TELLINGS) {
    const words = tellingIn(plain, telling)
    if (words === null) continue
    if (isJoke(plain) && !SERIOUS.test(plain)) return null
    if (!ABOUT_PEOPLE.has(telling.category) && isFarAway(plain)) return null
    if (words === '疑似诈骗' && dangerIn(plain) === null) return null
    if (ABOUT_PEOPLE.has(telling.category) && isToldFrom(plain, telling.category)) return null
    return {
      category: ruledByDanger(telling.category, text),
      title: words,
      isVague: VAGUE.has(telling),
    }
  }
  return senseOfDanger(text)
}

/** A danger that no telling names is a concern all the same: 厨房里头全是火 → safety_hazard. */
function senseOfDanger(text: string): Sense | null {
  const found = findDanger(text)
  return found && { category: CATEGORY_OF_DANGER[found.danger], title: found.words }
}

const RULED = new Set(['sanitation', 'safety_hazard', 'power_gas_heat', 'care', 'public_facility', 'parking_traffic'])

/** 一股臭鸡蛋味 is gas, not dirt; 彩灯线断了冒火花 is the wire, not the tree; 纸箱燃了 旁边是电表箱 is the fire. */
function ruledByDanger(category: string, text: string): string {
  const danger = dangerIn(text)
  if (danger === 'gas') return 'power_gas_heat'
  if (!RULED.has(category)) return category
  if (danger === 'manhole' && category === 'care') return 'water_drainage'
  if ((danger === 'collapse' || danger === 'missing') && !/[狗蛇蜂猫]/.test(text)) return 'care'
  if (danger === 'current' && /线|电/.test(text)) return 'power_gas_heat'
  const isFuel = danger === 'fire' && /纸|柴|垃圾|被|树|草|油锅|沙发|窗帘/.test(text)
  return isFuel ? 'safety_hazard' : category
}

/** The nature of a concern by its words: 投诉, 管不管 → complaint; 举报, 违规 → report; 建议 → suggestion; a question → inquiry. */
export function natureOf(text: string, category: string): Nature {
  if (category === 'fraud_security') return 'report'
  if (/举报|违规|违法|违章/.test(text)) return 'report'
  if (
    /投诉|管不管|哪个管|到底管|凭[啥什]|不像话|太过分|要个说法|不合理|说了(?:多少|几|好多|好几)|[喊报找打催]了?.{0,4}(?:[几两三四五六七八九十好多]+)(?:[次回道遍]).{0,8}(?:不|没)|没[得人]{1,2}管|懒得管|推来推去/.test(
      text,
    )
  ) {
    return 'complaint'
  }
  if (category === 'culture_suggestion') return 'suggestion'
  if (
    /建议|提议|提个|(?:应|早)?就?该(?:在.{0,6})?(?:搞|组织|装|设|加|有|办|弄|安)|最好(?:装|搞|设|加|安)|希望.{0,10}(?:搞|组织|装|设|办|加|弄|开|增)|能不能.{0,8}(?:搞|组织|办|装[个一]|加[个一装]|设|增)/.test(
      text,
    )
  ) {
    return 'suggestion'
  }
  if (category === 'policy_publicity') return 'inquiry'
  if (category === 'safety_hazard') {
    return /飞线|甩|抛|丢|扔|[充冲]|堵|停|占|进电梯|上楼/.test(text) &&
      !/请.{0,8}来|来[人两个]|搭把手|麻烦|喊人|抬/.test(text)
      ? 'report'
      : 'help'
  }
  if (category === 'noise_fume' || category === 'property_service') return 'complaint'
  if (category === 'parking_traffic' && /乱停|占|堵|挡|地锁|摆摊/.test(text)) return 'complaint'
  if (category === 'sanitation' && /狗|养[鸡鸭鸽猪蜂了]|乱[扔甩丢倒]|种菜/.test(text)) return 'complaint'
  return 'help'
}

/** How urgent: red for present danger and every fraud, blue for questions and proposals, else as the category has it. */
export function urgencyOf(
  text: string,
  { category, nature, usual }: { category: string; nature: Nature; usual: Urgency },
): Urgency {
  if (category === 'fraud_security') return 'red'
  if (nature === 'inquiry' || nature === 'suggestion') return 'blue'
  const danger = dangerIn(text)
  if (danger !== null && danger !== 'falling' && danger !== 'fraud') return 'red'
  return usual
}

const ABOUT_PEOPLE = new Set(['fraud_security', 'policy_publicity', 'care', 'culture_suggestion'])
const SERIOUS = /投诉|举报|来修|喊人|请.{0,4}来|报修|物业|救|120|119/

/** A lesson, a warning or hearsay about people: no fraud, no need of our own. */
function isToldFrom(text: string, category: string): boolean {
  if (
    /案例|判[赔刑了楼]|民法典.{0,6}(?:讲|说)|新闻|电视|视频里|抖音|演练|辟谣/.test(text) &&
    !/建议|想问|问一?[下哈]/.test(text)
  )
    return true
  if (category === 'fraud_security' && /听说|(?:隔壁|别个|他们|人家)小区/.test(text)) return true
  if (category === 'care') return /那边(?:的)?(?:小区|医院)|老家|安顺|遵义.{0,6}(?:有|那)/.test(text)
  return category === 'fraud_security' && dangerIn(text) === null && /莫信|都是骗|反诈|宣传|学习/.test(text)
}

function tellingIn(text: string, { object, fault, not, title }: Telling): string | null {
  if (not?.test(text)) return null
  const things = [...text.matchAll(new RegExp(object.source, global(object)))]
  if (things.length === 0) return null
  if (!fault) return title ?? clauseFrom(text, things[0]!)
  const faults = [...text.matchAll(new RegExp(fault.source, global(fault)))]
  for (const thing of things) {
    const near = faults.find((one) => gap(thing, one) <= NEAR && !isWithin(one, thing))
    if (!near) continue
    if (title !== undefined) return title.length > 2 ? title : title + clauseFrom(text, thing)
    const [first, last] = thing.index <= near.index ? [thing, near] : [near, thing]
    const between = text.slice(first.index + first[0].length, last.index)
    return between.length <= 8 && !/[\s,。□]/.test(between) ? first[0] + between + last[0] : thing[0] + near[0]
  }
  return null
}

/** The clause in which a word stands, less what opens it: 「请问一哈 失业的人社保补贴还有没得」 at 社保 → 失业的人社保补贴还有没得. */
function clauseFrom(text: string, { index, 0: word }: RegExpExecArray): string {
  const before = text.slice(0, index).split(PAUSES).at(-1)!
  const after = text.slice(index + word.length).split(PAUSES)[0]!
  return (before.replace(OPENING, '').slice(-8) + word + after).slice(0, 14)
}

const PAUSES = /[\s,。!?;:□⏎]/
const OPENING = /^.*(?:请问|想问|问一?[下哈]|问个|建议|希望|能不能|可不可以|有人问|反映)/

function gap(a: RegExpMatchArray, b: RegExpMatchArray): number {
  const [first, second] = a.index! <= b.index! ? [a, b] : [b, a]
  return second.index! - (first.index! + first[0].length)
}

function isWithin(inner: RegExpMatchArray, outer: RegExpMatchArray): boolean {
  return (
    inner.index! >= outer.index! &&
    inner.index! + inner[0].length <= outer.index! + outer[0].length &&
    inner[0].length < 2
  )
}

function global({ flags }: RegExp): string {
  return flags.includes('g') ? flags : `${flags}g`
}
