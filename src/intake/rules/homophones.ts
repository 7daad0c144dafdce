import { pinyin } from 'pinyin-pro'

/**
 * Words that transcripts and finger writing get wrong, and that nothing else people say here sounds like.
 * Left out on purpose: 煤气 (没起), 扶手 (福寿), 医保 (一包), 调解 (一条街), 楼道 (一楼到三楼), 门禁 (大门进来), 保安 (报案).
 */
const WORDS = [
  '高龄津贴 消防通道 健身器材 飞线充电 高空抛物 安全账户',
  '下水道 化粪池 充电桩 降压药 天花板 卫生间 电瓶车 电动车 煤气味 燃气味 天然气 保健品 消防栓 灭火器 小广场 验证码 网格员 楼栋长 垃圾桶 垃圾房 单元门 热水器',
  '电梯 物业 井盖 路灯 充电 停水 停电 漏水 漏雨 垃圾 拴绳 跳闸 燃气 诈骗 转账 噪音 油烟 车库 墙皮 吊顶 摄像头 监控 路牌 凉亭 蟑螂',
]
  .join(' ')
  .split(' ')

/** Words that sound like one of the above and are right as they stand. */
const RIGHT = ['午夜', '无业', '五爷', '点题', '冲点', '停点', '听点', '燃起']

const SOUNDS = WORDS.map((word) => ({ word, chars: Array.from(word), sound: sounds(word).join(' ') }))

/**
 * Puts right what a transcript misheard, character for character, so that positions stay:
 * 点梯→电梯, 误业→物业, 冲电桩→充电桩, 健身气材→健身器材, 二十二洞三单元→二十二栋三单元, 泡挎→泡垮.
 * A word that is right as it stands stays: 午夜, 一楼到三楼.
 */
export function heardRight(text: string): string {
  const chars = Array.from(text)
  const spoken = sounds(text)
  if (spoken.length !== chars.length) return text
  for (const { chars: right, sound } of SOUNDS) {
    const size = right.length
    for (let at = 0; at + size <= chars.length; at++) {
      if (spoken.slice(at, at + size).join(' ') !== sound) continue
      const written = chars.slice(at, at + size).join('')
      if (RIGHT.includes(written)) continue
      chars.splice(at, size, ...right)
    }
  }
  return chars
    .join('')
    .replace(/(?<=[0-9一二三四五六七八九十])[洞冻](?=[一二三四五1-9两]单元|单元|门口|楼|的|那)/g, '栋')
    .replace(/(?<=[0-9一二三四五六七八九十])[懂动](?=[一二三四五1-9两]单元)/g, '栋')
    .replace(/(?<=[泡冲淋压打震吹])[挎跨胯](?=了|咯|完|$)/g, '垮')
}

function sounds(text: string): string[] {
  return pinyin(text, { toneType: 'none', type: 'array', nonZh: 'spaced' })
}
