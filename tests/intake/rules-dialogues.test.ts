import { expect, test } from 'vitest'
import { readTaxonomy } from '../../src/concerns/taxonomy.ts'
import { readByRules } from '../../src/intake/rules/rules-reader.ts'

/** What is said, `speaker|words`, three minutes apart, and for each concern the lines that tell, belong to and settle it. */
const DIALOGUES: { said: string[]; gold: [number[], number[], number[]][] }[] = [
  {
    said: [
      'A|我们栋的声控灯又不亮了',
      'B|是不是三楼那个',
      'A|三楼四楼都是',
      'C|我等下去看看',
      'D|今天好冷',
      'C|换了两个灯泡 亮了',
    ],
    gold: [[[1], [2, 3, 4], [6]]],
  },
  {
    said: ['A|10栋的下水管又堵了', 'B|哪个小区的10栋', 'A|碧阳的', 'C|通渠师傅下午三点到', 'A|师傅来过了 通了'],
    gold: [[[1], [2, 3, 4], [5]]],
  },
  {
    said: ['A|老李头不见了 大家帮到找', 'B|他平时爱去河边', 'C|我去菜场那头看', 'D|找到了 在他女儿家'],
    gold: [[[1], [2, 3], [4]]],
  },
  {
    said: ['A|快来人 5栋电梯关到人了', 'B|打了119', 'C|我到楼下了', 'A|救出来了 人没得事'],
    gold: [[[1], [2, 3], [4]]],
  },
  {
    said: ['A|碧阳停水了吗', 'B|我家也没得水', 'C|16栋也停了', 'D|自来水公司说爆管 晚上十点来', 'B|来水了'],
    gold: [[[1], [2, 3, 4], [5]]],
  },
  {
    said: ['A|我家楼上天天半夜拖东西', 'B|哪一家嘛', 'A|7栋二单元六楼', 'C|我明天去跟他说一声', 'A|昨晚安静了 谢谢'],
    gold: [[[1], [2, 3, 4], [5]]],
  },
  {
    said: ['A|A5的门禁坏了 刷不开', 'B|A7的也是', 'C|两个都报修了'],
    gold: [
      [[1], [3], []],
      [[2], [3], []],
    ],
  },
  { said: ['A|请问高龄补贴哪里领', 'B|社区一楼大厅 带身份证', 'A|好的 谢谢'], gold: [[[1], [2], []]] },
  {
    said: ['A|有人打电话说我中奖了 要交两千手续费', 'B|莫信 骗子', 'C|赶紧挂了', 'A|挂了 没转钱'],
    gold: [[[1], [2, 3], [4]]],
  },
  {
    said: [
      'A|垃圾房边上堆了好多装修垃圾',
      'B|是哪家装修的',
      'C|我问下物业',
      'D|中午吃啥',
      'C|物业说明天拉',
      'A|还没拉走哦',
      'C|拉走了',
    ],
    gold: [[[1], [2, 3, 5, 6], [7]]],
  },
  { said: ['A|桂花苑东门的路灯灭了三盏', 'B|好吃的豆花饭', 'C|路灯我报市政了', 'B|哈哈'], gold: [[[1], [3], []]] },
  {
    said: ['A|冯婆婆的降压药没了 哪个帮带一下', 'B|我下午去医院 顺便带', 'B|药送到冯婆婆手上了'],
    gold: [[[1], [2], [3]]],
  },
  {
    said: ['A|楼下两家又吵起来了', 'B|为啥子', 'A|为停车', 'C|我下去劝', 'C|劝开了 两家都道歉了'],
    gold: [[[1], [2, 3, 4], [5]]],
  },
  { said: ['A|建议搞个消防演练', 'B|支持', 'C|+1'], gold: [[[1], [2, 3], []]] },
  { said: ['A|今天天气好', 'B|是啊', 'A|下午打牌不', 'B|要得'], gold: [] },
  { said: ['A|以前我们院的电梯老坏', 'B|是的 那时候天天爬楼', 'C|现在好多了'], gold: [] },
  {
    said: ['A|3栋顶楼漏水', 'B|5栋的路灯不亮', 'C|3栋的我联系维修队 5栋的我报电工'],
    gold: [
      [[1], [3], []],
      [[2], [3], []],
    ],
  },
  {
    said: [
      'A|我们楼道有煤气味',
      'B|哪一栋',
      'A|家属院8号楼',
      'C|莫开灯 我打燃气公司',
      'C|燃气公司来了 换了管子 没味道了',
    ],
    gold: [[[1], [2, 3, 4], [5]]],
  },
]

const compounds = [
  { name: '碧阳国际小区', aliases: ['碧阳'] },
  { name: '兰乔圣菲小区', aliases: ['兰乔'] },
  { name: '供销社家属院', aliases: ['家属院'] },
  { name: '桂花苑小区', aliases: ['桂花苑'] },
]
const known = { compounds, categories: readTaxonomy().categories }

function read(said: string[]) {
  const lines = said.map((words, index) => {
    const [speaker = '', text = ''] = words.split('|')
    const time = `08:${String(index * 3).padStart(2, '0')}`
    return {
      number: index + 1,
      isNew: true,
      time,
      speaker,
      kind: 'text' as const,
      text,
      quotes: null,
      quotesConcern: null,
    }
  })
  return readByRules({ date: '2026-09-07 星期一', lines, open: [], speakers: new Map() }, known).concerns
}

test('in short talks every concern is found once, and none in small talk', () => {
  for (const { said, gold } of DIALOGUES) {
    expect(
      read(said).map(({ lines }) => lines[0]),
      said.join(' / '),
    ).toEqual(gold.map(([told]) => told[0]))
  }
})

test('answers, questions and help go to the concern they speak of, and what settles it is seen', () => {
  const all = DIALOGUES.flatMap(({ said, gold }) => {
    const concerns = read(said)
    return gold.map(([told, also, settled]) => ({
      said,
      also,
      settled,
      found: concerns.find(({ lines }) => lines.includes(told[0]!)),
    }))
  })
  const lost = all.flatMap(({ said, also, found }) =>
    also.filter((line) => !found?.lines.includes(line) && !found?.also.includes(line)).map((line) => said[line - 1]),
  )
  const open = all.filter(({ settled, found }) => settled.some((line) => !found?.settled.includes(line)))
  expect(lost.length / all.flatMap(({ also }) => also).length, lost.join('\n')).toBeLessThanOrEqual(0.05)
  expect(open.map(({ said }) => said)).toEqual([])
})
