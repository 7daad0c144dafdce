import { chmodSync, closeSync, existsSync, fchmodSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import type { Wechaty } from 'wechaty'

type Storage = { absFileName?: string; save(payload: unknown): Promise<void> }

/**
 * Lets only this user read the file that keeps WeChat's session, and replaces it as a whole: half of one would cost a
 * login. To be called between `init` and `start`; does nothing when the session is kept in memory only.
 */
export function guardSessionFile(bot: Wechaty): void {
  const { storage } = (bot as unknown as { memory: { storage?: Storage } }).memory
  const path = storage?.absFileName
  if (!storage || !path) return
  if (existsSync(path)) chmodSync(path, 0o600)
  storage.save = async (payload) => replaceFile(path, JSON.stringify(payload))
}

function replaceFile(path: string, text: string): void {
  const fresh = `${path}.new`
  const file = openSync(fresh, 'w', 0o600)
  try {
    fchmodSync(file, 0o600)
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(fresh, path)
}
