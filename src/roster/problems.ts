import { UserError } from '../errors.ts'

/** What is wrong in one line of one roster file, in words a volunteer can act on. `line` counts from 1, the header being 1. */
export type RosterProblem = { file: string; line: number; text: string }

/** Everything that is wrong with a roster folder at once; its message is the list, one problem a line. */
export class RosterProblems extends UserError {
  readonly problems: readonly RosterProblem[]

  constructor(problems: readonly RosterProblem[]) {
    const lines = problems.map(({ file, line, text }) => `${file} 第${line}行:${text}`)
    super(`花名册有${problems.length}处要改,改好再导入:\n${lines.join('\n')}`)
    this.problems = problems
  }
}
