import type { MediaKind } from '../../../db/schema.ts'
import { FileGone, MOST_BYTES } from '../chat.ts'
import type { Wechat4u } from './insides.ts'

const CALLS = { voice: 'API_webwxgetvoice', image: 'API_webwxgetmsgimg' } as const
const GONE = new Set([404, 410])

/**
 * Fetches the file of a voice message or picture by the id of its message alone, so that it can still be had after a
 * restart. @throws FileGone when it is not there or too large, else an error without the keys of the session.
 */
export async function fetchFile(wechat4u: Wechat4u, id: string, kind: MediaKind): Promise<Buffer> {
  const most = MOST_BYTES[kind]
  try {
    const { data } = await wechat4u.request({
      method: 'GET',
      url: wechat4u.CONF[CALLS[kind]]!,
      params: { MsgID: id, skey: wechat4u.PROP.skey, ...(kind === 'image' ? { type: 'big' } : {}) },
      responseType: 'arraybuffer',
      maxContentLength: most,
    })
    const bytes = Buffer.from(data as ArrayBuffer)
    if (bytes.length === 0) throw new Error('the server sent nothing')
    return bytes
  } catch (error) {
    throw plain(error as HttpError, most)
  }
}

type HttpError = Error & { code?: string; response?: { status?: number } }

function plain({ message, code, response }: HttpError, most: number): Error {
  if (message.includes('maxContentLength')) return new FileGone(`the file is larger than ${most} bytes`)
  if (GONE.has(response?.status ?? 0)) return new FileGone(`the server has no such file (${response?.status})`)
  return new Error(['the file could not be fetched:', message, code].filter(Boolean).join(' '))
}
