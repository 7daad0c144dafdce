import { Command } from 'commander'
import { loadConfig } from '../config.ts'

/** The operator's command line: `npm start`, and what stands beside it. */
export function buildProgram(): Command {
  const program = new Command('npm run cli --')
    .description('居民诉求小助手')
    .helpOption('-h, --help', '看说明')
    .helpCommand(false)
    .configureOutput({ outputError: (text, write) => write(inChinese(text)) })
    .exitOverride()

  program
    .command('start', { isDefault: true })
    .description('启动小助手(没有配置时在终端里,带示例的一周)')
    .option('--empty', '不放示例,从空台账开始', false)
    .action(async ({ empty }) => {
      const { start } = await import('./start.ts')
      await start(loadConfig(), { isEmpty: empty })
    })
  program
    .command('replay')
    .description('把一份聊天记录(.chat.jsonl)读进台账')
    .argument('<file>', '聊天记录文件')
    .action(async (file) => {
      const { replayFile } = await import('./replay-file.ts')
      await replayFile(loadConfig(), file)
    })
  program
    .command('import')
    .description('导入从微信里复制出来的聊天(昵称 2026/5/18 21:07,下一行是话)')
    .argument('<file>', '存着聊天的文本文件')
    .action(async (file) => {
      const { importPasted } = await import('./import-pasted.ts')
      await importPasted(loadConfig(), file)
    })
  program
    .command('keep')
    .description('一直守着小助手:停了就再启动')
    .action(async () => {
      const { keep } = await import('./keep.ts')
      const tell = (text: string) => process.stderr.write(`${text}\n`)
      const args = [...process.execArgv, process.argv[1]!, 'start']
      process.exitCode = await keep({ command: process.execPath, args, tell })
    })
  program
    .command('roster')
    .description('导入名册(一个文件夹里的六张 CSV)')
    .argument('<dir>', '名册文件夹')
    .option('--yes', '不再询问,直接导入', false)
    .action(async (dir, { yes }) => {
      const { importRoster } = await import('./import-roster.ts')
      await importRoster(loadConfig(), dir, { isAgreed: yes })
    })
  program
    .command('digest')
    .description('看一周的汇总(不发到群里)')
    .option('--week <date>', '那一周里的任何一天,例:2026-05-20')
    .action(async ({ week }) => {
      const { showDigest } = await import('./show-digest.ts')
      await showDigest(loadConfig(), week)
    })
  program
    .command('eval')
    .description('用带标注的聊天量一量读得准不准')
    .requiredOption('--chats <dir>', '放 NAME.chat.jsonl 和 NAME.gold.json 的文件夹')
    .requiredOption('--out <file>', '结果写到哪个 JSON 文件')
    .action(async ({ chats, out }) => {
      const { evaluate } = await import('./evaluate.ts')
      await evaluate(loadConfig(), { chats, out })
    })
  program
    .command('backup')
    .description('把全部资料备份成一个文件')
    .argument('<file>', '备份文件')
    .action(async (file) => {
      const { backUp } = await import('./keep-safe.ts')
      await backUp(loadConfig(), file)
    })
  program
    .command('restore')
    .description('用备份恢复(先停掉小助手)')
    .argument('<file>', '备份文件')
    .action(async (file) => {
      const { restore } = await import('./keep-safe.ts')
      await restore(loadConfig(), file)
    })
  program
    .command('purge')
    .description('清空30天前、不属于任何诉求的闲话')
    .option('--dry-run', '只数一数,不改', false)
    .action(async ({ dryRun }) => {
      const { purge } = await import('./keep-safe.ts')
      await purge(loadConfig(), { isDry: dryRun })
    })
  program
    .command('audit')
    .description('谁问过什么')
    .action(async () => {
      const { audit } = await import('./keep-safe.ts')
      await audit(loadConfig())
    })
  program
    .command('contacts')
    .description('一件诉求找谁:电话只在这里看')
    .argument('<number>', '几号')
    .action(async (number) => {
      const { contacts } = await import('./keep-safe.ts')
      await contacts(loadConfig(), number)
    })
  program
    .command('ledger')
    .description('把整本台账写成表格(.xlsx),里面没有电话')
    .argument('<file>', '表格文件,例:台账.xlsx')
    .action(async (file) => {
      const { writeLedger } = await import('./write-files.ts')
      await writeLedger(loadConfig(), file)
    })
  program
    .command('contacts-file')
    .description('没办完的事找谁、电话多少,写成表格(.xlsx);只给管电脑的人')
    .argument('<file>', '表格文件,例:电话.xlsx')
    .action(async (file) => {
      const { writeContacts } = await import('./write-files.ts')
      await writeContacts(loadConfig(), file)
    })
  program
    .command('monthly')
    .description('写出民情分析会的材料(.docx)')
    .argument('<file>', '文档文件,例:月报.docx')
    .option('--month <month>', '哪个月,例:2026-05;不写就是上个月')
    .action(async (file, { month }) => {
      const { writeMonthly } = await import('./write-files.ts')
      await writeMonthly(loadConfig(), file, month)
    })
  program
    .command('samples')
    .description('用示例的一周做出每一种图、表格和文档')
    .argument('<dir>', '放到哪个文件夹')
    .action(async (dir) => {
      const { writeSamples } = await import('./samples.ts')
      for (const path of await writeSamples(dir)) process.stdout.write(`${path}\n`)
    })
  program
    .command('doctor')
    .description('检查配置、数据库、名册、大模型')
    .action(async () => {
      const { examine } = await import('./doctor.ts')
      process.exitCode = await examine()
    })
  return program
}

const TRANSLATED: [RegExp, string][] = [
  [/^error: unknown command '(.+)'/, '没有这个命令:$1'],
  [/^error: unknown option '(.+)'/, '没有这个选项:$1'],
  [/^error: missing required argument '(.+)'/, '还缺一项:$1'],
  [/^error: required option '(.+)' not specified/, '还缺这个选项:$1'],
  [/^error: option '(.+)' argument missing/, '这个选项后面还缺内容:$1'],
  // The command that needs no name takes any other word for something given to it.
  [/^error: too many arguments for 'start'.*$/m, '没有这个命令'],
  [/^error: too many arguments.*$/m, '给的内容太多了'],
]

function inChinese(text: string): string {
  const known = TRANSLATED.find(([pattern]) => pattern.test(text))
  return known ? `${text.replace(known[0], known[1]).trim()}\n可用的命令:npm run cli -- --help\n` : text
}
