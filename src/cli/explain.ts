import { CommanderError } from 'commander'
import { UserError } from '../errors.ts'

const UNUSABLE = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST']

/** `isFault`: nothing the operator could put right; the log should hold it. */
type Explained = { text: string; exitCode: number; isFault?: true }

/** What the operator reads when something went wrong, and how the process ends: 2 for input that can be put right. */
export function explain(error: unknown): Explained {
  if (error instanceof CommanderError) return { text: '', exitCode: error.exitCode === 0 ? 0 : 2 }
  if (error instanceof UserError) return { text: error.message, exitCode: 2 }
  const code = (error as { code?: string } | null)?.code ?? ''
  if (code === 'SQLITE_FULL' || code === 'ENOSPC')
    return { text: '磁盘满了,记不下了。请腾出地方再启动。', exitCode: 75 }
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return { text: '数据库文件坏了,请用备份恢复,或把资料夹里的 ledger.sqlite 移开再启动。', exitCode: 1 }
  }
  if (code === 'EISDIR') return { text: '要给一个文件,您给的是文件夹。', exitCode: 2 }
  const { path: place, syscall } = (error ?? {}) as { path?: string; syscall?: string }
  if (place !== undefined && (UNUSABLE.includes(code) || (code === 'ENOENT' && syscall === 'mkdir')))
    return {
      text: `这个位置用不了:${place}\n请换一个位置(资料夹在 .env 的 DATA_DIR 里改),或看看有没有写的权限。`,
      exitCode: 2,
    }
  const message = error instanceof Error ? error.message : String(error)
  return { text: `程序出了问题:${message}`, exitCode: 1, isFault: true }
}
