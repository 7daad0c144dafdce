import { NUMERAL_CHARS } from './numerals.ts'

/**
 * Whether a text speaks of the speaker's own building: 我们栋, 我家也是, 我屋头, 本栋, 我们二单元, 楼上漏水 do;
 * 我家孙子, 我家那位, 我们家属院, 12栋楼上, 药店楼下 do not.
 */
export function speaksOfHome(text: string): boolean {
  return namesHome(text) || UP_OR_DOWN.test(text)
}

/** The same without a bare 楼上 or 楼下, which may be above or below anything. */
export function namesHome(text: string): boolean {
  return HOME.test(text)
}

/** Whether a line is nothing but 我们栋, with its unit or storey: what the next line says is told of there. 我们栋停电了 is more. */
export function isOnlyHome(text: string): boolean {
  const place = `(?:[${NUMERAL_CHARS}]{1,3}(?:单[元员]|楼))`
  return (
    new RegExp(`^\\s*(?:(?:我|俺|咱)们?(?:这|那)?一?(?:家|屋头|栋|幢|楼)|本栋)?${place}*[\\s,，.。!！嘛哈]*$`).test(
      text,
    ) && namesHome(text)
  )
}

/** Whether what stands right before a place says that it is the speaker's own: 我们12栋, 我住5栋, 我们小区8栋; 大家5栋 not. */
export function endsWithWe(before: string): boolean {
  return /(?:我们|咱们?|我|俺|我家|家(?=[住在是])|自己)(?:这个?|那个?)?(?:小区|院)?(?:是|住|住在|在|家住|家在|这边|的|一起)?\s?$/.test(
    before,
  )
}

/** Whether it is said to be somebody else's: 他们5栋, 你们小区8栋. */
export function endsWithOthers(before: string): boolean {
  return /(?:[他她你]们?|人家)(?:那个?|这个?)?(?:小区|院)?(?:家|住|住在|是|在|那边|的)?\s?$/.test(before)
}

/** Whether words speak of 我们小区, 我们这边, 我们院子: the speaker's compound. 我们组 and 我们书记 are people. */
export function speaksOfOwnCompound(words: string): boolean {
  return /(?:我们|咱们?|本)(?:这个?|那个?)?(?:大|老)?(?:小区|院|园区|这[边里点儿头]|大?门|车库|广场|地下|物业|业主|家属)|我们(?!组|书记|支部|几|两|三|都)/.test(
    words,
  )
}

/** Whether a text says 我们小区 or 本院 in so many words. */
export function namesOwnCompound(text: string): boolean {
  return /(?:我们|咱们?|本)(?:这个?|那个?)?(?:小区|院)/.test(text)
}

/** Whether words name the own building as such, not only something at home: 我们栋, 本单元. */
export function namesOwnBuilding(words: string): boolean {
  return /(?:我们|咱们?|本)(?:这|那)?一?(?:栋|幢|单元)/.test(words)
}

/** Somebody or something of one's own rather than one's home: 我家孙子, 我家那位, 我家属, 我家两个. */
const NOT_MY_HOME =
  '(?!的?(?:属|乡|长(?![期时久])|庭|人|孙|外孙|外甥|儿|女|姑娘|闺女|媳妇|老头|老伴|老太|老公|老婆|老妈|老爸|老汉|老人家|老者|老大|老二|老幺|婆娘|爱人|先生|太太|掌柜|当家|领导|那位|这位|那口|娃|崽|幺|侄|妹|姐|哥|弟|婆|公|爷|奶|爸|妈|爹|娘|舅|亲戚|小子|丫头|宝|狗|猫|鸟|[一二两三四五1-5]个(?!月|星期|礼拜)|[一二两三四五]口))'

const HOME = new RegExp(
  [
    `(?:我|俺|咱)们?家${NOT_MY_HOME}`,
    '(?:我|俺|咱)们?屋(?:头|里)?',
    '(?:我|俺|咱)们?(?:这|那|住的)?(?:这|那)?一?(?:栋|幢|单元|楼道|楼层|楼[上下顶梯]|楼(?!盘|主))',
    '我们[洞动冻](?=楼|[一二三四五六1-9两][单楼]|门|的|那|这|又|也|电|停|有|里|$)',
    `我们(?:[${NUMERAL_CHARS}]{1,2})(?:单[元员]|楼(?!栋))`,
    '本(?:栋|幢|楼|单元)',
    '自家(?:门口|楼|屋)',
  ].join('|'),
)

const UP_OR_DOWN = /(?<=^|[\s,，。;；:：!！?？、⏎我们家的在从是给跟喊把被叫])楼[上下](?!班)/
