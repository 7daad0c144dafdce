import { NotAccepted, SendRefused } from './chat.ts'

const TOO_FREQUENT = 1205
/** The session is over; nothing will be accepted until the next login. */
const OVER = new Set([-1, 3, 1100, 1101, 1102])
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
    const text = `WeChat refused the message with code ${answer}`
    if (answer === TOO_FREQUENT) return new SendRefused(text, 3600)
    return OVER.has(answer) ? new SendRefused(text, 60) : new NotAccepted(text, 600)
  }
  if (code && UNREACHABLE.has(code)) return new SendRefused(`WeChat is unreachable: ${code}`, 60)
  if (tips === NOT_UPLOADED) return new NotAccepted(`the file could not be handed to WeChat: ${code ?? message}`, 60)
  return config || response ? new Error(`WeChat gave no clear answer: ${code ?? message}`) : error
}
