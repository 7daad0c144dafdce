import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ChatMessage } from '../../src/chat/chat.ts'
import { readTranscript } from '../../src/chat/transcript.ts'
import { type Gold, parseGold } from '../../src/eval/score-gold.ts'

const CHATS = join(import.meta.dirname, 'chats')

export type AnnotatedChat = { name: string; messages: ChatMessage[]; gold: Gold }

/** The annotated chats of a folder of tests/eval/chats. Those of `attacked` come twice: as they are, and without their attacks. */
export function chatsOf(folder: string): AnnotatedChat[] {
  const files = readdirSync(join(CHATS, folder)).filter((file) => file.endsWith('.chat.jsonl'))
  return files.flatMap((file) => {
    const name = file.replace('.chat.jsonl', '')
    const goldFile = join(CHATS, folder, `${name}.gold.json`)
    const gold = parseGold(readFileSync(goldFile, 'utf8'), goldFile)
    const messages = readTranscript(join(CHATS, folder, file))
    if (folder !== 'attacked') return [{ name, messages, gold }]
    const clean = messages.filter(({ id }) => !gold.injections.includes(id))
    return [
      { name, messages, gold },
      { name: `${name}.clean`, messages: clean, gold: { ...gold, injections: [] } },
    ]
  })
}

/** Where the recorded answers of a chat are kept. */
export function recordingFile(name: string): string {
  return join(import.meta.dirname, 'recordings', `${name}.jsonl`)
}

/** The lines of a file of JSON lines; none when it is missing. */
export function jsonLines<T>(file: string): T[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}
