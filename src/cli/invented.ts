import type { Db } from '../../db/database.ts'
import { UserError } from '../errors.ts'
import { describeChanges } from '../roster/changes.ts'
import { readRosterFolder } from '../roster/read.ts'
import type { Roster } from '../roster/roster.ts'
import { readSetting } from '../settings.ts'
import { SAMPLE_ROSTER } from './ledger-folder.ts'

/** What to say while the people of a roster are invented. */
export const INVENTED_ROSTER = '名册还是示例(人是编的),请先 npm run roster -- 文件夹'

/** Invented people and real ones never meet in one ledger. @throws UserError when this one holds the sample week. */
export async function refuseSample(db: Db, dataDir: string): Promise<void> {
  if ((await readSetting(db, 'sample_running')) === null) return
  throw new UserError(`资料夹 ${dataDir} 里是示例,人和事都是编的。请把它移走,或在 .env 里给 DATA_DIR 换一个名字。`)
}

/** Whether this is the roster that comes with the project. */
export function isInvented(roster: Roster): boolean {
  return describeChanges(readRosterFolder(SAMPLE_ROSTER), roster).length === 0
}
