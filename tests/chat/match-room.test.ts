import { describe, expect, it } from 'vitest'
import { matchRoom } from '../../src/chat/match-room.ts'

const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `人${from + index}`)
const remembered = (memberNames: string[]) => ({ key: 'committee' as const, topic: '支委会', memberNames })
const seen = (id: string, memberNames: string[], topic = '支委会') => ({ id, topic, memberNames })

describe('recognising a room', () => {
  it.each([
    ['the same people', people(1, 5), people(1, 5)],
    ['many who joined', people(1, 5), people(1, 200)],
    ['many who left', people(1, 50), people(1, 5)],
    ['60 % of the smaller list', people(1, 5), people(3, 20)],
    ['all of a small room', people(1, 2), people(1, 9)],
  ])('takes %s', (_, before, now) => {
    expect(matchRoom(remembered(before), [seen('a', people(90, 99)), seen('b', now)])).toEqual({ id: 'b' })
  })

  it.each([
    ['fewer than 60 % of the smaller list', people(1, 10), people(6, 40)],
    ['two people it knows, alone', people(1, 10), people(1, 2)],
    ['one of two', people(1, 2), people(2, 9)],
    ['a room that shows nobody yet', people(1, 10), []],
    ['a room of which nobody is remembered', [], people(1, 10)],
  ])('does not take %s', (_, before, now) => {
    expect(matchRoom(remembered(before), [seen('a', now)])).toEqual({ problem: 'strangers' })
  })

  it('takes none of two alike, and none under another name', () => {
    expect(matchRoom(remembered(people(1, 5)), [seen('a', people(1, 5)), seen('b', people(1, 4))])).toEqual({
      problem: 'several',
    })
    expect(matchRoom(remembered(people(1, 5)), [seen('a', people(1, 5), '棋牌群')])).toEqual({ problem: 'absent' })
  })
})
