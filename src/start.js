// Plain JavaScript that any Node can run: the rest of the program is TypeScript as it stands and needs Node 24.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  console.error(
    `需要 Node 24 以上,现在是 ${process.version}。请在本文件夹里先运行 npm ci(它会带来合适的 Node),再用 npm start 启动。`,
  )
  process.exit(2)
}
await import('./main.ts')
