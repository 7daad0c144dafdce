import { expect, test } from 'vitest'
import type { MessageKind } from '../../db/schema.ts'
import { isNoise } from '../../src/intake/noise.ts'

const NOISE: [MessageKind, string][] = [
  ...['收到', '收 到', '收到。', '收到[抱拳]', '收到 谢谢', '好的', '好', '嗯嗯', '要得', '知道了', 'OK', '明白'].map(
    text,
  ),
  ...['谢谢', '谢谢大家[玫瑰]', '感谢书记', '辛苦了', '大家辛苦了[强][强]', '不客气', '应该的'].map(text),
  ...['早', '早[玫瑰]', '大家早上好,,,', '各位早上好', '晚安', '各位晚安[月亮]', '早安 大家好'].map(text),
  ...[
    '[强][强][强]',
    '👍👍',
    '🌹',
    '[呲牙]',
    '。。。',
    '!!',
    '???',
    '😀 😀',
    '点赞',
    '恭喜恭喜[强]',
    '哈哈哈哈',
    '节日快乐',
  ].map(text),
  ...['[链接] 老年人三伏天喝水有讲究', '[视频] 贵阳街头积水,小车都漂起来了', '[聊天记录] 健康养生群的聊天记录'].map(
    text,
  ),
  ...['#接龙⏎主题党日⏎1. 王秀兰⏎2. 李大山', '#接龙\n爱心捐书\n1. 王秀兰 5本'].map(text),
  ['voice', '好的好的'],
  ['text', ''],
  ['image', '早安图:荷花,「星期一 早安 福气满满」'],
  ['image', '节气图:麦穗,「今日小满」'],
  ['image', '动图:荷叶上滚着露珠,「早安吉祥」'],
  ['system', '“王秀兰”拍了拍“李大山”'],
  ['recall', '“王秀兰”撤回了一条消息'],
]

const WORDS: [MessageKind, string][] = [
  ...[
    '+1',
    '＋1',
    '一样',
    '也是',
    '我也是',
    '我家也是',
    '同问',
    '好了',
    '修好了',
    '来水了',
    '来电了来电了',
    '亮了',
    '通了',
  ].map(text),
  ...[
    '10栋噻',
    '5栋',
    '二单元',
    '没有',
    '还没',
    '不行',
    '没得',
    '收到 5栋的灯我去看',
    '好的 我马上喊物业',
    '谢谢 已经修好了',
  ].map(text),
  ...[
    '早 我们楼又停水了',
    '晚上好吵',
    '太臭了',
    '着火了',
    '救命',
    '快来人',
    '辛苦了 电梯好了',
    '7号楼',
    '对 就是那个灯',
  ].map(text),
  ...[
    '[捂脸]又漏了',
    '我报物业了',
    '110',
    '12',
    '3-2',
    '#接龙⏎报修登记⏎1. 3栋灯不亮',
    '[视频] 我们5栋的水漫出来了',
  ].map(text),
  ['text', '[聊天记录] 业主群⏎王秀兰: 3栋停水了'],
  ['image', '天花板一大片水渍,水珠往下滴'],
  ['image', '笔记本一页,手写:「①7栋路灯不亮」'],
  ['image', '厨房地面积着发黑的污水'],
  ['voice', '那个电梯又停咯'],
]

test.each(NOISE)('%s 「%s」 carries nothing', (kind, line) => {
  expect(isNoise(kind, line)).toBe(true)
})

test.each(WORDS)('%s 「%s」 must be read', (kind, line) => {
  expect(isNoise(kind, line)).toBe(false)
})

function text(line: string): [MessageKind, string] {
  return ['text', line]
}
