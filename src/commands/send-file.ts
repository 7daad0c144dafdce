import { enqueue, enqueueFile } from '../outbox/outbox.ts'
import type { Asked } from './command.ts'

/**
 * Sends a made file to the committee, with a line of text before it.
 * @returns what is to be said instead where no file can be made, else null.
 */
export async function sendFile(
  { db, filesDir, now, log }: Asked,
  name: string,
  text: string,
  make: (filesDir: string) => Promise<string>,
): Promise<string | null> {
  if (filesDir === null) return `这里发不了文件,${name}请管电脑的人来做。`
  const path = await make(filesDir).catch((error: unknown) => {
    log.error({ err: error, name }, 'a file could not be made')
    return null
  })
  if (path === null) return `${name}没做成,请管电脑的人看看日志。`
  await enqueue(db, { room: 'committee', kind: 'reply', text }, now)
  await enqueueFile(db, { room: 'committee', kind: 'reply', text: name }, path, now)
  return null
}
