import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Config } from '../config.ts'
import { UserError } from '../errors.ts'
import { createLog } from '../log.ts'

/** Makes the data folder, for its owner only; one that is there stays as it is. @throws UserError when it is a file. */
export function makeDataFolder(dataDir: string): void {
  const folder = resolve(dataDir)
  makeWithParents(folder)
  if (!statSync(folder).isDirectory())
    throw new UserError(`资料夹 ${dataDir} 是一个文件,不是文件夹。请在 .env 里给 DATA_DIR 换一个名字。`)
}

/** The log of a data folder, which is made when it is not there. */
export function openLog({ dataDir, logLevel }: Config) {
  makeDataFolder(dataDir)
  return createLog(join(dataDir, 'log.jsonl'), logLevel)
}

/** By steps: under /proc the recursive way of Node never ends. */
function makeWithParents(folder: string): void {
  if (existsSync(folder)) return
  makeWithParents(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}
