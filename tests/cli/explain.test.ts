import { mkdtempSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { explain } from '../../src/cli/explain.ts'

test('a place that cannot be written to is named, and is for the operator to put right', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'explain-')), 'file')
  writeFileSync(file, '')
  const error = await mkdir(join(file, 'data'), { recursive: true }).catch((thrown: unknown) => thrown)
  expect(explain(error)).toMatchObject({ exitCode: 2, text: expect.stringContaining(`这个位置用不了:${file}`) })
})

test('a fault of the program is no fault of the operator', () => {
  expect(explain(new Error('x is not a function')).exitCode).toBe(1)
})
