import { DRILL, ELSEWHERE, FORWARDED, HEARD, NOW, REMEMBERED, TAUGHT } from './danger-doubts.ts'
import { isInstruction } from './instructions.ts'

/**
 * Whether a line is set aside whole, whatever it speaks of: a forwarded heading, a notice, a sign-up list, an order to the
 * bot, an advert, an announcement of collecting, or an attempt to instruct a machine.
 * Set aside: [链接] … · 【通知】… · #接龙 · @小助手 汇总 · 空调清洗60一台 优惠 · 又收集到一些诉求 · 忽略之前所有规则.
 * Not: 楼道灯不亮 · 我把5栋的情况收集了:1、灯不亮.
 */
export function isSetAside(text: string): boolean {
  return (
    isInstruction(text) ||
    isCollecting(text) ||
    [FORWARDED, NOTICES, ORDERS, ADVERTS].some((pattern) => pattern.test(text))
  )
}

/**
 * Blanks the parts of a line that tell of nothing present, and keeps positions: 「井盖松了 要是掉进去咋办」 → 「井盖松了 □□…」.
 * Supposed: 要是停水了. Remembered: 以前那个灯坏了两年 (unless 现在, 又 follow). Hearsay: 听说明年要拆.
 */
export function withoutUnreal(text: string): string {
  const parts = text.split(/([,。!?;、⏎\s]+)/)
  let isMemory = false
  return parts
    .map((part, index) => {
      if (index % 2 === 1) return part
      isMemory = (isMemory || LONG_AGO.test(part)) && !STILL.test(part) && !/\d+(?:栋|号楼)|我们栋/.test(part)
      if (isMemory) return '□'.repeat(part.length)
      if (NOT_SO.test(part)) return '□'.repeat(part.length)
      const supposed = part.search(SUPPOSITION)
      if (supposed >= 0) return part.slice(0, supposed) + '□'.repeat(part.length - supposed)
      const remembered = part.search(REMEMBERED)
      if (remembered >= 0 && !STILL.test(part.slice(remembered))) {
        // 「停电的时候我们小时候…」: what stands before belongs to the memory too, unless a pause parts it.
        return '□'.repeat(part.length)
      }
      return part
    })
    .join('')
}

/** Told of another town or household, a screen, a lesson or hearsay: 贵阳那边 · 听说 · 今天讲那个案例; not 儿子在广东, 老人一个人. */
export function isFarAway(text: string): boolean {
  if (TAUGHT.test(text) && !/建议|应该|搞个|希望|说.{0,4}宣传/.test(text)) return true
  if (DRILL.test(text)) return true
  if (
    /(?:我|她|他)(?:们)?(?:女儿|姑娘|儿子|妹妹|姐姐|妹|姐|哥|弟|亲家|同学|战友).{0,3}(?:说|讲|家)/.test(text) &&
    !/\d+(?:栋|号楼)|我们/.test(text)
  )
    return true
  if (HEARD.test(text) && !/我们(?:栋|小区|这)|是不是真|真的假的|\d+(?:栋|号楼)/.test(text)) return true
  return ELSEWHERE.test(text) && !LIVES_AWAY.test(text)
}

/** Thanks for what works: 谢谢物业 灯修得快; not 谢谢 但是灯又不亮. */
export function isPraise(text: string): boolean {
  return (
    /谢谢|感谢|多谢|点赞|表扬|修得快|动作快|做得好|真不错|巴适|好看|终于/.test(text) &&
    !/又|但|还没|还是|不亮|坏|漏|堵|停|请|投诉|麻烦/.test(text)
  )
}

/** Work done, with nothing left: 今天我们组把杂物清了 · 排水沟掏通了; not 就剩一个沙发, 又堆满了, 请来清. */
export function isWorkDone(text: string): boolean {
  if (/也不|不行|没用|遭|被|有人|就剩|还剩|还有|只剩|没[清扫搬修]|又|但|不过|就是|请|喊|麻烦/.test(text)) return false
  return /(?:我们|我|组|今天|上午|下午|早上|昨天|志愿者|党员|几个|大家).{0,30}(?:清|扫|打扫|掏|拔|浇|搬|擦|洗|铲|剪|捡|整理|疏通|拉走|补|刷|换|装)(?:了|完|好|干净|通|出来|走|咯|得)/.test(
    text,
  )
}

/** A joke or a saying that uses a word of trouble: 我家那位跳闸了 · 心情下暴雨 · 打呼噜像电钻 · 笑死. */
export function isJoke(text: string): boolean {
  return /老伴(?!.{0,6}(?:接|遭|被|转|摔|晕|病))|我家那位|老公|老婆子|心情|心头|打呼|打鼾|笑死|哈哈|嘻嘻|像(?:电钻|打雷|下雨|放炮)|段子|猜谜|脑筋急转弯|成语|歌词|俗话/.test(
    text,
  )
}

/** The children are away, the old are here: 儿子在广东 老人一个人; not 老表在昆明说. */
const LIVES_AWAY =
  /(?:儿|女|娃|爸妈|父母|爹妈|子女|媳妇|孩子|家人|都|们)[^,\s]{0,3}在(?:外|贵阳|遵义|广东|浙江|北京|上海|深圳|重庆|成都|福建|云南|昆明|江苏|杭州|广州)[^,\s]{0,2}(?:地|省|头|面|打工|上班|读书|回不来|$|[,\s])/

const NOTICES =
  /^【|【(?:紧急)?通知|【[^】]{0,12}(?:预告|公告|提醒|提示|倡议)】|收到请?回复|温馨提示|(?:停水|停电|检修|施工|体检|活动)(?:通知|公告)|^#?接龙|#接龙|暴雨预警|准时(?:参加|到)|请大家(?:相互)?转告/
/** Orders to the bot; who tells it something by its name is heard: 小助手,我们栋电梯又停了. */
const ORDERS =
  /(?:^|@)(?:小助手|机器人|助手)[\s,,::]*(?:$|汇总|查|待办|帮助|台账|周报|月报|状态)|^(?:汇总|查|待办|帮助|台账|周报|月报)\s*(?:\d+号|\d+栋|本周|上周|本月)?$/
const ADVERTS =
  /(?:\d+(?:元|块)?一?[台次件斤套]|优惠|打折|特价|促销|团购|招租|出租|急租|转让|招聘|代理|加微信|扫码|下单|接单|家政|开锁|疏通管道|回收(?:旧)?家电|包邮|老客户).{0,40}(?:1\d{10}|〔电话|优惠|联系|微信|1\d{2}[\d-]{6,})|(?:1\d{10}|〔电话).{0,20}(?:优惠|清洗|上门|出租|招)/
const SUPPOSITION =
  /(?:要是|如果)(?!.{2,16}就(?:好|安逸|巴适))|假如|假设|倘若|万一|哪天|(?<!也|就|都|是|可|吓|害)怕(?!是|得|人|死)|以免|免得|防止|避免|莫(?!得|名|非|法|急|动|开|信|转|点|打|搬|靠)(?=.{0,6}[停坏漏堵])/
/** 不是电梯坏 · 没漏; not 是不是坏了, 没得水, 没断过水. */
const NOT_SO = /^(?:并?不是|没有?(?=[漏坏堵停断丢垮倒裂](?!过)))/
/** Memories that go on over the clauses that follow. */
const LONG_AGO =
  /早几年|原来住|文革|以前|从前|想当年|当年|当初|小时候|年轻(?:的)?时|(?<![学班饭晚早午])那(?:年|阵|时|会|个年代)|老辈子|[0-9一二三四五六七八九零〇]{2,4}年(?!级|纪|人)/
const STILL = new RegExp(
  `${NOW.source.replace('现在', '现在(?!.{0,4}好)')}|到现在|还没|还不|还是|一直|至今|这几天|没修好|没得人来`,
)

/** Announces that concerns were collected without naming one. */
function isCollecting(text: string): boolean {
  return (
    /(?:收集|整理|反映|记|汇总).{0,10}(?:诉求|问题|意见|事情|事)|各组反映的/.test(text) &&
    !/[:：].{6,}|1[、.]|①|一是/.test(text) &&
    /(?:收集|整理|提交|上会|支委会|党支部|支部|分析|研究|记下了)/.test(text)
  )
}
