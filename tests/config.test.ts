import { describe, expect, test } from 'vitest'
import { loadConfig } from '../src/config.ts'

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
