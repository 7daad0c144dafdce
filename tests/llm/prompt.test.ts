import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { fillPrompt, readPrompt } from '../../src/llm/prompt.ts'
import { wireSchema } from '../../src/llm/wire-schema.ts'

const dir = mkdtempSync(join(tmpdir(), 'prompts-'))
const folder = pathToFileURL(`${dir}/`)
afterAll(() => rmSync(dir, { recursive: true }))

const prompt = {
  id: 'p',
  version: '1.10',
  answers: 'x',
  template: '类别:{{categories}}。{{ keep }} {"a":{"b":1}} {{categories}}',
}

test('a prompt file has front matter and text; the version stays as written', () => {
  writeFileSync(
    join(dir, 'p.md'),
    '\ufeff---\r\nid: p\r\nversion: 1.10\r\nanswers: what is said\r\n---\r\n\r\n第一行\r\n---\r\n第二行\r\n',
  )
  expect(readPrompt('p', folder)).toEqual({
    id: 'p',
    version: '1.10',
    answers: 'what is said',
    template: '第一行\n---\n第二行',
  })
})

test.each([
  ['没有头', /front matter/],
  ['---\nid: q\nversion: 1\n---\n文', /answers/],
  ['---\nid: q\nversion: 1\nanswers: x\nowner: me\n---\n文', /owner/],
  ['---\nid: other\nversion: 1\nanswers: x\n---\n文', /the id other/],
])('a wrong prompt file is refused by name: %j', (text, message) => {
  writeFileSync(join(dir, 'q.md'), text)
  expect(() => readPrompt('q', folder)).toThrow(message)
  expect(() => readPrompt('q', folder)).toThrow(/q\.md/)
})

test('names in double braces are replaced everywhere and nothing else is touched', () => {
  expect(fillPrompt(prompt, { categories: '电梯$1{{id}}' }).text).toBe(
    '类别:电梯$1{{id}}。{{ keep }} {"a":{"b":1}} 电梯$1{{id}}',
  )
})

test('a missing or an unused value throws', () => {
  expect(() => fillPrompt(prompt)).toThrow(/lacks a value for categories/)
  expect(() => fillPrompt(prompt, { categories: '', urgency: '' })).toThrow(/no place for urgency/)
})

test('the hash names the filled text', () => {
  const one = fillPrompt(prompt, { categories: '电梯' })
  expect(one).toMatchObject({ id: 'p', version: '1.10', hash: expect.stringMatching(/^[0-9a-f]{12}$/) })
  expect(fillPrompt(prompt, { categories: '电梯' }).hash).toBe(one.hash)
  expect(fillPrompt(prompt, { categories: '停水' }).hash).not.toBe(one.hash)
})

test('a schema with optional properties is refused before it is sent; needless bounds are not sent', () => {
  expect(() => wireSchema(z.object({ a: z.array(z.object({ b: z.string().optional() })) }))).toThrow(/b/)
  expect(JSON.stringify(wireSchema(z.object({ a: z.int(), minimum: z.int().min(1) })))).not.toMatch(
    /9007199254740991|\$schema/,
  )
})
