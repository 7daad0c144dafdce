/** Words that put right what the other words tell: 来水 answers 停水. */
const COUNTERPARTS: readonly [RegExp, RegExp][] = [
  [/[来通有送]水|水来/, /停水|断水|没水|[没莫]得水|水停|一滴都|没来水/],
  [/[来送通有]电|电来/, /停电|断电|没电|[没莫]得电|跳闸|全黑|电线/],
  [/亮/, /灯|黑|不亮/],
  [/出来|救出|脱险/, /关人|困|关[在到起]|卡[在到]/],
  [/找到|回来|出院|(?<!不)醒/, /摔|晕|昏|喊不|走失|住院|不见/],
  [/味/, /煤气|燃气|臭|异味/],
  [/送到|送去|给.{1,4}送/, /药|饭|代买|代购/],
  [/爬楼|维保|这部/, /电梯/],
  [/[空腾让]出来|[拖开挪搬]走/, /堵|占|堆|停/],
  [/抽|不臭|掏|冲干净/, /化粪池|污水|下水|满|臭|堵|垃圾/],
  [/和好|和解|说通|谈拢|讲和|道歉/, /纠纷|吵|扯皮|骂/],
  [/家属|医院|救护车|平安|大碍/, /摔|晕|昏|喊不|倒|出事/],
]
const TELLING_CHARS = /[药灯水电梯车狗猫树墙路椅牌坑线气锁门井管沟砖桩箱栏亭床米煤烟火虫鼠蜂鸡]/g
const EMPTY =
  /我们|你们|他们|这个|那个|一个|今天|昨天|明天|现在|大家|不了|了一|没有|还没|哪个|什么|怎么|来修|喊人|物业|麻烦|单元|家属|属院|小区|一期|二期|一楼|楼上|天天|不到|得很|起来|下来|来看/

/** How far talk speaks of the thing that `b` told, by words they share; 0 for none, about 4 for a common noun. */
export function kinOf(a: string, b: string): number {
  const shared = pairsOf(a).filter((pair) => b.includes(pair)).length
  const signs = new Set((a.match(TELLING_CHARS) ?? []).filter((sign) => b.includes(sign))).size
  const answered = COUNTERPARTS.some(([one, other]) => one.test(a) && other.test(b))
  return Math.min(6, shared * 2) + Math.min(4, signs * 2) + (answered ? 6 : 0)
}

/** The pairs of neighbouring characters that carry meaning: 电梯坏了 → 电梯, 梯坏, 坏了. */
function pairsOf(text: string): string[] {
  const pairs = new Set<string>()
  for (const [run] of text.matchAll(/[\u4e00-\u9fa5]{2,}/g)) {
    for (let at = 0; at + 2 <= run.length; at++) pairs.add(run.slice(at, at + 2))
  }
  return [...pairs].filter((pair) => !EMPTY.test(pair) && !/[了的得都也就在是有我你他不没]/.test(pair))
}
