import { explain } from './cli/explain.ts'
import { buildProgram } from './cli/program.ts'

try {
  await buildProgram().parseAsync()
} catch (error) {
  const { text, exitCode } = explain(error)
  process.stderr.write(`${text}\n`)
  process.exitCode = exitCode
}
// WeChat's long poll would keep a stopped process alive.
process.exit()
