import type { MessageKind } from '../../db/schema.ts'
import { isNoise } from './noise.ts'

/**
 * Whether a line holds a word that often hangs on a concern or on news of one. It only decides how long talk may wait
 * for its reading: a line without a cue is read too, later and with more of its kind.
 * Cue: 我们栋电梯又停了 · 还没修好 · 10栋噻 · 我家也是 · a picture · 医保咋个报.
 * None: 今天菜场豌豆尖便宜 · 明天九点集中学习 · 收到 · 孙子考上大学了.
 */
export function hasCue(kind: MessageKind, text: string): boolean {
  return !isNoise(kind, text) && (kind === 'image' || CUE.test(text.normalize('NFKC')))
}

const CUE =
  /[栋幢停漏堵坏修断垮塌臭吵骗偷丢摔病淹响冒裂掉卡暗脏晃]|号楼|单元|电梯|垃圾|物业|路灯|楼道|灯|井盖|水管|下水|投诉|建议|反映|诉求|报修|着火|烟|[煤燃]气|楼[上下顶]|我[家们]|走访|巡查|手写|笔记|不见|走失|来[水电气]了|[好通亮]了|还[没是]|也[是没]|一样|\+1|咋|怎么|为啥|哪[里个]|能不能|可不可以|政策|医保|社保|补贴|低保|公积金|收费|涨价|宣传|独居|老人|留守|照顾|没人|莫得人|广场舞|噪音|油烟|狗|猫|老鼠|蟑螂|树|绿化|消防|飞线|充电|占|堆|扔|乱|危险|隐患|路[面滑]|坑|没[水电气得]|水压|保健|讲座|扫码|转[账钱]|门禁|扶手|来人|快来|喊不应|闷到/u
