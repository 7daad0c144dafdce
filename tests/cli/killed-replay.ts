import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import SqliteDatabase from 'better-sqlite3'

const ROOT = resolve(import.meta.dirname, '../..')
const SAMPLE = join(ROOT, 'db/sample/week-may.chat.jsonl')

/** What a replay left behind, without the times of filing: they depend on when it was killed. */
export type Left = { messages: string[]; concerns: unknown[]; evidence: unknown[]; filedEvents: number }

/** Replays the sample chat to the end in a fresh folder, killing the process whenever `at` messages are in the database. */
export async function replayKilledAt(at: number[]): Promise<{ left: Left; kills: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'killed-'))
  try {
    let kills = 0
    for (const messages of at) if (await killedWith(folder, messages)) kills += 1
    const last = replay(folder)
    const complaint = last.stderr ? text(last.stderr) : ''
    const [code] = await once(last, 'exit')
    if (code !== 0) throw new Error(`the last replay ended with ${code}: ${await complaint}`)
    return { left: leftIn(folder), kills }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Where to kill: `count` random points of the sample, in rising order. */
export function randomPoints(count: number, random: () => number): number[] {
  return Array.from({ length: count }, () => 1 + Math.floor(random() * 200)).sort((a, b) => a - b)
}

function replay(folder: string): ChildProcess {
  const env = { PATH: process.env.PATH, DATA_DIR: folder, LOG_LEVEL: 'error' }
  return spawn(process.execPath, ['src/start.js', 'replay', SAMPLE], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
}

/** @returns whether the process was still running when it was killed. */
async function killedWith(folder: string, messages: number): Promise<boolean> {
  const child = replay(folder)
  const exit = once(child, 'exit')
  while (child.exitCode === null && countMessages(folder) < messages) await wait(2)
  child.kill('SIGKILL')
  const [, signal] = await exit
  return signal === 'SIGKILL'
}

function countMessages(folder: string): number {
  try {
    const database = new SqliteDatabase(join(folder, 'ledger.sqlite'), { readonly: true, fileMustExist: true })
    try {
      return (database.prepare('select count(*) as rows from message').get() as { rows: number }).rows
    } finally {
      database.close()
    }
  } catch {
    // Not there yet, or its schema is being made.
    return 0
  }
}

function leftIn(folder: string): Left {
  const database = new SqliteDatabase(join(folder, 'ledger.sqlite'), { readonly: true })
  const all = (statement: string) => database.prepare(statement).all()
  const left = {
    messages: (all('select msg_id from message order by seq') as { msg_id: string }[]).map((row) => row.msg_id),
    concerns: all(
      'select no, title, category, urgency, status, place, building, unit, reporter from concern order by no',
    ),
    evidence: all(
      'select concern, msg_id, role from evidence join message on message.seq = evidence.message order by concern, msg_id',
    ),
    filedEvents: (all("select count(*) as rows from event where kind = 'filed'") as { rows: number }[])[0]!.rows,
  }
  database.close()
  return left
}
