import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const ORDER = [
  ...[
    'db',
    'clock',
    'errors',
    'config',
    'log',
    'operator',
    'storage-trouble',
    'one-at-a-time',
    'retry',
    'trouble',
    'settings',
    'privacy',
    'chat',
    'llm',
    'roster',
    'people',
    'concerns',
    'media',
  ],
  ...[
    'casework',
    'outbox',
    'intake',
    'digest',
    'outputs',
    'commands',
    'schedule',
    'bot',
    'replay',
    'eval',
    'cli',
    'main',
  ],
]
const root = resolve(import.meta.dirname, '..')

test('a folder imports only what stands to its left', () => {
  const wrong = sources().flatMap((file) =>
    importsOf(file)
      .filter((target) => rank(target) > rank(file) || rank(target) < 0)
      .map((target) => `${file} imports ${target}`),
  )
  expect(wrong).toEqual([])
})

test('every source file has its place in the order', () => {
  expect(sources().filter((file) => rank(file) < 0)).toEqual([])
})

function sources(): string[] {
  const files = ['src', 'db'].flatMap((dir) =>
    readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' }).map((file) => join(dir, file)),
  )
  return files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const targets = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((match) => match[1]!)
  return targets.map((target) => relative(root, resolve(root, file, '..', target)))
}

function rank(file: string): number {
  const [top, second] = file.split('/')
  return ORDER.indexOf(top === 'db' ? 'db' : second!.replace(/\.ts$/, ''))
}
