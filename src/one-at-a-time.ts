/**
 * Runs a piece of work never over itself. A call while it runs gets a run that begins after this one,
 * so that whatever the caller has just written down is seen; callers that wait for that run share it.
 */
export function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null
  let next: Promise<T> | null = null

  function run(): Promise<T> {
    next = null
    const own = work().finally(() => {
      if (running === own) running = null
    })
    running = own
    return own
  }

  return () => {
    if (!running) return run()
    next ??= running.then(run, run)
    return next
  }
}
