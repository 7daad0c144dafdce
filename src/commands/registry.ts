import { activity } from './activity.ts'
import { adopt, reject } from './adopt.ts'
import { agendaItem } from './agenda-item.ts'
import { amend } from './amend.ts'
import { assign } from './assign.ts'
import { bodies } from './bodies.ts'
import { care } from './care.ts'
import { claim } from './claim.ts'
import type { Command } from './command.ts'
import { confirm } from './confirm.ts'
import { defer } from './defer.ts'
import { drop } from './drop.ts'
import { followUp } from './follow-up.ts'
import { handOver } from './hand-over.ts'
import { head } from './head.ts'
import { helpFor } from './help.ts'
import { ledgerBook } from './ledger-book.ts'
import { mediate } from './mediate.ts'
import { meeting } from './meeting.ts'
import { merge, unmerge } from './merge.ts'
import { mine } from './mine.ts'
import { monthly } from './monthly.ts'
import { nudge } from './nudge.ts'
import { prevented } from './prevented.ts'
import { agreeDeletion, askDeletion, myData, optIn, optOut, privacy } from './privacy.ts'
import { progress } from './progress.ts'
import { recognise } from './recognise.ts'
import { refer } from './refer.ts'
import { register } from './register.ts'
import { reopen } from './reopen.ts'
import { resolve } from './resolve.ts'
import { see } from './see.ts'
import { seen } from './seen.ts'
import { split } from './split.ts'
import { state } from './state.ts'
import { summary } from './summary.ts'
import { todo } from './todo.ts'
import { weekly } from './weekly.ts'
import { withdraw } from './withdraw.ts'

/** Every command, in the order in which 帮助 shows them. */
export const COMMANDS: readonly Command[] = [
  ...[summary, see, mine, register, head, withdraw, reopen, drop, care, privacy],
  ...[todo, claim, assign, refer, progress, resolve, followUp, nudge, defer, confirm, amend],
  ...[
    merge,
    unmerge,
    split,
    agendaItem,
    prevented,
    activity,
    seen,
    weekly,
    monthly,
    ledgerBook,
    meeting,
    mediate,
    adopt,
    reject,
  ],
  ...[handOver, bodies, recognise, state, optOut, optIn, myData, askDeletion, agreeDeletion],
  helpFor(() => COMMANDS),
]
