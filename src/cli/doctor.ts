import { existsSync, mkdtempSync, rmdirSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Db, findDamage, openDatabase, openReadOnly } from '../../db/database.ts'
import { isInstalled, missingPuppet } from '../chat/build-bot.ts'
import { systemClock } from '../clock.ts'
import { readTaxonomy } from '../concerns/taxonomy.ts'
import { type Config, envHints, type LlmConfig, loadConfig, readEnvFile } from '../config.ts'
import { UserError } from '../errors.ts'
import { extractionPrompt } from '../intake/model-reader.ts'
import { LlmError, type LlmErrorKind } from '../llm/llm.ts'
import { OpenAiLlm } from '../llm/openai-llm.ts'
import { Ear } from '../media/ear.ts'
import { picturePrompt } from '../media/eye.ts'
import { isSeenRight, knownPicture, knownSound } from '../media/known-files.ts'
import { loadRoster } from '../roster/repository.ts'
import { explain } from './explain.ts'
import { INVENTED_ROSTER, isInvented } from './invented.ts'

type Finding = { isWell: boolean; isHint?: true; text: string }

/** * stands for LLM, SPEECH or VISION. */
const MODEL_TROUBLE: Record<LlmErrorKind, string> = {
  config: '要人来管:钥匙(*_API_KEY)、余额或型号(*_MODEL)不对,或者这个型号不会按要求回答',
  throttle: '说问得太勤了,过一会儿再试',
  transient: '连不上或没有答复:看看 *_BASE_URL 对不对,网络通不通',
  size: '说问题太长:这个型号的上下文可能太小',
  moderation: '拒绝回答检查用的问题',
  content: '答得不成样子,换一个型号试试',
  leak: '检查用的问题被自己拦下了,请报告这个错误',
}

/** Checks everything the bot needs and says in plain words what is wrong; changes nothing, the bot may be running. @returns the exit code: 0 when all is well, 2 for a wrong configuration, else 1. */
export async function examine(): Promise<number> {
  const findings: Finding[] = []
  const config = examineConfig(findings)
  if (config) {
    examinePrompts(findings)
    examineFolder(config, findings)
    await examineLedger(config, findings)
    await withMemory(async (db) => {
      await examineModel(config.llm, db, findings)
      await examineEar(config.speech, db, findings)
      await examineEye(config.vision, db, findings)
    })
  }
  for (const finding of findings) process.stdout.write(`${markOf(finding)} ${finding.text}\n`)
  const isWell = findings.every((finding) => finding.isWell)
  process.stdout.write(isWell ? '都正常。\n' : '上面打 ✗ 的要处理。\n')
  if (isWell) return 0
  return config ? 1 : 2
}

function markOf({ isWell, isHint }: Finding): string {
  if (isHint) return '!'
  return isWell ? '✓' : '✗'
}

function examineConfig(findings: Finding[]): Config | null {
  try {
    const config = loadConfig()
    const chat = config.chat === 'terminal' ? '终端' : `微信(${config.puppet})`
    findings.push({ isWell: true, text: `配置:聊天用${chat},资料放在 ${config.dataDir}` })
    const hints = existsSync('.env') ? envHints(readEnvFile('.env')) : []
    findings.push(...hints.map((text) => ({ isWell: true, isHint: true, text }) as const))
    if (config.chat === 'wechat' && !isInstalled(config.puppet))
      findings.push({ isWell: false, text: missingPuppet(config.puppet) })
    return config
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    findings.push({ isWell: false, text: error.message })
    return null
  }
}

function examinePrompts(findings: Finding[]): void {
  try {
    const prompts = [extractionPrompt(readTaxonomy()), picturePrompt()]
    const names = prompts.map(({ id, version }) => `${id} ${version}`)
    findings.push({ isWell: true, text: `提示词:${names.join(',')}` })
  } catch (error) {
    findings.push({ isWell: false, text: `prompts/ 里的文件有问题:${(error as Error).message}` })
  }
}

/** Tries the folder, or where it would be made. */
function examineFolder({ dataDir }: Config, findings: Finding[]): void {
  let place = resolve(dataDir)
  while (!existsSync(place)) place = dirname(place)
  try {
    rmdirSync(mkdtempSync(join(place, '.doctor-')))
  } catch (error) {
    findings.push({ isWell: false, text: `资料夹:${explain(error).text}` })
  }
}

async function examineLedger({ dataDir, chat }: Config, findings: Finding[]): Promise<void> {
  const file = join(dataDir, 'ledger.sqlite')
  if (!existsSync(file)) {
    findings.push({ isWell: true, text: '台账:还没有,第一次启动时会建' })
    if (chat === 'wechat') findings.push({ isWell: false, text: INVENTED_ROSTER })
    return
  }
  try {
    const db = openReadOnly(file)
    try {
      const damage = await findDamage(db)
      findings.push({
        isWell: damage.length === 0,
        text: damage.length === 0 ? '台账:数据库完好' : `台账:数据库有损坏(${damage[0]})`,
      })
      const roster = await loadRoster(db)
      const { buildings, members, partyGroups, heads } = roster
      const vacant = buildings.filter(
        ({ code, retired }) => !retired && !heads.some(({ building }) => building === code),
      )
      const text = `名册:${buildings.length}栋楼,${partyGroups.length}个党小组,${members.length}名党员`
      findings.push({
        isWell: buildings.length > 0,
        text: vacant.length > 0 ? `${text};${vacant.length}栋没有楼栋长` : text,
      })
      if (chat === 'wechat' && isInvented(roster)) findings.push({ isWell: false, text: INVENTED_ROSTER })
    } finally {
      await db.destroy()
    }
  } catch {
    findings.push({ isWell: false, text: `台账:${file} 打不开,文件可能坏了` })
  }
}

async function withMemory(work: (db: Db) => Promise<void>): Promise<void> {
  // What is learnt about an endpoint is forgotten again: it is asked anew, and the ledger stays as it is.
  const db = await openDatabase(':memory:')
  try {
    await work(db)
  } finally {
    await db.destroy()
  }
}

async function examineModel(endpoint: LlmConfig | null, db: Db, findings: Finding[]): Promise<void> {
  if (!endpoint) {
    findings.push({ isWell: true, text: '大模型:没有配置,由关键词规则来读(记下的都先待确认)' })
    return
  }
  await ask(['大模型', 'LLM'], endpoint, findings, async () => {
    const rung = await new OpenAiLlm({ ...endpoint, db, clock: systemClock }).probe()
    return `答对了检查的问题(方式 ${rung}),聊天内容会遮住隐私后发往 ${hostOf(endpoint)}`
  })
}

async function examineEar(endpoint: LlmConfig | null, db: Db, findings: Finding[]): Promise<void> {
  if (!endpoint) {
    findings.push({ isWell: true, text: '听语音:没有打开,语音只计数' })
    return
  }
  await ask(['听语音', 'SPEECH'], endpoint, findings, async () => {
    await new Ear({ ...endpoint, db, clock: systemClock }).perceive(knownSound())
    return `收下了检查用的声音;微信群里的语音会原样发往 ${hostOf(endpoint)}`
  })
}

async function examineEye(endpoint: LlmConfig | null, db: Db, findings: Finding[]): Promise<void> {
  if (!endpoint) {
    findings.push({ isWell: true, text: '看图片:没有打开,图片只计数' })
    return
  }
  await ask(['看图片', 'VISION'], endpoint, findings, async () => {
    const llm = new OpenAiLlm({ ...endpoint, db, clock: systemClock, cargo: 'picture' })
    const { value } = await llm.ask(knownPicture())
    if (!isSeenRight(value)) throw new LlmError('config', 'the model does not see the picture')
    return `认出了检查用的图;居民群里的图片会原样发往 ${hostOf(endpoint)}`
  })
}

async function ask(
  [what, settings]: [string, string],
  { model }: LlmConfig,
  findings: Finding[],
  work: () => Promise<string>,
): Promise<void> {
  try {
    findings.push({ isWell: true, text: `${what}:${model} ${await work()}` })
  } catch (error) {
    if (!(error instanceof LlmError)) throw error
    findings.push({ isWell: false, text: `${what}:${model} ${MODEL_TROUBLE[error.kind].replaceAll('*', settings)}` })
  }
}

function hostOf({ baseUrl }: LlmConfig): string {
  return new URL(baseUrl).host
}
