import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readPrompt } from '../../src/llm/prompt.ts'

const PROMPTS = join(import.meta.dirname, '../../prompts')

test('every prompt stands in the table of versions with the hash it was measured with', () => {
  const table = readFileSync(join(PROMPTS, 'README.md'), 'utf8')
  const files = readdirSync(PROMPTS).filter((file) => file.endsWith('.md') && file !== 'README.md')
  const missing = files.flatMap((file) => {
    const { id, version } = readPrompt(file.replace('.md', ''))
    const hash = createHash('sha256')
      .update(readFileSync(join(PROMPTS, file)))
      .digest('hex')
      .slice(0, 12)
    return table.includes(`| ${id} | ${version} | ${hash} |`) ? [] : [`${id} ${version} ${hash}`]
  })
  expect(files.length).toBeGreaterThan(0)
  expect(missing, 'a prompt changed: raise its version, measure it, and add its row to prompts/README.md').toEqual([])
})

test('every prompt says JSON, which some endpoints want to read before they answer with it', () => {
  const files = readdirSync(PROMPTS).filter((file) => file.endsWith('.md') && file !== 'README.md')
  for (const file of files) expect(readPrompt(file.replace('.md', '')).template, file).toMatch(/JSON/)
})
