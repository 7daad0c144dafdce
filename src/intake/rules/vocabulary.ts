import { DAILY_LIFE } from './vocabulary-daily-life.ts'
import { ERRANDS } from './vocabulary-errands.ts'
import { GENERAL } from './vocabulary-general.ts'
import { NETWORKS } from './vocabulary-networks.ts'
import { PEOPLE } from './vocabulary-people.ts'
import { SURROUNDINGS } from './vocabulary-surroundings.ts'

/** A way of telling a trouble: a thing, what is wrong with it, and the category that looks after it. */
export type Telling = {
  category: string
  /** The thing or person spoken of; with no `fault`, words that say the trouble by themselves. */
  object: RegExp
  /** What is wrong or wanted; it must stand near the object. */
  fault?: RegExp
  /** Words that make it something else. */
  not?: RegExp
  /** The title's words where the matched ones would read badly or name somebody. */
  title?: string
}

/** All tellings, the more particular first: the first that matches decides the category. */
export const TELLINGS: readonly Telling[] = [
  ...PEOPLE,
  ...SURROUNDINGS.hazards,
  ...NETWORKS,
  ...SURROUNDINGS.rest,
  ...DAILY_LIFE,
  ...ERRANDS,
  ...GENERAL,
]

/** Things that name a category without a fault; they tell which concern a follow-up speaks of (电梯好了, 来水了, 药送到了). */
export const TOPICS: Readonly<Record<string, RegExp>> = {
  elevator: /电梯|关人|困人|维保|爬楼/,
  lighting_signage: /灯|摸黑|路牌|指示牌|标识|[亮黑]了/,
  water_drainage:
    /[来停通没无]水|水管|水压|水厂|龙头|下水道|地漏|反水|井盖|化粪池|排水|疏通|积水|自来水|污水|水表|水泵/,
  power_gas_heat: /[来停送通断]电|电线|供电|跳闸|变压器|燃气|煤气|天然气|气味|暖气|供暖|电表|的线|空开/,
  housing_repair: /漏|屋顶|楼顶|天花板|墙皮|外墙|防水|渗|渍|补屋/,
  property_service: /(?:物业|管理|停车|清运)费|物业(?:态度|公司|服务)|保安|门卫|保洁|公示|公共收益/,
  public_facility: /门禁|单元门|大门|铁门|健身|器材|椅|凳|扶手|监控|摄像头|栏杆|滑梯|信箱|凉亭/,
  parking_traffic: /车位|停车|堵车|充电桩|路(?!灯|牌|过|上)|地砖|人行道|坑|单车|挪车|开走|道闸|减速带/,
  safety_hazard: /飞线|甩|抛|充电|杂物|消防|堆|沙发|纸壳|坡|坎|围墙|灭火器|烟头/,
  sanitation: /垃圾|臭|异味|狗|猫|老鼠|耗子|蟑螂|虫|草|树|绿化|环卫|清运|扫|鸡|蜂/,
  noise_fume: /吵|噪|声音|音响|跳舞|装修|油烟|烟子|烧烤|麻将|电钻|安静/,
  neighbor_dispute: /吵|骂|调解|扯皮|两家|和好|和解|劝|道歉|握手|赔/,
  care: /药|照看|照顾|照管|老人|大爷|婆婆|奶奶|爷爷|娃|孃|医院|120|救护车|摔|住院|轮椅|送饭|醒/,
  fraud_security: /骗|诈|转账|转钱|投资|押金|民警|派出所|报警|公安|账户|偷|保健品|听课|挂断|反诈|96110/,
  policy_publicity: /医保|社保|津贴|补贴|报销|认证|备案|政策|高龄|养老|低保|加装|慢病|宣传|办理/,
  culture_suggestion: /合唱|乐队|电影|活动|象棋|棋牌|图书|场地|排练|乐器|二胡/,
}
