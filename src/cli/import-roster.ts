import { createInterface } from 'node:readline/promises'
import type { Db } from '../../db/database.ts'
import { inOneTransaction } from '../../db/database.ts'
import { amendConcern } from '../concerns/ledger.ts'
import { ASSISTANT } from '../concerns/record.ts'
import { listConcerns } from '../concerns/repository.ts'
import { ALIVE_STATUSES } from '../concerns/status.ts'
import type { Config } from '../config.ts'
import { UserError } from '../errors.ts'
import { describeChanges } from '../roster/changes.ts'
import { partyGroupOf } from '../roster/look-up.ts'
import { readRosterFolder } from '../roster/read.ts'
import { saveRoster } from '../roster/repository.ts'
import type { Roster } from '../roster/roster.ts'
import { openLedgerFolder } from './ledger-folder.ts'

/**
 * Imports a roster folder, all or nothing: shows what would change, asks, then changes it.
 * @throws UserError without a terminal to ask on, unless `isAgreed`
 */
export async function importRoster(config: Config, dir: string, { isAgreed }: { isAgreed: boolean }): Promise<void> {
  const after = readRosterFolder(dir)
  const ledger = await openLedgerFolder(config.dataDir)
  try {
    const changes = describeChanges(ledger.roster, after)
    if (changes.length === 0) return say('名册没有变化,什么都没有改。')
    say(['会有这些变化:', ...changes.map((line) => `- ${line}`)].join('\n'))
    if (!isAgreed && !process.stdin.isTTY)
      throw new UserError('没有导入,什么都没有改:这里不能问您。请在命令后面加上 --yes 再运行。')
    if (!isAgreed && !(await agrees())) return say('没有导入,什么都没有改。')
    const moved = await replaceRoster(ledger.db, after, new Date())
    say(`名册导入好了。${moved > 0 ? `没办完的诉求里有${moved}件换了党小组。` : ''}`)
  } finally {
    await ledger.close()
  }
}

/** Replaces the roster and gives unsettled concerns the party group their building now has; @returns how many moved. */
export async function replaceRoster(db: Db, roster: Roster, now: Date): Promise<number> {
  return inOneTransaction(db, async (trx) => {
    await saveRoster(trx, roster)
    let moved = 0
    for (const { no, place } of await listConcerns(trx, { statuses: ALIVE_STATUSES })) {
      const group = place.building === null ? null : (partyGroupOf(roster, place.building)?.number ?? null)
      if (place.building === null || group === place.partyGroup) continue
      const note = group === null ? '名册更新' : `名册更新,归第${group}党小组`
      await amendConcern(trx, no, { partyGroup: group }, { kind: 'amended', note }, ASSISTANT, now)
      moved += 1
    }
    return moved
  })
}

async function agrees(): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await lines.question('要导入吗?回“好”就导入: ')
  lines.close()
  return ['好', '好的', 'y', 'yes', '是'].includes(answer.trim().toLowerCase())
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
