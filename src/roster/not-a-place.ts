/** What stands left and right of something that looks like a building. */
export type Around = { before: string; after: string }

/**
 * Whether 「N栋」 counts buildings or is an ordinal, instead of naming one.
 * 这三栋, 第二栋, 一共5栋, 那一栋, 有3栋楼都, 盖了两栋, 周三栋长会 do; 12栋楼道, 三栋二单元, 我们一栋的灯 do not.
 */
export function isCount(number: string, { before, after }: Around): boolean {
  if (/(?:第|这|共|总共|总计|每|其他|其余|各|约|接近|将近|不到|超过|好几|(?:盖|建|买|卖|拆|炸|修)[了过])$/.test(before))
    return true
  if (/(?:周|星期|礼拜)$/.test(before)) return true
  if (
    /(?:[走跑查看扫清巡访]了|走访)$/.test(before) &&
    (BARE_HOUSE.test(after) || /^(?:$|[,，。;；\s]|\d+户)/.test(after))
  )
    return true
  if (/^(?:别墅|房子|新房|老房|高楼|大楼|楼房|住宅|小楼|多)/.test(after)) return true
  if (/^楼?(?:之多|左右|以上)/.test(after)) return true
  if (/(?:有|个|那|还剩|就)$/.test(before) && BARE_HOUSE.test(after)) return true
  if (/^楼(?:都|全|一起|同时|的居民都|共)/.test(after)) return true
  if (/^[1一]$/.test(number)) {
    if (/(?:[那哪同另整某后前面壁边找最])$/.test(before)) return true
    if (BARE_HOUSE.test(after) || /^[老新大高旧烂一]/.test(after)) return true
  }
  return /^[两]$/.test(number)
}

/** 「楼」 that is not the beginning of 楼道, 楼顶, 楼下 …: then 三栋楼 counts houses. */
const BARE_HOUSE = /^楼(?![道顶上下梯门前后里头外边口面栋长间板层房])/

/**
 * Whether 座 or # after a number means something else than a building.
 * 7座车, 三座桥, 一座, 5#电池, 92#汽油, #话题 do; 5座二单元, 12#楼道, 5# do not.
 */
export function isOtherUnit(unit: string, number: string, { before, after }: Around): boolean {
  if (unit.startsWith('座')) {
    if (/(?:[第这那有几好坐])$/.test(before) || number === '两') return true
    return /^(?:[大小高新老古]?[桥山塔城庙坟岛位车椅亭机谈碑坛房楼]|商务|面包|的?(?:面包|商务)?车|以)/.test(after)
  }
  if (unit.startsWith('#')) {
    return /^(?:[汽柴]?油|电池|色|号|菜|机床|线|桌|接龙|[\p{Script=Han}]{2,12}#)/u.test(after)
  }
  if (unit !== '号楼') return false
  return /月$/.test(before) || (/天$/.test(before) && /^栋长/.test(after))
}

/**
 * Whether a slip of the ear after a number may stand for 栋: 二十二洞三单元, 八洞门口, 十二洞 may; 一动不动, 三懂 may not.
 */
export function isBelievableSlip(number: string, { after }: Around): boolean {
  if (
    /^楼?\s?(?:[0-9一二三四五六七八九十]{1,2}\s?单[元员]|门口|门禁|楼道|楼梯|电梯|楼[上下顶]|旁边|后面|前面|对面)/.test(
      after,
    )
  )
    return true
  return /^(?:\d\d|..+)$/.test(number) && !/^[不了过手静脑]/.test(after)
}

/**
 * Whether a house number belongs to a place that is not ours: 金地花园12栋, 隔壁小区5栋, 电厂家属院3栋 do;
 * 我们小区5栋, 这个小区5栋, 小花园5栋 do not.
 */
export function isForeign(before: string): boolean {
  const named = FOREIGN.exec(before)
  return named !== null && !OUR_OWN.test(named[1]!)
}

const FOREIGN =
  /([\p{Script=Han}A-Z0-9]{2,8}?)(?:花园|花苑|家园|公寓|大厦|新村|新城|名都|华庭|豪庭|雅苑|嘉苑|华府|小区|家属院|宿舍)(?:里头?|里面|的|那边|那个|那里)?\s*$/u
const OUR_OWN =
  /(?:我们|我|咱们?|本|你|这个?|那个|哪个|几个|整个|全|各个?|每个|该|个|的|在|到|去|从|是|住|社区|同个?|[小大])$/

/**
 * Whether a letter with a number that some building is called by is something else here.
 * A4纸, 维生素B6, B2地库, A3车位, B2驾照, 奥迪A6 are; A4门禁, A7电梯, B8全黑 are not.
 */
export function isOtherCode({ before, after }: Around): boolean {
  if (
    /(?:维生素|维|牛奶|奶粉|奥迪|宝马|传祺|车型|型号|地下|负|停车场|车库|车位|座位|座|考场|教室|展位|摊位|包间|房间|窗口|病毒|流感|血型|驾照|级|尺寸|地铁|航站楼?|版本|纸张?)\s?$/.test(
      before,
    )
  )
    return true
  return /^(?:\s?(?:纸|打印|复印|大小|幅|版|尺寸|层|地库|车库|地下(?!室)|停车[场位库]|车位|轿车|超市|商铺|驾|照(?![明样旧])|证|出口|口(?![子头])|级|型|号(?!楼)|片(?!区)|款|线(?!路)|路公|路车|航站|登机|股|展|血|奶(?!奶)|本(?![来身栋楼月周])|笔记本|图纸|海报|文件|表(?!箱)|页|胶囊|药)|%|[.:：/]\d)/.test(
    after,
  )
}

/**
 * Whether 「12-1」 stands where it can only be a score, a date, a time, a price or a range.
 * 12-1的比分, 9-17点, 2-3个人, 5-1放假 do; 12-1电梯, 住12-1 do not.
 */
export function isOtherDash({ before, after }: Around): boolean {
  if (
    /^\s?(?:[点时日号月人个元块斤岁期组度页%℃:：年米次天周盒片粒杯瓶条名位级班分秒折届层头万千百公平]|楼(?![道梯上下顶])|\S{0,2}[赢输胜负]|左右|小时|之间|比分|的比分|放假|活动|晚会|当天|节|前后)/.test(
      after,
    )
  )
    return true
  if (
    /(?:比分|赢|输|打成|领先|落后|胜|负|踢|球|局|约|大概|早上|下午|上午|晚上|血压|体温|每天|每次|价|[¥￥$第版])\s?$/.test(
      before,
    )
  )
    return true
  return /比分|比赛|决赛|球赛/.test(before.slice(-12) + after.slice(0, 12))
}

/** Whether 「12-1」 without a compound before it plainly speaks of a flat's building and unit. */
export function isDwelling({ before, after }: Around): boolean {
  if (/(?:住|家|我们|我是|在)\s?$/.test(before)) return true
  if (
    /^\s?的?(?:电梯|楼道|门口|门禁|楼[上下顶梯]|漏|停[水电气]|下水|水管|灯|住户|居民|业主|邻居|对讲|单元)/.test(after)
  )
    return true
  return /^[\s:：「“]*$/.test(before) && /^[\s噻嘛的呢哈哦啊。!！」”]*$/.test(after)
}

/**
 * Whether a compound's name is only the head of another place: 碧阳街道, 碧阳小学, 碧阳路 do; 碧阳路灯, 碧阳物业 do not.
 */
export function isOtherArea(after: string): boolean {
  return /^(?:街道|社区|派出所|卫生|医院|小学|中学|学校|幼儿园|大道|大街|大桥|湖|公园|镇|乡(?![亲里])|菜市|农贸|市场|汽车站|客车站|车站|公交|超市|门市|商店|商场|银行|路(?![灯牌面边上中又不被塌坑烂坏断太都也窄滑])|街(?!坊))/.test(
    after,
  )
}

/** Whether 一期 or A区 speaks of something else: 第一期, 这一期, 二期培训, 一期杂志, 医院B区 do; 二期小广场 does not. */
export function isOtherZone(zone: string, { before, after }: Around): boolean {
  if (/(?:[第这]|医院|商场|病|考|市场|车站|公园)$/.test(before)) return true
  if (/^[1一]/.test(zone) && /(?:[那每前后同另哪某]|(?<![晚早街路马])上|(?<![楼以])下)$/.test(before)) return true
  if (/[A-Z0-9]$/.test(before) && /^[A-Z0-9]/.test(zone)) return true
  return /^(?:培训|杂志|节目|手术|学习班|学员|投资|账单|保单|付款|款|报纸|报刊|刊|开奖|疫苗|国债|分红|班|间|末|内|限)/.test(
    after,
  )
}

/** Whether what precedes 一起 makes it 「together」 rather than 一期 misheard: 大家一起, 我们一起, 跟他一起 do. */
export function isTogether(before: string): boolean {
  return /(?:大家|[我咱你他她]们|都|也|[跟和同与]\S{0,3})$/.test(before)
}

/**
 * Whether an alias that is only the end of a compound's name (国际小区, 家属院) ends another name here:
 * 金地国际小区, 电厂家属院 do; 我们家属院, 今天家属院, 在国际小区 do not.
 */
export function isTailOfOther(alias: string, before: string): boolean {
  if (/^(?:家属|职工|宿舍)/.test(alias)) return /[厂局行校队所矿站院司处厅段]$/.test(before)
  return /[\p{Script=Han}A-Z0-9]$/u.test(before) && !FUNCTION_WORD.test(before)
}

const FUNCTION_WORD =
  /[们我咱在的是到去从和与跟了住给对往问有叫说哈啊嘛呀就都也这那里头边个回向离于因来找看过哪老整全把帮请喊让进出着及映访查天晚午早刚上下周月日夜前后近]$/
