type Output = { write(text: string): unknown; isTTY?: boolean }

const WIDTH = 24
const NO_TTY_STEPS = 4

/** A progress bar on a terminal; elsewhere a line at every quarter. */
export function progressBar(label: string, output: Output = process.stderr): (done: number, all: number) => void {
  let lastStep = 0
  return (done, all) => {
    if (output.isTTY) {
      const filled = all === 0 ? WIDTH : Math.round((done / all) * WIDTH)
      output.write(
        `\r${label} [${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)}] ${done}/${all}${done >= all ? '\n' : ''}`,
      )
      return
    }
    const step = all === 0 ? NO_TTY_STEPS : Math.floor((done / all) * NO_TTY_STEPS)
    if (step > lastStep) output.write(`${label} ${done}/${all}\n`)
    lastStep = step
  }
}
