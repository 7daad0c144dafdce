import { type Finder, finderOf } from './span.ts'

/** Surnames that hardly ever end another word. */
const PLAIN =
  '王李刘陈杨赵黄吴徐胡朱郭罗郑梁宋唐邓韩冯曹彭萧肖蔡潘袁董吕苏卢蒋贾丁魏薛阎闫杜戴钟汪姜范崔廖邹熊陆郝邵孟秦覃侯顾龚汤黎赖樊兰殷陶翟颜倪芦俞柳邢岳齐沈姚谭邱丘尹聂詹焦柯骆梅莫庄翁荀祁裴霍葛甘包舒喻饶阮欧冉卓蔺瞿尤申屠'
/** Surnames that also end words, with what stands before them then: 上周主任 is no 周主任. */
const GUARDED: Record<string, string> = {
  张: '一二两三四五六七八九十几这那每半多数整纸扩紧主夸0-9',
  周: '一二两三四五六七八九十几这那每半上下本整前后',
  方: '官对警地双东南西北药单校资院军厂甲乙多各四前后平处远立',
  高: '提最楼增身升年',
  马: '立罗人车斑骑',
  金: '积基资奖租押现本佣罚薪年捐公税',
  白: '明告空表苍雪洁',
  何: '为任如几',
  任: '现前担上下历新原连责主信就赴离委兼调继',
  曾: '不未',
  许: '也允不或准',
  常: '经平非正日时异照',
  谢: '谢感多答道致',
  于: '由对关至等在属位处鉴终便善低大小多少用',
  文: '语作中英论课公散',
  林: '园森树竹护造',
  康: '健安小',
  史: '历',
  夏: '华入立初',
  段: '路阶时地片工标分手一这那前后',
  余: '业其剩多',
  石: '矿化宝岩',
  田: '农水',
  江: '长珠滨沿过',
  洪: '防抗',
  孙: '外曾子儿',
  龙: '接水沙恐舞',
  程: '工流过课日章行路',
  关: '有机相海把开公难',
  安: '保治公平早晚',
  叶: '树茶红落',
  严: '威庄戒从',
  易: '容交贸简不',
  贺: '祝庆恭',
  温: '体气高保室降升',
  毛: '羽皮起眉一两三五几0-9',
  万: '一二两三四五六七八九十百千几上0-9',
  钱: '收付花给交出没有的掏转拿多少要价省零块',
  孔: '钻打插面',
  鲁: '粗',
  武: '练动',
  伍: '队退入',
  章: '文图盖公印勋',
  雷: '打地扫',
  符: '相不',
  乔: '兰',
  童: '儿',
  纪: '年世',
  苗: '树疫',
  傅: '师',
  宁: '安',
}
const SURNAME = [
  '欧阳|司马|上官|诸葛|皇甫|令狐',
  `[${PLAIN}]`,
  ...Object.entries(GUARDED).map(([surname, before]) => `(?<![${before}])${surname}`),
].join('|')
const TITLE =
  '大爷|大娘|大妈|大叔|大姐|大哥|大嫂|大伯|老师傅|老师|老板|老哥|老弟|老爷子|老太太|老太|老汉|老奶奶|老爷爷|' +
  '孃孃|嬢嬢|娘娘|婆婆|叔叔|阿姨|奶奶|爷爷|伯伯|嫂子|先生|女士|同志|主任|书记|组长|师傅|经理|医生|警官|校长|院长|' +
  '队长|科长|会计|会长|站长|所长|支书|委员|楼长|[孃嬢伯嫂]|叔(?!侄)|姨(?![妈父夫])|姐(?!妹)|哥(?![华伦])|婆(?!媳)'
const NOT_OLD = '(?![人年师伴板婆公家旧小爷太奶化是实虎鼠百三早远乡干革区城院街房楼毛花])'
const OLD = '孙谢姜康史任何夏江洪余龙武易于林'
const BEHIND_OLD =
  `(?:[王刘赵吴徐朱郭罗郑梁宋唐邓韩冯曹彭萧蔡潘袁董吕卢贾丁魏薛谭陆邹汪廖姚沈邱孟秦侯黎龚汤覃崔]|` +
  '李(?!子)|杨(?![树梅])|陈(?![旧列醋])|周(?![边围末期到年一二三四五六日])|张(?!的)|黄(?![瓜牛历色车狗鱼])|' +
  '孙(?![子女儿])|胡(?![同椒子])|范(?!围)|钟(?![头表])|苏(?!打)|曾(?!孙)|姜(?!汤)|谢)'

/** A surname with a title as the source of a pattern, whatever stands before it. */
export const ADDRESSED_PERSON = `(?:欧阳|[${PLAIN}${Object.keys(GUARDED).join('')}])(?:${TITLE})`

const ADDRESSED = new RegExp(`(?:${SURNAME})(?:${TITLE})`, 'dgu')
const REVERED = new RegExp(`(?:[${PLAIN}]|${guarded(OLD)})老${NOT_OLD}`, 'dgu')
const OLD_OR_YOUNG = new RegExp(
  `(?<![养敬古年苍衰元长赡大阿父助护爱尊中幼最较])老${BEHIND_OLD}|(?<![大中幼最较从细弱缩减])小${BEHIND_OLD}`,
  'dgu',
)
const FULL_NAME = new RegExp(`^(?:\\d+组)?(?<name>[${PLAIN}]\\p{Script=Han}{2})$`, 'u')

/**
 * People called by surname: 冯孃, 吴大爷, 史书记, 孙老, 老周, 小汪.
 * Not 奶奶 alone, 老人, 老伴, 老师傅, 上周主任, 对方老师, 金额.
 */
export const findAddressed: Finder = finderOf('人', ADDRESSED, REVERED, OLD_OR_YOUNG)

const HOUSEHOLDS = [
  `[${PLAIN}张]\\p{Script=Han}(?!大)\\p{Script=Han}(?=家(?![里长庭具])|屋头)`,
  `(?<=^|[给帮为替到去找和与、,。 ])[${PLAIN}张周孙马何]\\p{Script=Han}(?=家(?![里长庭具])|屋头)`,
  `(?<=住户|居民|业主|户主|邻居)[${PLAIN}张周孙马何]\\p{Script=Han}{2}`,
].map((source) => new RegExp(source, 'dgu'))

/** Somebody named in full by their household: 给张桂芳家, 住户李三妹; only for texts where too much hidden does no harm. */
export const findHouseholds: Finder = finderOf('人', ...HOUSEHOLDS)

/** A finder for these full names in running text; the longest first, single characters left out. */
export function namesFinder(names: readonly string[]): Finder {
  const known = [...new Set(names)].filter((name) => [...name].length > 1).sort((a, b) => b.length - a.length)
  if (known.length === 0) return () => []
  return finderOf('人', new RegExp(known.map(escaped).join('|'), 'dgu'))
}

/** The full name that a shown name is or ends in; null for nicknames. (1组孙光荣 → none of ours to say, 李三妹 → 李三妹) */
export function fullNameOf(shown: string): string | null {
  return FULL_NAME.exec(shown)?.groups?.name ?? null
}

function guarded(surnames: string): string {
  return [...surnames].map((surname) => `(?<![${GUARDED[surname] ?? ''}])${surname}`).join('|')
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&')
}
