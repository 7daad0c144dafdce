import { type Db, inOneTransaction } from '../../db/database.ts'
import { quietAlarm } from '../casework/alarm.ts'
import { UserError } from '../errors.ts'
import { forgetAsked, type MessageRow, sortMessage } from '../intake/inbox.ts'
import { cutToFit } from '../outbox/members-bubble.ts'
import { enqueue } from '../outbox/outbox.ts'
import { confirmedMember } from '../people/confirmed.ts'
import { applyAnswer, findAnswer } from './answer.ts'
import type { Asked, Command, Known } from './command.ts'
import { exampleOf, nearestExample, nearestOrder } from './nearest.ts'
import { isOrder } from './order.ts'
import { type Parsed, parseCommand, plainWords } from './parse.ts'
import { COMMANDS } from './registry.ts'

export type CommandParts = Pick<Asked, 'roster' | 'taxonomy' | 'now' | 'readerName' | 'filesDir' | 'leaving' | 'log'>

/** What a message asks the bot to do, or null when it is talk. A voice transcript triggers only what is harmless. */
export async function recogniseCommand(db: Db, message: MessageRow, known: Known): Promise<Parsed | null> {
  if (message.kind !== 'text' && message.kind !== 'voice') return null
  const parsed = parseCommand(message.text, COMMANDS)
  if (!parsed || (message.kind === 'voice' && !parsed.command.byVoice)) return null
  const isEntitled = await mayCommand(db, message)
  return isOrder(parsed, { room: message.room, isSpokenTo: isSpokenTo(message), isEntitled }, known) ? parsed : null
}

/** Somebody means the bot and is not understood: the nearest command they may use, with an example. It stays talk. */
export async function suggest(db: Db, message: MessageRow, now: Date): Promise<void> {
  if (message.kind !== 'text' || !(isSpokenTo(message) || isCommittee(message))) return
  const isEntitled = await mayCommand(db, message)
  const theirs = COMMANDS.filter(
    ({ who }) => who === 'everybody' || (isEntitled && (who === 'entitled' || isCommittee(message))),
  )
  const example = (isSpokenTo(message) ? nearestExample : nearestOrder)(message.text, theirs)
  if (example === null) return
  const text = `没听清。可以这样说:\n${example}`
  await enqueue(db, { room: message.room, kind: 'reply', text, once: `suggest:${message.seq}` }, now)
}

/** Whether the message answers a question of the bot; if so it is carried out like a command. */
export async function runAnswer(db: Db, message: MessageRow, parts: CommandParts): Promise<boolean> {
  const found = await findAnswer({ db, message, now: parts.now, audience: message.room })
  if (found === null) return false
  await inOneTransaction(db, async (trx) => {
    const asked = await askedBy(trx, message, parts)
    const reply =
      found === 'which'
        ? '您说的是哪一件?请带上号码,例:对 12号'
        : await applyAnswer(asked, found.question, found.groups)
    await finish(trx, message, reply, parts.now)
  })
  return true
}

/**
 * Carries a command out: its mark as handled, its change of the ledger and its reply are one transaction.
 * A refusal rolls the change back and becomes the reply.
 */
export async function runCommand(db: Db, message: MessageRow, parsed: Parsed, parts: CommandParts): Promise<void> {
  const carryOut = (reply: (trx: Db) => Promise<string | null>) =>
    inOneTransaction(db, async (trx) => {
      const isForgotten = await forgetAsked(trx, message, parts.roster, parts.now)
      if (parsed.kind === 'command' && !isForgotten) await writeDown(trx, message, parsed, parts.now)
      await finish(trx, message, await reply(trx), parts.now)
    })
  try {
    await carryOut((trx) => answer(trx, message, parsed, parts))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    await carryOut(async () => error.message)
  }
}

function isSpokenTo({ to_bot, text }: MessageRow): boolean {
  return to_bot === 1 || plainWords(text).isToBot
}

async function mayCommand(db: Db, message: MessageRow): Promise<boolean> {
  return isCommittee(message) || (await confirmedMember(db, message.remark)) !== null
}

function isCommittee({ room }: MessageRow): boolean {
  return room === 'committee'
}

async function answer(db: Db, message: MessageRow, parsed: Parsed, parts: CommandParts): Promise<string | null> {
  const { command } = parsed
  const confirmed = message.room === 'members' ? await confirmedMember(db, message.remark) : null
  const refusal = refuse(command, message, confirmed)
  if (refusal !== null) return refusal
  if (parsed.kind === 'nearly')
    return `没听清。可以这样说:\n${exampleOf(command, /^第?[##]?(\d{1,6})\s*号?/u.exec(parsed.rest)?.[1])}`
  const asked = await askedBy(db, message, parts)
  // What cannot be done is thrown, so that a refusal moves nothing and silences nothing.
  const reply = await command.run(asked, parsed.groups)
  // Whoever does anything about a red concern has taken notice of it.
  const { no } = parsed.groups
  if (no !== undefined && (isCommittee(message) || confirmed !== null))
    await quietAlarm(db, Number(no), asked.actor.name, parts.now)
  return reply
}

/** Who asked for what, granted or not: `audit` shows it. */
async function writeDown(db: Db, message: MessageRow, { command, groups: { no } }: Parsed, now: Date): Promise<void> {
  const actor = await actorName(db, message)
  const concern = no === undefined ? null : Number(no)
  const values = { at: now.toISOString(), room: message.room, actor, command: command.name, concern }
  await db.insertInto('asked_command').values(values).execute()
}

async function actorName(db: Db, { room, remark, person, sender }: MessageRow): Promise<string> {
  return (room === 'members' ? await confirmedMember(db, remark) : null) ?? person ?? sender
}

async function askedBy(db: Db, message: MessageRow, parts: CommandParts): Promise<Asked> {
  const confirmed = message.room === 'members' ? await confirmedMember(db, message.remark) : null
  const name = await actorName(db, message)
  return { db, message, actor: { kind: 'person', name }, audience: message.room, confirmed, ...parts }
}

function refuse({ who }: Command, { room }: MessageRow, confirmed: string | null): string | null {
  if (room === 'committee' || who === 'everybody') return null
  if (who === 'entitled' && confirmed !== null) return null
  return '这个要在支委群里说。\n您有事直接讲,小助手会记下。'
}

async function finish(db: Db, message: MessageRow, reply: string | null, now: Date): Promise<void> {
  // A registration made its message an episode; every other command is done with it.
  const { state } = await db
    .selectFrom('message')
    .select('state')
    .where('seq', '=', message.seq)
    .executeTakeFirstOrThrow()
  if (state === 'new') await sortMessage(db, message.seq, 'command')
  const { room } = message
  if (reply !== null)
    await enqueue(db, { room, kind: 'reply', text: room === 'members' ? cutToFit(reply) : reply }, now)
}
