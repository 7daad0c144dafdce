import { SendRefused } from './chat.ts'

const TOO_FREQUENT = 1205
const NOT_UPLOADED = '上传媒体文件失败'
const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'])

type HttpError = Error & {
  tips?: string
  code?: string
  config?: unknown
  response?: { data?: { BaseResponse?: { Ret?: number } } }
}

/**
 * What to throw for a failed sending: a refusal where the text certainly did not arrive, else an error that leaves
 * it open. Requests and answers are not kept as cause: they carry the session's keys and the text.
 */
export function sendingError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { code, config, response, message, tips } = error as HttpError
  const answer = response?.data?.BaseResponse?.Ret
  if (code === 'ERR_ASSERTION' && answer !== undefined) {
    return new SendRefused(`WeChat refused the message with code ${answer}`, answer === TOO_FREQUENT ? 3600 : 600)
  }
  if (code && UNREACHABLE.has(code)) return new SendRefused(`WeChat is unreachable: ${code}`, 60)
  if (tips === NOT_UPLOADED) return new SendRefused(`the file could not be handed to WeChat: ${code ?? message}`, 60)
  return config || response ? new Error(`WeChat gave no clear answer: ${code ?? message}`) : error
}
