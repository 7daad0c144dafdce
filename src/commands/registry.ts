import { amend } from './amend.ts'
import { assign } from './assign.ts'
import { claim } from './claim.ts'
import type { Command } from './command.ts'
import { confirm } from './confirm.ts'
import { drop } from './drop.ts'
import { head } from './head.ts'
import { helpFor } from './help.ts'
import { mine } from './mine.ts'
import { recognise } from './recognise.ts'
import { register } from './register.ts'
import { reopen } from './reopen.ts'
import { resolve } from './resolve.ts'
import { see } from './see.ts'
import { seen } from './seen.ts'
import { state } from './state.ts'
import { summary } from './summary.ts'
import { todo } from './todo.ts'
import { weekly } from './weekly.ts'
import { withdraw } from './withdraw.ts'

/** Every command, in the order in which 帮助 shows them. */
export const COMMANDS: readonly Command[] = [
  summary,
  see,
  mine,
  register,
  head,
  withdraw,
  reopen,
  drop,
  todo,
  claim,
  assign,
  resolve,
  confirm,
  amend,
  seen,
  weekly,
  state,
  recognise,
  helpFor(() => COMMANDS),
]
