import { pinyin } from 'pinyin-pro'

type Sound = { sound: string; alike: string }
type Word = { word: string; chars: string[]; sounds: Sound[] }

const KNOWN = new Map<string, Sound>()

/**
 * Words that transcripts and finger writing get wrong, and that nothing else people say here sounds like.
 * Left out on purpose: 煤气 (没起), 扶手 (福寿), 医保 (一包), 调解 (一条街), 楼道 (一楼到三楼), 门禁 (大门进来), 保安 (报案).
 */
const WORDS = listed(
  '高龄津贴 消防通道 健身器材 飞线充电 高空抛物 安全账户',
  '下水道 化粪池 充电桩 降压药 天花板 卫生间 电瓶车 电动车 煤气味 燃气味 天然气 保健品 消防栓 灭火器 小广场 验证码 网格员 楼栋长 垃圾桶 垃圾房 单元门 热水器',
  '电梯 物业 井盖 路灯 充电 停水 停电 漏水 漏雨 垃圾 拴绳 跳闸 燃气 诈骗 转账 噪音 油烟 车库 墙皮 吊顶 摄像头 监控 路牌 凉亭 蟑螂',
)

/** Words that a whole sentence of transcript gets wrong in part: one character is right, the others sound alike here. */
const HALF_RIGHT = listed(
  '小广告 感应灯 声控灯 人行道 减速带 斑马线 高血压 胰岛素 派出所 银行卡 身份证 养老院 养老金 广场舞 屋顶 救护车 消防车',
  '煤气 井盖 单元 扶手 医保 社保 低保 调解 门禁 栏杆 围墙 楼顶 漏电 触电 冒烟 着火 杂物 水管 水压 水表 电表 电线 电压 插座 暖气 马桶 施工 烧烤 草坪 绿化 树枝 轮椅 骗子 存折 汇款 补贴 堵车 挪车 坡坎 外墙 瓷砖 花台 院坝 保安 保洁 门卫',
)

/** Words that sound like one of the above and are right as they stand. */
const RIGHT = listed(
  '午夜 无业 五爷 点题 冲点 停点 听点 燃起 没气 霉气 每期 一保 福寿 油盐 点线 电先 水鸭 睡管 报案 调节 条件 但愿 单眼 手机 楼水 楼雨 楼与 午也 五也 无也 屋也',
)

/**
 * Puts right what a transcript misheard, character for character, so that positions stay:
 * 点梯→电梯, 误业→物业, 冲电桩→充电桩, 二十二洞三单元→二十二栋三单元, 泡挎→泡垮.
 * In a sentence that runs on without a pause, as transcripts do, more: 煤七→煤气, 一单远→一单元, 花粪词→化粪池, 我们洞→我们栋.
 * A word that is right as it stands stays: 午夜, 一楼到三楼.
 */
export function heardRight(text: string): string {
  const chars = Array.from(text)
  const sounds = chars.map(soundOf)
  correct(chars, sounds, WORDS, ({ sound }) => sound)
  if (isTranscript(text)) correct(chars, sounds, HALF_RIGHT_AND_WORDS, ({ alike }) => alike)
  return chars
    .join('')
    .replace(/(?<=[0-9一二三四五六七八九十])[洞冻动](?=[一二三四五1-9两]单[元远]|单元|门口|楼|的|那)/g, '栋')
    .replace(/(?<=[0-9一二三四五六七八九十])懂(?=[一二三四五1-9两]单元)/g, '栋')
    .replace(/(?<=我们)[洞冻动](?=楼|[一二三四五六1-9两][单楼]|门|的|那|这|又|也|电|停|有|里)/g, '栋')
    .replace(/楼到(?=灯|的(?:灯|墙|窗|门|扶)|里|头|堆|黑|口|垃圾|扶手|窗)/g, '楼道')
    .replace(/(?<=[泡冲淋压打震吹])[挎跨胯](?=了|咯|完|$)/g, '垮')
}

const HALF_RIGHT_AND_WORDS = [...WORDS, ...HALF_RIGHT]
const RIGHT_AS_IT_STANDS = new Set(RIGHT.map(({ word }) => word))

/** Replaces what sounds like a word; by the looser sound only where one of its characters is already right. */
function correct(chars: string[], sounds: Sound[], words: readonly Word[], by: (sound: Sound) => string): void {
  const isLoose = words === HALF_RIGHT_AND_WORDS
  for (const { chars: right, sounds: wanted } of words) {
    const first = by(wanted[0]!)
    for (let at = 0; at + right.length <= chars.length; at++) {
      if (by(sounds[at]!) !== first || wanted.some((one, offset) => by(one) !== by(sounds[at + offset]!))) continue
      if (RIGHT_AS_IT_STANDS.has(chars.slice(at, at + right.length).join(''))) continue
      if (isLoose && !right.some((char, offset) => chars[at + offset] === char)) continue
      chars.splice(at, right.length, ...right)
    }
  }
}

/** A run of words without comma, stop or space, as the ear writes it. */
function isTranscript(text: string): boolean {
  return text.length >= 12 && !/[,。,、!?!?\s⏎:;:;]/.test(text)
}

/** How a character sounds, and how it sounds where nobody tells zh from z, n from l or ing from in. */
function soundOf(char: string): Sound {
  const known = KNOWN.get(char)
  if (known) return known
  const sound = /\p{Script=Han}/u.test(char) ? pinyin(char, { toneType: 'none' }) : char
  const alike = sound
    .replace(/^([zcs])h/, '$1')
    .replace(/^n(?=[aeiouü])/, 'l')
    .replace(/([aei])ng$/, '$1n')
  KNOWN.set(char, { sound, alike })
  return { sound, alike }
}

function listed(...lists: string[]): Word[] {
  return lists
    .join(' ')
    .split(' ')
    .map((word) => {
      const chars = Array.from(word)
      return { word, chars, sounds: chars.map((char) => soundOf(char)) }
    })
}
