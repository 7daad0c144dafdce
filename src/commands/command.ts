import type { Db } from '../../db/database.ts'
import type { Status } from '../../db/schema.ts'
import type { Concern } from '../concerns/concern.ts'
import type { Actor } from '../concerns/record.ts'
import { MOVES, type Mover } from '../concerns/status.ts'
import type { Taxonomy } from '../concerns/taxonomy.ts'
import { UserError } from '../errors.ts'
import type { MessageRow } from '../intake/inbox.ts'
import type { Log } from '../log.ts'
import type { Roster } from '../roster/roster.ts'

/** What a command knows: who asks where, and the one transaction it works in. */
export type Asked = {
  db: Db
  message: MessageRow
  /** The person as the ledger will name them. */
  actor: Actor
  /** Where the answer will be read; it must be fit for that room. */
  audience: 'members' | 'committee'
  /** The member confirmed behind the remark; null for everybody else. */
  confirmed: string | null
  roster: Roster
  taxonomy: Taxonomy
  now: Date
  /** Who reads the talk: shown by 状态 and under a digest. */
  readerName: string
  /** Where pictures are put; null sends texts alone. */
  filesDir: string | null
  /** Where voice messages and pictures go to be read. */
  leaving: Leaving
  log: Log
}

/** To which host voice messages and pictures go as they are; null where they do not leave the house. */
export type Leaving = { voice: string | null; image: string | null }

/** What tells an order from talk: the names of places, people and kinds of things. */
export type Known = Pick<Asked, 'roster' | 'taxonomy'>

export type Groups = Record<string, string | undefined>

/** A command is data plus a function that returns what to say; null says nothing. */
export type Command = {
  /** The word people say. */
  name: string
  synonyms?: readonly string[]
  /** Further words for it that belong to everyday talk: they count in the committee's room, or when the bot is spoken to. */
  casual?: readonly string[]
  /**
   * Whether such words are an order and no talk, in the members' room when nobody speaks to the bot, and wherever they
   * are run together (汇总本周). Left out: whatever fits is one, and nothing may be run together but a number.
   */
  isOrder?(groups: Groups, known: Known): boolean
  /** Whether what is run together with its word is an order; left out, `isOrder` tells that, too. */
  runsOn?(groups: Groups, known: Known): boolean
  /** What may follow the word, as a whole; its named groups are handed over. */
  takes: RegExp
  /** One line for 帮助, with an example that works as it stands. */
  help: string
  example: string
  /** Everybody, or only the committee's room and confirmed people. */
  who: 'everybody' | 'entitled' | 'committee'
  /** Whether everything said so far should be read before it answers. */
  readsFirst?: boolean
  /** Whether a voice transcript may trigger it. */
  byVoice?: boolean
  /** `groups` also holds the `word` by which it was called. */
  run(asked: Asked, groups: Groups): Promise<string | null>
}

const NO_DATE = '(?!楼(?!栋)|[上下中]午|[上中下]旬|[栋院线晚早的才前后门床车厅房室机桌店窗台那以之左])'
const NO_AMOUNT = '(?!\\s*[件个天次户人年月日点栋楼块元分条家位岁期组层米多])'

/** 「12号」 in its spellings, as a named group; neither 12号楼 nor 3号那天 nor 3 天. */
export const NUMBER = `第?[##]?(?<no>\\d{1,6})(?:\\s*号${NO_DATE}|(?=\\s*$|[\\s,,::、])${NO_AMOUNT})`

/** For commands whose bare word is everyday talk (知道了, 确认): only with the number of a concern they are orders. */
export function isNumbered({ no }: Groups): boolean {
  return no !== undefined
}

/** In which roles somebody stands towards a concern. */
export function rolesOf({ message, audience, confirmed }: Asked, concern: Concern): Set<Mover> {
  const roles = new Set<Mover>()
  if (audience === 'committee') roles.add('committee')
  if (confirmed !== null) roles.add('confirmed')
  if (confirmed !== null && concern.handler?.kind === 'person' && concern.handler.name === confirmed)
    roles.add('handler')
  if (concern.reporterId === message.sender_id) roles.add('author')
  return roles
}

/** @throws UserError when none of the asker's roles may make this move. */
export function assertMayMove(asked: Asked, concern: Concern, to: Status): void {
  const movers = MOVES[concern.status][to]
  const roles = rolesOf(asked, concern)
  // A move that the table does not know is refused by the ledger, with its own words.
  if (!movers || movers.some((mover) => roles.has(mover))) return
  throw new UserError(
    `${concern.no}号要由${movers.includes('handler') ? '经办的人或支委会' : '支委会'}来改,请在支委群里说。`,
  )
}
