import { explain } from './cli/explain.ts'
import { buildProgram } from './cli/program.ts'

try {
  await buildProgram().parseAsync()
} catch (error) {
  const { text, exitCode, isFault } = explain(error)
  process.stderr.write(`${text}\n`)
  if (isFault) await keepFault(error)
  process.exitCode = exitCode
}
// WeChat's long poll would keep a stopped process alive.
process.exit()

async function keepFault(error: unknown): Promise<void> {
  try {
    const { logFault } = await import('./cli/log-fault.ts')
    process.stderr.write(`详细情况在 ${logFault(error)} 里。\n`)
  } catch {
    process.stderr.write('详细情况也没能写进日志。\n')
  }
}
