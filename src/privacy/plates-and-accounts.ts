import { type Finder, finderOf } from './span.ts'

const PROVINCE = '[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]'
const BEHIND_LETTER = '[ ·•.\\-]{0,2}(?:(?=[A-Za-z]*\\d)[A-Za-z\\d]{5,6}|\\d{4})'
const PLATE = new RegExp(`${PROVINCE} ?[A-Za-z]${BEHIND_LETTER}[挂学警港澳领使]?(?![A-Za-z\\d])`, 'dgu')
const NAMED_PLATE =
  /车牌号?码?[是为:\s]*(?<it>(?=[A-Za-z]*\d)[A-Za-z][ ·•.-]?[A-Za-z\d]{4,7}|[A-Za-z\d]{5,7})(?![A-Za-z\d])/dgu

const EMAIL = /(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/dgu

const WECHAT = '(?:微信|薇信|[vV]信|(?<![A-Za-z])(?:wx|vx|WX|VX))'
const WECHAT_ID = /wxid_\w{4,}/dgiu
const WECHAT_NAMED = new RegExp(
  `${WECHAT}(?:(?:号码?|ID|id)\\s?(?:是|为|[:=])?|\\s?[:=])\\s?(?<it>[A-Za-z][\\w-]{4,19})`,
  'dgu',
)
const WECHAT_WITH_DIGITS = new RegExp(`${WECHAT}\\s?(?:是|为|加)?\\s?(?<it>(?=[\\w-]*\\d)[A-Za-z][\\w-]{4,19})`, 'dgu')
const QQ = /(?:(?<![A-Za-z])QQ|扣扣)(?:号码?|群号?)?\s?(?:是|为|[:=])?\s?(?<it>\d{5,12})(?!\d)/dgiu

/** Number plates by shape: 贵F·A0012, 贵F A0012, 贵FA0012, new-energy ones; without the province after 车牌. */
export const findPlates: Finder = finderOf('车牌', PLATE, NAMED_PLATE)

/** E-mail addresses. */
export const findEmails: Finder = finderOf('邮箱', EMAIL)

/** WeChat ids and QQ numbers: wxid_…, 微信:abc123, QQ 12345678; the word before stays. */
export const findAccounts: Finder = finderOf('账号', WECHAT_ID, WECHAT_NAMED, WECHAT_WITH_DIGITS, QQ)
