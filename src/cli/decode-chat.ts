import { UserError } from '../errors.ts'

/** GB18030 is what Notepad and WPS write in China, and holds GBK. */
const ENCODINGS = ['utf-8', 'gb18030']

/** The text of a file as UTF-8, else as GB18030. @throws UserError when it is neither. */
export function decodeChat(bytes: Uint8Array): string {
  for (const encoding of ENCODINGS) {
    const text = decode(bytes, encoding)
    if (text !== null && !text.includes('\0')) return text
  }
  throw new UserError('看不懂这个文件的文字,什么都没有导入。请用记事本打开它,另存为 UTF-8 编码的文本再试。')
}

function decode(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
