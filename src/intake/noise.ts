import type { MessageKind } from '../../db/schema.ts'

/**
 * Whether a line can carry nothing at all, so that an episode of such lines needs no reader. When in doubt it is not noise.
 * Noise: 收到[抱拳] · 早[玫瑰] · 哈哈哈 · 早安图:荷花 · [链接] … · #接龙 … with names only · “甲”拍了拍“乙” · 。。。
 * Not noise: +1 · 一样 · 也是 · 好了 · 来水了 · 10栋噻 · 收到 5栋的灯我去看.
 */
export function isNoise(kind: MessageKind, text: string): boolean {
  if (kind === 'system' || kind === 'recall') return true
  const words = text.normalize('NFKC').replace(/⏎/g, '\n').trim()
  if (kind === 'image') return words === '' || (GREETING_PICTURE.test(words) && !SUBSTANCE.test(words))
  if (FORWARDED.test(words)) return !/\n/.test(words) && !SUBSTANCE_BESIDE_HEADING.test(words)
  if (/^#?接龙/.test(words)) return isListOfNames(words)
  const bare = words.replace(EMOJI, '').replace(PUNCTUATION, '')
  if (bare === '') return !/[+＋]\s*\d/.test(words)
  return BARE.test(bare)
}

/** #接龙⏎5月28日主题党日⏎1. 黎翠萍 → true; #接龙 报修登记⏎1. 3栋灯不亮 → false. */
function isListOfNames(words: string): boolean {
  const entries = words.split('\n').filter((line) => /^\s*\d+\s*[.、)]/.test(line))
  return !SUBSTANCE.test(words) && entries.every((line) => line.replace(/^\s*\d+\s*[.、)]/, '').trim().length <= 8)
}

const EMOJI = /\[[一-龥A-Za-z]{1,6}\]|\p{Extended_Pictographic}|[\u{1F3FB}-\u{1F3FF}]|\u{FE0F}|\u{200D}|\u{20E3}/gu
const PUNCTUATION = /[\p{P}\s~+=<>|^`$]+/gu

const FORWARDED = /^\[(?:链接|视频|聊天记录|文件|小程序|音乐)\]/

/** Beside a forwarded heading a person may add words of their own: [视频] 这是我们5栋. */
const SUBSTANCE_BESIDE_HEADING = /我们|我家|\d+(?:栋|号楼|单元)|小区(?!电梯)|这就是|物业/

const GREETING_PICTURE =
  /^(?:早安|晚安|午安|早上好|晚上好|问候|祝福|节气|节日|动图|表情|图)?(?:图|包|动图)?[:：].{0,80}$/s

/** Whole lines of courtesy; a word more and the line is read. */
const BARE = new RegExp(
  `^(?:${[
    '收到+(?:了|啦|咯|谢谢|辛苦了?)?|已?收悉|知道了?|晓得了?|明白了?|了解|遵命|照办',
    '(?:好+的?)+(?:呢|哈|嘞|勒|收到|谢谢)?|要得|嗯+|哦+|噢+|ok+|OK+|Ok|莫客气|不客气|不用谢|应该的|客气了',
    '(?:非常|太|多)?(?:感谢|谢谢?)+(?:了|啦|大家|各位|书记|组长|老师|支持|分享|关心|你们?|您)*',
    '(?:大家|各位|群友们?|同志们|朋友们|亲们?|老师们)?(?:早+|早上好|早安大家好|早安|上午好|中午好|午安|下午好|晚上好|晚安|你们?好|您好)(?:大家|各位|啊|呀|哟|好)?',
    '(?:辛苦了?|大家|各位|同志们?|书记|组长|老师)*辛苦(?:了|啦|咯|大家|各位)*',
    '点赞|赞+|棒+|厉害了?|牛+|真棒|好棒|太棒了?|给力|加油|(?:恭喜)+|祝贺|恭贺|节日快乐|新年好|生日快乐|周末愉快|祝(?:福|好)|平安|吉祥',
    '[哈嘿嘻呵]+|笑死(?:我)?了?|阿弥陀佛|再见|拜拜|回见|666+|6+',
  ].join('|')})$`,
)

/** A word that may hang on something to be done. */
const SUBSTANCE =
  /[栋幢]|号楼|单元|电梯|停[水电气]|漏|[堵坏修断垮塌臭吵]|垃圾|物业|路灯|楼道|灯|井盖|诈骗|骗|投诉|建议|反映|诉求|报修|着火|煤气|燃气|楼上|楼下|我家|走访|手写|笔记|请|谁|要不要|不见|走失|摔/
