import { describe, expect, test } from 'vitest'
import { speaksOfHome } from '../../src/roster/resolve.ts'

describe('speaking of home', () => {
  test.each([
    '我们栋电梯停了',
    '我们这栋又停水',
    '我家也是',
    '我家楼上704',
    '我们楼的灯',
    '我们楼道黑',
    '我屋头跳闸',
    '我们屋头漏水',
    '本栋停水',
    '我们单元门禁坏了',
    '我们二单元',
    '我们三楼的灯',
    '楼上卫生间漏水',
    '楼上又在拖桌子',
    '把楼下吊顶泡垮了',
    '咱们栋',
    '我家长期漏水',
    '我家孙子说我们栋停电',
    '我们洞二单元',
    '我家一个月没水了',
  ])('%s', (text) => expect(speaksOfHome(text)).toBe(true))

  test.each([
    '我家孙子要中考',
    '我家那位打呼噜',
    '我家老头子去钓鱼',
    '我家的狗',
    '我家两个在闹',
    '我们家属院停水',
    '我家乡',
    '我们大家',
    '国家政策',
    '我们组把楼道清了',
    '我们三组',
    '5栋门口',
    '12栋楼上',
    '药店楼下',
    '他们栋',
    '你们栋',
    '大家都来',
    '我们懂了',
  ])('not %s', (text) => expect(speaksOfHome(text)).toBe(false))
})
