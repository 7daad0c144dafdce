import { describe, expect, test } from 'vitest'
import { cleanText } from '../../src/privacy/clean.ts'
import { maskerOfGroup } from './masker.ts'

describe('what is masked', () => {
  test.each([
    ['13900001234 就是这个号', '〔电话1〕 就是这个号'],
    ['139 0000 1234、+86-139-0000-1235', '〔电话1〕、〔电话2〕'],
    ['１３９００００１２３４', '〔电话1〕'],
    ['幺三九零零零零幺二三四', '〔电话1〕'],
    ['水厂(0857-0001234)说在抢修', '水厂(〔电话1〕)说在抢修'],
    ['(0857)1234567转801', '〔电话1〕'],
    ['座机8234567', '座机〔电话1〕'],
    ['少了一位1390000123', '少了一位〔电话1〕'],
    ['522499194603150021我老伴的身份证', '〔证件1〕我老伴的身份证'],
    ['52249919460315002X', '〔证件1〕'],
    ['打错的52249919460315002', '打错的〔证件1〕'],
    ['卡号6217 0000 0000 1234 567', '卡号〔银行卡1〕'],
    ['6217000000001234567', '〔银行卡1〕'],
    ['贵F·A0012  天天停那点', '〔车牌1〕  天天停那点'],
    ['贵F A0012 贵FA0013 贵FD12345', '〔车牌1〕 〔车牌2〕 〔车牌3〕'],
    ['写 abc.d@example.com', '写 〔邮箱1〕'],
    ['加微信:abc123', '加微信:〔账号1〕'],
    ['wxid_abcd1234 QQ号12345678', '〔账号1〕 QQ号〔账号2〕'],
    ['302室', '〔门牌1〕室'],
    ['3-201 3-2-501', '3-〔门牌1〕 3-2-〔门牌2〕'],
    ['12栋一单元302', '12栋一单元〔门牌1〕'],
    ['我们栋802的吴大爷', '我们栋〔门牌1〕的〔人1〕'],
    ['802张大爷', '〔门牌1〕〔人1〕'],
    ['我家楼上704', '我家楼上〔门牌1〕'],
    ['隔壁1203', '隔壁〔门牌1〕'],
    ['5栋1203号', '5栋〔门牌1〕号'],
    ['三零二室', '〔门牌1〕室'],
    ['B六栋二单元302的周孃孃', 'B六栋二单元〔门牌1〕的〔人1〕'],
    ['301、302和303室', '〔门牌2〕、〔门牌3〕和〔门牌1〕室'],
    ['802漏水到702', '〔门牌1〕漏水到〔门牌2〕'],
    ['丁惠芳和李三妹', '〔人1〕和〔人2〕'],
    ['孙老说的是 易叔', '〔人2〕说的是 〔人1〕'],
    ['谢谢小汪 找老周', '谢谢〔人1〕 找〔人2〕'],
    ['@平安是福 几栋的', '@U1 几栋的'],
    ['@路人甲 几栋的', '@〔人1〕 几栋的'],
  ])('%s → %s', (said, masked) => {
    const masker = maskerOfGroup()
    expect(masker.mask(said).replace(/〔(?:门牌|人)\d〕/gu, sorted())).toBe(
      masked.replace(/〔(?:门牌|人)\d〕/gu, sorted()),
    )
    expect(masker.restore(masker.mask(said))).toBe(cleanText(said))
  })
})

describe('what stays', () => {
  test.each([
    '5栋 A3栋 B区 12栋一单元 三单元 1-2栋 16至21栋',
    '2026年5月19日 12号 8:30 2026-05-18 2026-05-19 20260518',
    '打110 119 120 122 12345 96110 95598',
    '我们栋120来了 快打119',
    '400-820-8888',
    '掏了3980买床垫 两万 1块8 1.8元 1200000元',
    '1、2、3、 ①7栋门口',
    '1 2 3 4 5 6 7 8 9 10',
    '一二三四五六七八九十',
    '三楼到四楼的灯 5-6楼',
    '128号修好了',
    '我家120平 电费302元 205路 一共205户 楼上3980元',
    '奶奶 爷爷 孃孃 老人 老伴 老师傅 大爷',
    '高楼 马上 金额 水管 外孙女 小区 老李子',
    '上周主任说 对方老师 感谢书记 健康老师 保安大哥 公积金主任',
    '兰乔书记 党支部书记 楼组长',
    '老是坏 水管老是漏 一张老照片 敬老院',
    '平安是福 大家平安',
    '@所有人 @小助手 汇总',
    '会议室 两室一厅 微信群',
  ])('%s', (said) => {
    expect(maskerOfGroup().mask(said)).toBe(cleanText(said))
  })
})

test('the same value has the same placeholder within a question, another masker begins anew', () => {
  const masker = maskerOfGroup()
  expect(masker.mask('打13900001235,再打13900001234')).toBe('打〔电话1〕,再打〔电话2〕')
  expect(masker.mask('是13900001234')).toBe('是〔电话2〕')
  expect(maskerOfGroup().mask('是13900001234')).toBe('是〔电话1〕')
})

test('what a model writes with placeholders can be read again, and placeholders it invented stay', () => {
  const masker = maskerOfGroup()
  masker.mask('我们栋802的吴大爷 @平安是福 13900001234')
  expect(masker.restore('〔人1〕住〔门牌1〕,找@U1,〔电话9〕')).toBe('吴大爷住802,找@平安是福,〔电话9〕')
})

test('an @ that already looks like one of our labels is not taken for a speaker', () => {
  const masker = maskerOfGroup()
  expect(masker.mask('@U1 你好')).toBe('@〔人1〕 你好')
  expect(masker.restore(masker.mask('@U1 @平安是福5栋'))).toBe('@U1 @平安是福5栋')
})

/** The order in which placeholders are numbered is no promise. */
function sorted(): (placeholder: string) => string {
  return (placeholder) => placeholder.replace(/\d/u, 'n')
}
