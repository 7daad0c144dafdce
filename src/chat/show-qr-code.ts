const REQUEST =
  '请用备用的实名微信号扫描下面的二维码,并在手机上点确认。' +
  '微信可能会提醒、限制甚至拒绝这样登录,所以不要用自己平时的号。'

/** Draws the code to log in with, under a sentence saying who should scan it. */
export async function showQrCode(link: string, output: { write(text: string): unknown }): Promise<void> {
  const { default: qrcode } = await import('qrcode-terminal')
  qrcode.generate(link, { small: true }, (picture) => output.write(`${REQUEST}\n${picture}\n`))
}
