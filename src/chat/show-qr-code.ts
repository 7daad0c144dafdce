import { rmSync, writeFileSync } from 'node:fs'
import { qrPng } from './qr-png.ts'

const REQUEST =
  '请用备用的实名微信号扫描下面的二维码,并在手机上点确认。' +
  '微信可能会提醒、限制甚至拒绝这样登录,所以不要用自己平时的号。'

/**
 * Draws the code to log in with, under a sentence saying who should scan it, and keeps it as a picture for those
 * who cannot see the terminal.
 */
export async function showQrCode(link: string, output: { write(text: string): unknown }, file?: string): Promise<void> {
  const { default: qrcode } = await import('qrcode-terminal')
  qrcode.generate(link, { small: true }, (picture) => output.write(`${REQUEST}\n${picture}\n`))
  if (!file) return
  writeFileSync(file, await qrPng(link), { mode: 0o600 })
  output.write(`看不清的话,二维码也在这个图片里:${file}\n`)
}

/** Takes the picture away: its code works no more. */
export function removeQrCode(file: string | undefined): void {
  if (file) rmSync(file, { force: true })
}
