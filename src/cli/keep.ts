import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

/** How a child is started and what is waited for between two starts; tests give their own. */
export type Keeping = {
  command: string
  args: string[]
  env?: NodeJS.ProcessEnv
  /** Milliseconds before the first restart; doubled with each quick failure up to a hundredfold. */
  firstWait?: number
  /** A child that lived so many milliseconds did well: the next failure is a first one again. */
  longLife?: number
  pause?(milliseconds: number): Promise<unknown>
  tell(text: string): void
}

const FIRST_WAIT = 3000
const LONGEST = 100
const LONG_LIFE = 10 * 60_000
const FINAL = [0, 2]

/**
 * Keeps the bot running: starts it, and starts it again when it crashed or asked for it (75), each time a little later
 * while it dies young. Ends with it when it ended well (0), was given something wrong (2), or the keeper is stopped.
 * @returns the exit code to end with.
 */
export async function keep({
  command,
  args,
  env = process.env,
  firstWait = FIRST_WAIT,
  longLife = LONG_LIFE,
  pause = wait,
  tell,
}: Keeping): Promise<number> {
  let patience = firstWait
  let isStopping = false
  for (;;) {
    const started = performance.now()
    // Through the channel the bot notices when its keeper is gone, and does not live on alone.
    const child = spawn(command, args, { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
    const stop = (signal: NodeJS.Signals) => {
      isStopping = true
      // On Windows a signal would not ask but kill; there the end of the channel asks.
      if (process.platform === 'win32') child.disconnect()
      else child.kill(signal)
    }
    process.on('SIGINT', stop).on('SIGTERM', stop)
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    process.off('SIGINT', stop).off('SIGTERM', stop)
    if (isStopping || (code !== null && FINAL.includes(code))) return code ?? 0
    if (performance.now() - started > longLife) patience = firstWait
    tell(`小助手停了(${code ?? signal}),${Math.ceil(patience / 1000)}秒后再启动。`)
    await pause(patience)
    patience = Math.min(patience * 2, firstWait * LONGEST)
  }
}
