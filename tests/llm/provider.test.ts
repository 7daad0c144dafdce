import { expect, test } from 'vitest'
import { bodyOf } from '../../src/llm/body.ts'
import { FIRST_TERMS } from '../../src/llm/ladder.ts'
import { QUESTION } from './asking.ts'

const disabled = { thinking: { type: 'disabled' } }

test.each([
  ['https://api.deepseek.com', 'deepseek-v4-flash', { ...disabled, temperature: 0 }],
  ['https://dashscope.aliyuncs.com/compatible-mode/v1', 'qwen-flash', { enable_thinking: false, temperature: 0 }],
  ['https://dashscope.aliyuncs.com/compatible-mode/v1', 'deepseek-v4', { enable_thinking: false, temperature: 0 }],
  ['https://open.bigmodel.cn/api/paas/v4', 'glm-5', { ...disabled, temperature: 0 }],
  ['https://api.z.ai/api/paas/v4', 'glm-5', { ...disabled, temperature: 0 }],
  ['https://api.moonshot.cn/v1', 'kimi-k3', disabled],
  ['https://gateway.example.com/v1', 'Qwen/Qwen3-32B', { enable_thinking: false, temperature: 0 }],
  ['https://gateway.example.com/v1', 'moonshotai/Kimi-K3', disabled],
  ['https://gateway.example.com/v1', 'some-model', { temperature: 0 }],
  ['https://api.openai.com/v1', 'gpt-5', { temperature: 0 }],
  ['http://127.0.0.1:8765/v1', 'by-hand', { temperature: 0 }],
  ['http://localhost:8000/v1', 'qwen3', { temperature: 0 }],
])('%s %s is asked in its own manner', (baseUrl, model, manner) => {
  const {
    messages: _,
    response_format: __,
    max_tokens: ___,
    model: ____,
    ...rest
  } = bodyOf(QUESTION, FIRST_TERMS, { baseUrl, model })
  expect(rest).toEqual(manner)
})

test('vLLM is told about thinking only if so configured', () => {
  const extraBody = { chat_template_kwargs: { enable_thinking: false } }
  const body = bodyOf(QUESTION, FIRST_TERMS, { baseUrl: 'http://127.0.0.1:8000/v1', model: 'qwen3', extraBody })
  expect(body).toMatchObject(extraBody)
})
