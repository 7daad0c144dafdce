/** How a provider wants to be asked: what switches thinking off, and whether it takes a temperature. */
export type Manners = { extra: Readonly<Record<string, unknown>>; takesTemperature: boolean }

const NO_THINKING = { thinking: { type: 'disabled' } }
const PLAIN: Manners = { extra: {}, takesTemperature: true }
const PROVIDERS: { host: RegExp; model: RegExp; manners: Manners }[] = [
  { host: /(?:^|\.)deepseek\.com$/u, model: /deepseek/iu, manners: { extra: NO_THINKING, takesTemperature: true } },
  { host: /dashscope/u, model: /qwen|qwq/iu, manners: { extra: { enable_thinking: false }, takesTemperature: true } },
  { host: /(?:^|\.)(?:bigmodel\.cn|z\.ai)$/u, model: /glm/iu, manners: { extra: NO_THINKING, takesTemperature: true } },
  {
    host: /(?:^|\.)(?:moonshot\.(?:cn|ai)|kimi\.com)$/u,
    model: /kimi|moonshot/iu,
    manners: { extra: NO_THINKING, takesTemperature: false },
  },
]
const ASKED_PLAINLY = /^(?:localhost|127\.[\d.]+|\[::1\]|(?:.+\.)?openai\.com|.+\.openai\.azure\.com)$/u

/** Known by its host, else by the model's name (gateways); this machine and OpenAI itself are asked plainly. */
export function mannersOf(baseUrl: string, model: string): Manners {
  const host = hostOf(baseUrl)
  if (ASKED_PLAINLY.test(host)) return PLAIN
  const provider =
    PROVIDERS.find((known) => known.host.test(host)) ?? PROVIDERS.find((known) => known.model.test(model))
  return provider?.manners ?? PLAIN
}

function hostOf(baseUrl: string): string {
  return URL.parse(baseUrl)?.hostname ?? ''
}
