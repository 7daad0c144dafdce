/** Somebody, in the words of a family or a street: 老伴 · 孃孃 · 那个娃 · 老者. */
export const PERSON =
  '(?:老人家?|老者|老头子?|老太|老爷子|老汉|老伴|老公|爷|奶|婆|孃|叔|伯|姨|嫂|大姐|大哥|妈|爸|爹|娘|师傅|娃|小孩|孩子|孙[子女]|儿子|女儿|姑娘|妹崽|学生|女的|男的|个人|有人|孕妇|他|她)'

/** One's own people, who may be looked for: 老妈 · 我家娃 · 外公; not a colleague. */
export const HOMEFOLK =
  '(?:老人家?|老[\u4e00-\u9fa5]?头|老者|老哥|娃儿?|娃娃|小孩|孩子|孙子|孙女|外孙|外公|外婆|奶奶|爷爷|婆婆|公公|大爷|老妈|老爸|老伴|老汉|我妈|我爸|妈妈|爸爸|孃|叔|[我他她]?家?老[二大三]|儿子|姑娘|女儿)'

/** Where somebody who lies there needs help: 厕所 · 楼梯口 · 路边. */
export const INDOORS = '厕所|卫生间|楼梯|楼道|屋头|家里|地上|门口|路|花台|花坛|沟|院坝|电梯|浴室|厨房|客厅'

/** What can burn or blow up: 电瓶 · 柴堆 · 油锅 · 充电棚. */
export const FUEL =
  '(?:锅|柴|堆|灶|炉|被子|床|沙发|棉|窗帘|草|树|垃圾|车|棚|房|屋|插座|开关|插板|插线板|纸壳?|电池|电瓶|充电器|变压器|电表|热水器|空调|冰箱|煤气罐|气罐|高压锅)'

/** A cue of any of these kinds, for all its places in a text. */
export function anyOf(...kinds: readonly string[]): RegExp {
  return new RegExp(kinds.join('|'), 'g')
}
