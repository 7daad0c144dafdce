import type { Db } from '../db/database.ts'
import type { Bot } from './bot.ts'
import type { ChatMessage } from './chat/chat.ts'
import type { Clock } from './clock.ts'
import type { Intake } from './intake/intake.ts'

/** A clock that stands where it is put. */
export class MovableClock implements Clock {
  #at: Date

  constructor(at: Date) {
    this.#at = at
  }

  now(): Date {
    return this.#at
  }

  /** Moves on to `at`; never back. */
  advance(at: Date): void {
    if (at > this.#at) this.#at = at
  }
}

/** What a replay talks to, and what happens when the reader cannot be asked: throw, or wait and return. */
export type ReplayParts = {
  bot: Bot
  intake: Intake
  clock: MovableClock
  onProgress?: (done: number, all: number) => void
  onFailure: () => Promise<void>
}

/**
 * Lets people talk as they did, time passing as it did: before each message, whatever run of talk had gone quiet
 * by then is closed and read; at the end, everything is read at the time of the last message.
 */
export async function replay(messages: readonly ChatMessage[], parts: ReplayParts): Promise<void> {
  const { bot, clock, onProgress } = parts
  for (const [index, message] of messages.entries()) {
    await readUntil(message.at, parts)
    clock.advance(message.at)
    await bot.hear(message)
    await bot.idle()
    onProgress?.(index + 1, messages.length)
  }
  await parts.intake.closeNow()
  await readAll(parts)
}

async function readUntil(until: Date, parts: ReplayParts): Promise<void> {
  for (;;) {
    const closes = await parts.intake.nextClose()
    const isDue = closes !== null && closes <= until
    if (isDue) parts.clock.advance(closes)
    await readAll(parts)
    if (!isDue) return
  }
}

/** Sweeps until nothing is left: a refused episode comes back as halves. */
async function readAll({ intake, onFailure }: ReplayParts): Promise<void> {
  for (;;) {
    const { failures, read } = await intake.sweep()
    if (failures > 0) await onFailure()
    else if (read === 0) return
  }
}

/** Where an earlier replay stopped: its clock had come to the last message heard or the last run of talk closed. */
export async function lastMoment(db: Db): Promise<Date> {
  const heard = await db
    .selectFrom('message')
    .select(({ fn }) => fn.max('heard_at').as('at'))
    .executeTakeFirst()
  const closed = await db
    .selectFrom('episode')
    .select(({ fn }) => fn.max('closed_at').as('at'))
    .executeTakeFirst()
  return new Date(Math.max(...[heard, closed].map((row) => Date.parse(row?.at ?? '1970-01-01'))))
}
