import { existsSync, readFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { UserError } from './errors.ts'

const blankIsMissing = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value)
const text = (fallback: string) => z.preprocess(blankIsMissing, z.string().trim().default(fallback))
const optional = z.preprocess(blankIsMissing, z.string().trim().optional())

const address = z.preprocess(blankIsMissing, z.url('不是一个网址,例:https://api.example.com/v1').optional())
const WAIT_RULE = '要是 5 到 86400 之间的秒数'
const DAY_RULE = '要是 3 到 28 之间的一天'

const Environment = z.object({
  CHAT: z.preprocess(blankIsMissing, z.enum(['terminal', 'wechat'], '只能是 terminal 或 wechat').default('terminal')),
  WECHATY_PUPPET: text('wechaty-puppet-wechat4u'),
  BOT_NAME: text('小助手'),
  ASK_IN: z.preprocess(
    blankIsMissing,
    z.enum(['members', 'committee'], '只能是 members 或 committee').default('members'),
  ),
  PARTY_DAY: z.preprocess(
    blankIsMissing,
    z.coerce.number(DAY_RULE).int(DAY_RULE).min(3, DAY_RULE).max(28, DAY_RULE).default(10),
  ),
  DATA_DIR: text('data'),
  LLM_BASE_URL: address,
  LLM_API_KEY: optional,
  LLM_MODEL: optional,
  LLM_TIMEOUT_SECONDS: z.preprocess(
    blankIsMissing,
    z.coerce.number(WAIT_RULE).int(WAIT_RULE).min(5, WAIT_RULE).max(86_400, WAIT_RULE).default(60),
  ),
  SPEECH_BASE_URL: address,
  SPEECH_API_KEY: optional,
  SPEECH_MODEL: optional,
  VISION_BASE_URL: address,
  VISION_API_KEY: optional,
  VISION_MODEL: optional,
  ALERT_WEBHOOK_URL: z.preprocess(blankIsMissing, z.url('不是一个网址').optional()),
  LOG_LEVEL: z.preprocess(
    blankIsMissing,
    z.enum(['debug', 'info', 'warn', 'error'], '只能是 debug、info、warn 或 error').default('info'),
  ),
})

export type LlmConfig = { baseUrl: string; apiKey: string; model: string; timeoutMs: number }

export type Config = {
  chat: 'terminal' | 'wechat'
  puppet: string
  botName: string
  /** In which room unclear places are asked about. */
  askIn: 'members' | 'committee'
  /** The day of the month of the 主题党日; the monthly pack is made two days before. */
  partyDay: number
  dataDir: string
  /** Null when no model is configured: the keyword rules read. */
  llm: LlmConfig | null
  /** Who hears voice messages; null: nobody, and none leaves the house. */
  speech: LlmConfig | null
  /** Who looks at pictures; null: nobody, and none leaves the house. */
  vision: LlmConfig | null
  /** Gets what the operator should know, as a small JSON. */
  alertWebhook: string | null
  logLevel: string
}

/**
 * Reads the configuration from the environment and `.env`; the one place that looks at either.
 * @throws UserError that lists every problem at once.
 */
export function loadConfig(environment: NodeJS.ProcessEnv = withEnvFile()): Config {
  const parsed = Environment.safeParse(environment)
  const problems = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}:${message}`)
  const values = parsed.data
  if (values && (values.LLM_BASE_URL !== undefined) !== (values.LLM_MODEL !== undefined)) {
    problems.push('LLM_BASE_URL 和 LLM_MODEL 要一起填,或者都不填')
  }
  problems.push(...(values ? [...senseProblems(values, 'SPEECH'), ...senseProblems(values, 'VISION')] : []))
  if (!values || problems.length > 0)
    throw new UserError(`配置有问题,请改 .env:\n${problems.map((line) => `- ${line}`).join('\n')}`)
  return {
    chat: values.CHAT,
    puppet: values.WECHATY_PUPPET,
    botName: values.BOT_NAME,
    askIn: values.ASK_IN,
    partyDay: values.PARTY_DAY,
    dataDir: values.DATA_DIR,
    llm: endpointOf(values, 'LLM'),
    speech: endpointOf(values, 'SPEECH'),
    vision: endpointOf(values, 'VISION'),
    alertWebhook: values.ALERT_WEBHOOK_URL ?? null,
    logLevel: values.LOG_LEVEL,
  }
}

/** The text of a `.env` as any editor saves it in UTF-8. @throws UserError for any other encoding. */
export function readEnvFile(file: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
    if (!text.includes('\0')) return text
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
  }
  throw new UserError(`${file} 不是 UTF-8 编码,读不懂。请用记事本打开它,另存为 UTF-8 再试。`)
}

/** What in the text of a `.env` looks wrong: names this project does not know, lines that set nothing; one Chinese line each. */
export function envHints(text: string): string[] {
  const unknown = Object.keys(parseEnv(text)).filter((key) => !(key in Environment.shape))
  const lines = text.split(/\r\n?|\n/u).map((line, index) => ({ line: line.trim(), no: index + 1 }))
  const idle = lines.filter(({ line }) => line !== '' && !line.startsWith('#') && !line.includes('='))
  return [
    ...unknown.map((key) => `.env 里的 ${key} 不认识:是不是写错了`),
    ...idle.map(({ no }) => `.env 第${no}行看不懂,没有用上`),
  ]
}

type Values = z.infer<typeof Environment>

/** An ear or an eye is switched on by its model; by itself it uses the endpoint of the reader, and then its key, too. */
function endpointOf(values: Values, name: 'LLM' | 'SPEECH' | 'VISION'): LlmConfig | null {
  const own = values[`${name}_BASE_URL`]
  const baseUrl = own ?? values.LLM_BASE_URL
  const model = values[`${name}_MODEL`]
  if (model === undefined || baseUrl === undefined) return null
  const key = values[`${name}_API_KEY`] ?? (own === undefined ? values.LLM_API_KEY : undefined)
  // A server on this machine needs no key, but the client wants one.
  return { baseUrl, apiKey: key ?? 'none', model, timeoutMs: values.LLM_TIMEOUT_SECONDS * 1000 }
}

function senseProblems(values: Values, name: 'SPEECH' | 'VISION'): string[] {
  const [address, model] = [values[`${name}_BASE_URL`], values[`${name}_MODEL`]]
  if (model === undefined && (address ?? values[`${name}_API_KEY`]) !== undefined) return [`还要填 ${name}_MODEL`]
  if (model !== undefined && (address ?? values.LLM_BASE_URL) === undefined) return [`还要填 ${name}_BASE_URL`]
  return []
}

function withEnvFile(): NodeJS.ProcessEnv {
  const said = existsSync('.env') ? parseEnv(readEnvFile('.env')) : {}
  for (const [key, value] of Object.entries(said)) process.env[key] ??= value
  return process.env
}
