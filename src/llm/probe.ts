import { z } from 'zod'
import type { Request } from './llm.ts'
import { fillPrompt } from './prompt.ts'

const Found = z.object({ lines: z.array(z.int().min(1).max(3)), what: z.enum(['elevator', 'water', 'noise']) })
const TEMPLATE = `下面是群聊的三行。只有一行说的是居民遇到的问题。用 JSON 回答:lines 是那一行的行号,what 是哪一类问题。
例:[1] 08:00 U1: 早 / [2] 08:01 U2: 收到 / [3] 08:02 U3: 自来水停了 → {"lines":[3],"what":"water"}`

/** A tiny question whose right answer is known: it tells whether a way of asking really works. HTTP 200 proves nothing. */
export const PROBE: Request = {
  purpose: 'probe',
  prompt: fillPrompt({ id: 'probe', version: '1', answers: 'which line is a concern', template: TEMPLATE }),
  user: '[1] 08:00 U1: 大家早上好\n[2] 08:01 U2: 我们这栋的电梯又停了,麻烦来修\n[3] 08:02 U1: 今天菜场豌豆尖便宜',
  schema: Found,
  jsonSchemaName: 'probe',
  maxTokens: 200,
}

/** Whether an answer to `PROBE` is the right one. */
export function isRight(value: unknown): boolean {
  const found = Found.safeParse(value).data
  return found?.what === 'elevator' && found.lines.length === 1 && found.lines[0] === 2
}
