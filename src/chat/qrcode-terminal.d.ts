declare module 'qrcode-terminal' {
  const qrcode: { generate(text: string, options: { small: boolean }, done: (picture: string) => void): void }
  export = qrcode
}

declare module 'qrcode-terminal/vendor/QRCode/index.js' {
  class QRCode {
    constructor(type: number, level: number)
    addData(text: string): void
    make(): void
    getModuleCount(): number
    isDark(row: number, column: number): boolean
  }
  export = QRCode
}
