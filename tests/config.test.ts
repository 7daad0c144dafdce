import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { envHints, loadConfig, readEnvFile } from '../src/config.ts'

const LLM = { LLM_BASE_URL: 'https://llm.example/v1', LLM_API_KEY: 'key-of-the-llm', LLM_MODEL: 'reads' }

describe('ears and eyes', () => {
  test('are off by default, whatever the reader is', () => {
    expect(loadConfig({})).toMatchObject({ llm: null, speech: null, vision: null })
    expect(loadConfig(LLM)).toMatchObject({ llm: { model: 'reads' }, speech: null, vision: null })
  })

  test('use the endpoint and the key of the reader when only their model is given', () => {
    const { speech, vision } = loadConfig({ ...LLM, SPEECH_MODEL: 'hears', VISION_MODEL: 'sees' })
    const same = { baseUrl: 'https://llm.example/v1', apiKey: 'key-of-the-llm', timeoutMs: 60_000 }
    expect(speech).toEqual({ ...same, model: 'hears' })
    expect(vision).toEqual({ ...same, model: 'sees' })
  })

  test('never take the key of the reader to another host', () => {
    const own = { SPEECH_BASE_URL: 'https://speech.example/v1', SPEECH_MODEL: 'hears' }
    expect(loadConfig({ ...LLM, ...own }).speech).toMatchObject({ baseUrl: own.SPEECH_BASE_URL, apiKey: 'none' })
    expect(loadConfig({ ...LLM, ...own, SPEECH_API_KEY: 'own' }).speech!.apiKey).toBe('own')
  })

  test('work without a reader', () => {
    const own = { VISION_BASE_URL: 'http://127.0.0.1:8000/v1', VISION_MODEL: 'sees' }
    expect(loadConfig(own)).toMatchObject({ llm: null, vision: { model: 'sees', apiKey: 'none' } })
  })

  test.each([
    [{ SPEECH_MODEL: 'hears' }, '还要填 SPEECH_BASE_URL'],
    [{ VISION_BASE_URL: 'https://vision.example/v1' }, '还要填 VISION_MODEL'],
    [{ VISION_API_KEY: 'own' }, '还要填 VISION_MODEL'],
    [{ SPEECH_BASE_URL: 'speech', SPEECH_MODEL: 'hears' }, 'SPEECH_BASE_URL:不是一个网址'],
  ])('say what is missing: %o', (environment, problem) => {
    expect(() => loadConfig(environment)).toThrow(problem)
  })
})

test.each([
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL:只能是 debug、info、warn 或 error'],
  [{ LLM_TIMEOUT_SECONDS: '0' }, 'LLM_TIMEOUT_SECONDS:要是 5 到 86400 之间的秒数'],
  [{ LLM_TIMEOUT_SECONDS: '一分钟' }, 'LLM_TIMEOUT_SECONDS:要是 5 到 86400 之间的秒数'],
])('a value that does not fit is answered in Chinese: %o', (environment, problem) => {
  expect(() => loadConfig(environment)).toThrow(problem)
})

describe('the .env file', () => {
  let file: string
  beforeEach(() => {
    file = join(mkdtempSync(join(tmpdir(), 'env-')), '.env')
  })
  afterEach(() => rmSync(join(file, '..'), { recursive: true }))

  test('may begin with the mark that Notepad writes', () => {
    writeFileSync(file, '\ufeffCHAT=wechat\r\nDATA_DIR=ours\r\n')
    expect(parseEnv(readEnvFile(file))).toEqual({ CHAT: 'wechat', DATA_DIR: 'ours' })
  })

  test.each([
    ['UTF-16', Buffer.from('\ufeffCHAT=wechat', 'utf16le')],
    ['UTF-16 without a mark', Buffer.from('CHAT=wechat', 'utf16le')],
    ['GBK', Uint8Array.of(0xd7, 0xde, 0xd2, 0xcc)],
  ])('in %s is refused with a sentence', (_, bytes) => {
    writeFileSync(file, bytes)
    expect(() => readEnvFile(file)).toThrow('不是 UTF-8 编码')
  })

  test('has its idle names and lines named', () => {
    expect(envHints('# 说明\nCHAT=wechat\nLLM_MODELL=x\n大模型用这个\n')).toEqual([
      '.env 里的 LLM_MODELL 不认识:是不是写错了',
      '.env 第4行看不懂,没有用上',
    ])
  })

  test('that comes as an example has none', () => {
    expect(envHints(readEnvFile('.env.example'))).toEqual([])
  })
})
