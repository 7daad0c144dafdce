import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fails, hears, ScriptedEndpoint, says } from '../llm/scripted-endpoint.ts'

const ROOT = resolve(import.meta.dirname, '../..')
// Each test starts processes, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

let folder: string
let endpoint: ScriptedEndpoint

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'senses-'))
  endpoint = await ScriptedEndpoint.start()
})
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true })
  await endpoint.close()
})

/** What a command prints with an ear and an eye switched on, or with the environment given. */
function run(args: string[], more?: Record<string, string>): Promise<string> {
  const senses = {
    SPEECH_BASE_URL: endpoint.baseUrl,
    SPEECH_MODEL: 'hears',
    VISION_BASE_URL: endpoint.baseUrl,
    VISION_MODEL: 'sees',
  }
  const env = { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'error', ...(more ?? senses) }
  return new Promise((done) => {
    execFile(process.execPath, ['src/start.js', ...args], { cwd: ROOT, env }, (_, out) => done(out))
  })
}

test('the start says what leaves the house and where it goes, and nothing when nothing does', async () => {
  const host = new URL(endpoint.baseUrl).host
  const out = await run(['start', '--empty'])
  expect(out).toContain(`微信群里的语音会原样发往 ${host} 转成文字`)
  expect(out).toContain(`居民群里的图片会原样发往 ${host} 转成文字`)
  expect(await run(['start', '--empty'], {})).toBe('台账是空的。\n')
})

test('the doctor sends both a known file and says what came of it', async () => {
  endpoint.enqueue(hears(''), says({ color: '红' }))
  const out = await run(['doctor'])
  expect(out).toContain('✓ 听语音:hears 收下了检查用的声音')
  expect(out).toContain('✓ 看图片:sees 认出了检查用的图')
  expect(out).toContain('都正常。')
  expect(endpoint.requests.map(({ path }) => path)).toEqual(['/v1/audio/transcriptions', '/v1/chat/completions'])
})

test('the doctor finds an ear with a wrong key and an eye that is blind', async () => {
  endpoint.enqueue(fails(401, 'Incorrect API key provided'), says({ color: '看不到图片' }))
  const out = await run(['doctor'])
  expect(out).toMatch(/✗ 听语音:hears 要人来管:钥匙\(SPEECH_API_KEY\)/)
  expect(out).toMatch(/✗ 看图片:sees 要人来管:钥匙\(VISION_API_KEY\)/)
})

test('the doctor says that both are off', async () => {
  const out = await run(['doctor'], {})
  expect(out).toContain('✓ 听语音:没有打开,语音只计数')
  expect(out).toContain('✓ 看图片:没有打开,图片只计数')
})
