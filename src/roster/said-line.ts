import { narrow } from './fold.ts'
import { blankItemNumbers, type Items, itemAround } from './list-items.ts'
import { findMentions, type Mention } from './mentions.ts'
import { indexPlaces, type PlaceIndex } from './place-index.ts'
import type { Building, Roster } from './roster.ts'

/** Compounds, each perhaps narrowed to one zone, that a talk is about at some point. */
export type Scope = readonly { compound: string; zone: string | null }[]

/** A line of talk: its mentions with the candidates that the line leaves them, and what it is about from where on. */
export type SaidLine = {
  text: string
  items: Items
  mentions: readonly Mention[]
  about: readonly { from: number; scope: Scope }[]
}

/**
 * Reads the places of one line together: in 「二期走访 ①7栋」 7栋 is 二期7栋, in 「碧阳12栋停电,5栋也是」 5栋 is in 碧阳.
 * A later compound replaces an earlier one; in a list a bare number may be of the heading or of the item before it: both stay.
 */
export function readLine(roster: Roster, text: string): SaidLine {
  const index = indexPlaces(roster)
  const items = blankItemNumbers(narrow(text))
  const mentions = findMentions(roster, text)
  const settled: Mention[] = []
  const about: { from: number; scope: Scope }[] = []
  let now: Scope = []
  let heading: Scope | null = null
  for (const [at, mention] of mentions.entries()) {
    const before = mentions[at - 1]
    for (const start of startsBetween(items, before?.start ?? -1, mention.start)) {
      heading ??= now
      now = unite(heading, now)
      about.push({ from: start, scope: now })
    }
    const behind = mentions[at + 1]
    const trailing = behind && now.length === 0 && isTrailing(text, mention, behind) ? scopeOf(index, behind) : []
    const own = { ...mention, candidates: keepWithin(index, mention, [...now, ...trailing]) }
    settled.push(own)
    const said = zoneWithin(scopeOf(index, own), now)
    if (said.length === 0) continue
    now = before && isJoined(text, before, mention) ? unite(now, said) : said
    about.push({ from: mention.end, scope: now })
    if (isHeading(text, mention)) heading = now
  }
  const rest = startsBetween(items, mentions.at(-1)?.start ?? -1, text.length)
  for (const from of rest) about.push({ from, scope: unite(heading ?? now, now) })
  return { text, items, mentions: settled, about }
}

/** What a line is about when it comes to a position. */
export function aboutAt({ about }: SaidLine, position: number): Scope {
  return about.findLast(({ from }) => from <= position)?.scope ?? []
}

/** The item of a list in which a stretch of a line stands; the whole line if it is no list. */
export function itemOf(line: SaidLine, { start }: { start: number }): { start: number; end: number } {
  return itemAround(line.items, start)
}

/** What a mention, as settled so far, says the talk is about; nothing if it could be in several compounds. */
export function scopeOf(index: PlaceIndex, { kind, compounds, candidates, zone, named }: Mention): Scope {
  if (kind !== 'building') return compounds.map((compound) => ({ compound, zone }))
  const spots = candidates.map(({ code }) => index.spots.get(code)!)
  const inOne = new Set(spots.map(({ building }) => building.compound))
  if (inOne.size === 1) return [{ compound: [...inOne][0]!, zone: spots.length === 1 ? spots[0]!.zone : zone }]
  return named ? compounds.map((compound) => ({ compound, zone: null })) : []
}

/** The buildings that lie within a scope; all of them when none does, for then the scope was about something else. */
export function narrowTo(index: PlaceIndex, buildings: readonly Building[], scope: Scope): readonly Building[] {
  const within = buildings.filter(({ code, compound }) =>
    scope.some((one) => one.compound === compound && (one.zone === null || one.zone === index.spots.get(code)?.zone)),
  )
  return within.length > 0 ? within : buildings
}

/** The candidates of each different building among mentions: the same number said twice is one building. */
export function differentHouses(mentions: readonly Mention[]): (readonly Building[])[] {
  const different: { number: number | null; candidates: readonly Building[] }[] = []
  for (const { kind, number, candidates } of mentions) {
    if (kind !== 'building') continue
    const same = different.find(
      (one) =>
        one.number === number &&
        (one.candidates.length + candidates.length === 0 || shared(one.candidates, candidates).length > 0),
    )
    if (same) same.candidates = shared(same.candidates, candidates)
    else different.push({ number, candidates })
  }
  return different.map(({ candidates }) => candidates)
}

/**
 * Whether a line says little more than a building: 「10栋噻」「我是碧阳10栋的」「我住5栋」; 「12栋电梯坏了」 does not.
 */
export function isAnswer({ text, mentions }: SaidLine): boolean {
  const rest = mentions.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text)
  return /^\s*(?:嗯|哦|对)?[\s,，]*(?:(?:我们?|我家|就)?(?:是|家?住在?|家?在)?)[\s,，.。!！~噻嘛哈哦的呢啊呀咯]*$/.test(
    rest,
  )
}

/** Whether a line says that it is so elsewhere too: what other lines tell is then about another building. */
export function saysToo({ text }: SaidLine): boolean {
  return /也|一样|同样/.test(text)
}

/** The buildings that both lists hold. */
export function shared(some: readonly Building[], others: readonly Building[]): Building[] {
  return some.filter((one) => others.includes(one))
}

function startsBetween({ starts }: Items, after: number, before: number): number[] {
  return starts.filter((start) => start > after && start <= before)
}

/** Own words come first: what names its compound and zone is not touched, what names the compound gets the zone only. */
function keepWithin(index: PlaceIndex, mention: Mention, scope: Scope): readonly Building[] {
  if (mention.kind !== 'building' || mention.candidates.length < 2) return mention.candidates
  if (mention.named) return mention.candidates
  return narrowTo(index, mention.candidates, scope)
}

/** 一期 that several compounds have, in a line about one of them, is the one there. */
function zoneWithin(said: Scope, about: Scope): Scope {
  if (said.length < 2) return said
  const within = said.filter(({ compound }) => about.some((one) => one.compound === compound))
  return within.length > 0 ? within : said
}

function unite(one: Scope, other: Scope): Scope {
  return [...one, ...other]
}

/** 碧阳和兰乔, 一期、二期: two areas named in one breath. */
function isJoined(text: string, before: Mention, mention: Mention): boolean {
  if (before.kind === 'building' || mention.kind === 'building') return false
  return /^[\s]?(?:[、,，/]|和|与|跟|及|还有)[\s]?$/.test(text.slice(before.end, mention.start))
}

/** 碧阳: … or 二期走访 …: what follows is a list about it. */
function isHeading(text: string, { kind, end }: Mention): boolean {
  return (
    kind !== 'building' && /^(?:小区)?(?:这边|那边)?(?:的?(?:走访|巡查|情况|问题|片区)|\s*[:：])/.test(text.slice(end))
  )
}

/** 「5栋路灯坏了,碧阳的」 ends with where it is; 「5栋停电了,碧阳也停了」 says another thing. */
function isTrailing(text: string, mention: Mention, behind: Mention): boolean {
  if (mention.kind !== 'building' || behind.kind === 'building') return false
  const [between, after] = [text.slice(mention.end, behind.start), text.slice(behind.end)]
  if (/^\s?[(（]$/.test(between) && /^[)）]/.test(after)) return true
  return (
    /(?:^|[\s,，。(（-])(?:在|是|就是|我们|我是)?$/.test(between) &&
    /^(?:这边|那边)?的?[)）\s,，。!！噻嘛哈哦呢吧]*$/.test(after)
  )
}
