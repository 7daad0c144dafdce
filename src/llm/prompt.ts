import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

/** A prompt as it stands in `prompts/`. */
export type Prompt = { id: string; version: string; answers: string; template: string }

/** A prompt ready to be sent. `hash` names the very bytes of `text`. */
export type FilledPrompt = { id: string; version: string; hash: string; text: string }

const PROMPTS = new URL('../../prompts/', import.meta.url)
const FrontMatter = z.strictObject({ id: z.string().min(1), version: z.string().min(1), answers: z.string().min(1) })
const PARTS = /^---\n(?<head>.*?)\n---\n(?<template>.*)$/su
const BLANK = /\{\{(?<name>[A-Za-z]\w*)\}\}/gu
const HASH_LENGTH = 12

/**
 * Reads `prompts/ID.md`: YAML front matter with id, version and answers (what it answers), then the text.
 * @throws Error naming the file when it is missing, or its front matter is wrong or has another id.
 */
export function readPrompt(id: string, folder: URL = PROMPTS): Prompt {
  const file = new URL(`${id}.md`, folder)
  const parts = PARTS.exec(
    readFileSync(file, 'utf8')
      .replace(/^\ufeff/u, '')
      .replaceAll('\r\n', '\n'),
  )?.groups
  if (!parts) throw new Error(`${file} does not begin with front matter between two lines of ---`)
  const head = FrontMatter.safeParse(parse(parts.head!, { schema: 'failsafe' }))
  if (!head.success) throw new Error(`the front matter of ${file}: ${z.prettifyError(head.error)}`)
  if (head.data.id !== id) throw new Error(`${file} has the id ${head.data.id}`)
  return { ...head.data, template: parts.template!.trim() }
}

/**
 * Puts values in the place of `{{name}}`, once and nothing else; what a value holds is not looked at again.
 * Chat text never comes this way.
 * @throws Error on a name without a value, or a value whose name does not occur.
 */
export function fillPrompt(
  { id, version, template }: Prompt,
  values: Readonly<Record<string, string>> = {},
): FilledPrompt {
  const names = new Set([...template.matchAll(BLANK)].map((match) => match.groups!.name!))
  const missing = [...names].filter((name) => !Object.hasOwn(values, name))
  const unused = Object.keys(values).filter((name) => !names.has(name))
  if (missing.length > 0) throw new Error(`the prompt ${id} lacks a value for ${missing.join(', ')}`)
  if (unused.length > 0) throw new Error(`the prompt ${id} has no place for ${unused.join(', ')}`)
  const text = template.replace(BLANK, (_, name: string) => values[name]!)
  return { id, version, hash: createHash('sha256').update(text).digest('hex').slice(0, HASH_LENGTH), text }
}
