import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { lockFolder } from '../../db/lock.ts'

const ROOT = resolve(import.meta.dirname, '../..')
// Each test starts processes of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 })
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'operator-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

type Ran = { code: number | null; out: string; err: string }

function run(...args: string[]): Ran {
  return runWith({}, ...args)
}

function runWith(more: Record<string, string>, ...args: string[]): Ran {
  const env = { PATH: process.env.PATH, DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'error', ...more }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/start.js', ...args], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  })
  return { code: status, out: stdout, err: stderr }
}

test('npm start without a terminal: the sample week, the ledger, the digest, exit 0; a second start finds its data again', () => {
  const first = run()
  expect(first.code).toBe(0)
  expect(first.out).toContain('台账里有')
  expect(first.out).toContain('一周民情汇总 5月18日—5月24日')
  const second = run()
  expect(second.code).toBe(0)
  expect(second.out).toMatch(/^接着上次的台账:共\d+件/)
  expect(second.out).not.toContain('一周民情汇总')
})

test('--empty starts an empty ledger', () => {
  expect(run('start', '--empty').out).toBe('台账是空的。\n')
  expect(run().out).toBe('台账是空的。\n')
})

test('backup and restore bring the whole state back', () => {
  run()
  const backup = join(folder, 'safe', 'ledger.backup')
  expect(run('backup', backup)).toMatchObject({ code: 0, out: `备份好了:${backup}\n` })
  expect(statSync(backup).mode & 0o777).toBe(0o600)
  rmSync(join(folder, 'data'), { recursive: true })
  expect(run('restore', backup).code).toBe(0)
  expect(run().out).toMatch(/^接着上次的台账:共25件/)
  expect(run('contacts', '1').out).toContain('楼栋长 ')
})

test('a second restore keeps what the first one put aside', () => {
  run('start', '--empty')
  const backup = join(folder, 'ledger.backup')
  run('backup', backup)
  const kept = () => readdirSync(join(folder, 'data')).filter((name) => name.includes('before-restore'))
  expect(run('restore', backup).out).toBe('恢复好了。原来的台账改名放在旁边:ledger.sqlite.before-restore\n')
  expect(run('restore', backup).out).toBe('恢复好了。原来的台账改名放在旁边:ledger.sqlite.before-restore-2\n')
  expect(kept()).toEqual(['ledger.sqlite.before-restore', 'ledger.sqlite.before-restore-2'])
})

test('doctor, contacts and audit only look: beside a running bot, and at a schema they leave as it is', () => {
  run()
  const file = join(folder, 'data', 'ledger.sqlite')
  const lock = lockFolder(join(folder, 'data'))!
  const owner = new SqliteDatabase(file)
  owner.exec('delete from kysely_migration where name = (select max(name) from kysely_migration); begin immediate')
  const [version] = owner.pragma('data_version') as object[]
  try {
    expect(run('doctor')).toMatchObject({ code: 0, out: expect.stringContaining('数据库完好') })
    expect(run('contacts', '1').out).toContain('楼栋长 ')
    expect(run('audit').code).toBe(0)
    expect(owner.pragma('data_version')).toEqual([version])
  } finally {
    owner.close()
    lock.release()
  }
})

test('replaying and importing leave alone what was waiting to be said', () => {
  run('start', '--empty')
  const file = join(folder, 'data', 'ledger.sqlite')
  const waiting = () => {
    const database = new SqliteDatabase(file)
    const rows = database.prepare("select text from outbox where state = 'queued'").pluck().all()
    database.close()
    return rows
  }
  const database = new SqliteDatabase(file)
  database.exec(`insert into outbox (room, kind, text, created_at, not_before, state)
    values ('committee', 'digest', '周报', '2026-05-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z', 'queued')`)
  database.close()
  expect(run('replay', 'db/sample/week-may.chat.jsonl').code).toBe(0)
  expect(waiting()).toEqual(['周报'])
  const pasted = join(folder, 'pasted.txt')
  writeFileSync(pasted, '平安是福 2026/5/28 21:07\n登记 碧阳2栋电梯又停了,有人困在里面\n')
  expect(run('import', pasted).code).toBe(0)
  expect(waiting()).toEqual(['周报'])
})

test('real chat never comes into the sample ledger, nor unnoticed beside invented people', () => {
  const pasted = join(folder, 'pasted.txt')
  writeFileSync(pasted, '平安是福 2026/5/18 21:07\n我们栋电梯又停了\n')
  const invented = '名册还是示例(人是编的),请先 npm run roster -- 文件夹'
  expect(runWith({ CHAT: 'wechat' }, 'doctor')).toMatchObject({
    code: 1,
    out: expect.stringContaining(`✗ ${invented}`),
  })
  expect(run('import', pasted)).toMatchObject({ code: 0, err: expect.stringContaining(`注意:${invented}`) })
  expect(runWith({ CHAT: 'wechat' }, 'doctor').out).toContain(`✗ ${invented}`)
  rmSync(join(folder, 'data'), { recursive: true })
  run()
  expect(run('import', pasted)).toMatchObject({ code: 2, err: expect.stringContaining('里是示例,人和事都是编的') })
})

test('an import that is refused leaves nothing half done', () => {
  run('start', '--empty')
  const pasted = join(folder, 'pasted.txt')
  writeFileSync(pasted, '平安是福 2026/5/18 21:07\n我们栋电梯又停了\n\n邹姨 昨天 21:09\n是停了\n')
  expect(run('import', pasted)).toMatchObject({
    code: 2,
    err: expect.stringContaining('第4行看不懂:“邹姨 昨天 21:09”'),
  })
  writeFileSync(pasted, '平安是福 2062/5/18 21:07\n我们栋电梯又停了\n')
  expect(run('import', pasted)).toMatchObject({ code: 2, err: expect.stringContaining('日子还没到') })
  expect(run().out).toBe('台账是空的。\n')
})

test('the ledger, what is set aside and the log are for their owner only', () => {
  run('start', '--empty')
  const data = join(folder, 'data')
  const mode = (path: string) => statSync(path).mode & 0o777
  expect(mode(data)).toBe(0o700)
  const backup = join(folder, 'ledger.backup')
  run('backup', backup)
  chmodSync(join(data, 'ledger.sqlite'), 0o644)
  run('restore', backup)
  for (const name of ['ledger.sqlite', 'ledger.sqlite.before-restore', 'log.jsonl'])
    expect([name, mode(join(data, name))]).toEqual([name, 0o600])
})

test('a file as data folder is for the operator to put right', () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  for (const args of [[], ['import', file], ['roster', 'db/roster', '--yes']]) {
    const { code, err } = runWith({ DATA_DIR: file }, ...args)
    expect([code, err.split('\n')[0]]).toEqual([2, expect.stringMatching(/里面没有聊天|是一个文件,不是文件夹/u)])
  }
  for (const place of [file, join(file, 'data')])
    expect(runWith({ DATA_DIR: place }, 'doctor')).toMatchObject({
      code: 1,
      out: expect.stringContaining('✗ 资料夹:这个位置用不了'),
    })
})

test('a fault is kept in the log that the sentence names', () => {
  run('start', '--empty')
  const database = new SqliteDatabase(join(folder, 'data', 'ledger.sqlite'))
  database.exec('drop table asked_command')
  database.close()
  const log = join(folder, 'data', 'log.jsonl')
  expect(run('audit')).toMatchObject({ code: 1, err: expect.stringContaining(`详细情况在 ${log} 里。`) })
  expect(readFileSync(log, 'utf8')).toContain('no such table: asked_command')
})

const bad: [string, string[], string][] = [
  ['an unknown option', ['--weird'], '没有这个选项:--weird'],
  ['an unknown command', ['nosuch'], '没有这个命令'],
  ['a missing argument', ['roster'], '还缺一项:dir'],
  ['a roster that is not there', ['roster', 'nowhere'], '找不到这个文件'],
  ['a chat that is not there', ['replay', 'nowhere.chat.jsonl'], '没有这个文件'],
  ['a folder without chats', ['eval', '--chats', 'nowhere', '--out', 'x.json'], '没有 .chat.jsonl 文件'],
  [
    'a result that cannot be written',
    ['eval', '--chats', 'tests/eval/chats/dev', '--out', '/dev/null/x.json'],
    '结果写不到',
  ],
  ['a folder given for pasted chat', ['import', 'db'], '要给一个文件,您给的是文件夹'],
  ['a folder given for a backup', ['restore', 'db'], '您给的是文件夹'],
  ['a day that is none', ['digest', '--week', '2026-13-99'], '不是日期'],
  ['a backup that is none', ['restore', 'README.nowhere'], '没有这个文件'],
]
test.each(bad)('%s gets a sentence and exit code 2, never a stack trace', (_, args, sentence) => {
  const { code, err } = run(...args)
  expect(code).toBe(2)
  expect(err).toContain(sentence)
  expect(err).not.toMatch(/\n\s+at /)
})

test('a wrong configuration ends with 2 and a sentence, whatever is asked for', () => {
  expect(runWith({ CHAT: 'qq' }, 'doctor')).toMatchObject({ code: 2, out: expect.stringContaining('CHAT:只能是') })
  const absent = { CHAT: 'wechat', WECHATY_PUPPET: 'wechaty-puppet-none' }
  const sentence = '没有装这个 Wechaty puppet:wechaty-puppet-none。'
  expect(runWith(absent)).toMatchObject({ code: 2, err: expect.stringMatching(new RegExp(`^${sentence}.*\n$`, 'u')) })
  expect(runWith(absent, 'doctor')).toMatchObject({ code: 1, out: expect.stringContaining(`✗ ${sentence}`) })
})

test('pasted chat is read once, and what was heard before is recognised', () => {
  run('start', '--empty')
  const file = join(folder, 'pasted.txt')
  writeFileSync(file, '平安是福 2026/5/18 21:07\n我们栋电梯又停了\n\n邹姨 2026/5/18 21:09\n是停了\n')
  expect(run('import', file)).toMatchObject({ code: 0, out: '2条里,新的2条已读,0条早就听过或不该记。\n' })
  expect(run('import', file)).toMatchObject({ code: 0, out: '2条里,新的0条已读,2条早就听过或不该记。\n' })
  expect(run().out).toBe('接着上次的台账:共1件,没办完的1件。\n')
})

test('a file that is no backup changes nothing', () => {
  run('start', '--empty')
  const file = join(folder, 'wrong')
  writeFileSync(file, 'not a database')
  expect(run('restore', file)).toMatchObject({ code: 2, err: `${file} 不是完好的备份,什么都没有改。\n` })
  expect(existsSync(join(folder, 'data', 'ledger.sqlite.before-restore'))).toBe(false)
})

test('one process a data folder: a second one says so and ends with 2', () => {
  const lock = lockFolder(join(folder, 'data'))!
  const second = run('start', '--empty')
  lock.release()
  expect(second).toMatchObject({ code: 2, err: expect.stringContaining('正被另一个小助手用着') })
})

test('the doctor says what is wrong in plain words', () => {
  const well = run('doctor')
  expect(well).toMatchObject({ code: 0, out: expect.stringContaining('都正常。') })
  const env = {
    PATH: process.env.PATH,
    DATA_DIR: join(folder, 'data'),
    LLM_BASE_URL: 'http://127.0.0.1:9/v1',
    LLM_MODEL: 'x',
  }
  const ill = spawnSync(process.execPath, ['src/start.js', 'doctor'], { cwd: ROOT, env, encoding: 'utf8' })
  expect(ill.status).toBe(1)
  expect(ill.stdout).toContain('✗ 大模型:x 连不上或没有答复')
})

test('the roster command imports, and a second time has nothing to do', () => {
  expect(run('roster', 'db/roster')).toMatchObject({ code: 0, out: '名册没有变化,什么都没有改。\n' })
})

test('without a terminal a roster that changes something wants --yes', () => {
  const roster = join(folder, 'roster')
  cpSync(join(ROOT, 'db/roster'), roster, { recursive: true })
  const file = join(roster, 'grid_officers.csv')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/\d{11}/u, '10000999999'))
  expect(run('roster', roster)).toMatchObject({ code: 2, err: expect.stringContaining('请在命令后面加上 --yes') })
  expect(run('roster', roster, '--yes')).toMatchObject({ code: 0, out: expect.stringContaining('名册导入好了。') })
  expect(run('roster', roster).out).toBe('名册没有变化,什么都没有改。\n')
})

test('audit tells the time of the community', () => {
  run('start', '--empty')
  const database = new SqliteDatabase(join(folder, 'data', 'ledger.sqlite'))
  database.exec(`insert into asked_command (at, room, actor, command, concern)
    values ('2026-05-18T20:30:00.000Z', 'committee', '史德芬', '看', 3)`)
  database.close()
  expect(run('audit').out).toBe('2026-05-19 04:30 支委群 史德芬 看 3号\n')
})
