import { expect, test } from 'vitest'
import {
  daysBetween,
  lastSevenDays,
  monthBefore,
  monthOf,
  startKey,
  weekBefore,
  weekOf,
} from '../../src/digest/period.ts'
import { on } from './small-community.ts'

test('a week runs from Monday 00:00 to the next Monday 00:00 in Shanghai, whatever the moment within it', () => {
  for (const moment of ['05-18 00:00', '05-20 12:00', '05-24 23:59']) {
    expect(weekOf(on(moment))).toEqual({
      from: on('05-18 00:00'),
      before: on('05-25 00:00'),
      label: '本周 5月18日—5月24日',
    })
  }
  expect(weekOf(on('05-25 00:00')).label).toBe('本周 5月25日—5月31日')
})

test('the week before ends where this one begins, also over a new year', () => {
  expect(weekBefore(on('05-25 08:30'))).toEqual({ ...weekOf(on('05-18 00:00')), label: '上周 5月18日—5月24日' })
  expect(weekBefore(on('01-07 09:00')).label).toBe('上周 12月29日—1月4日')
})

test('months are as long as they are', () => {
  expect(monthOf(on('05-31 23:59'))).toEqual({ from: on('05-01 00:00'), before: on('06-01 00:00'), label: '5月' })
  expect(monthBefore(on('03-31 09:00'))).toEqual({ from: on('02-01 00:00'), before: on('03-01 00:00'), label: '2月' })
  expect(monthBefore(on('01-01 00:00')).from).toEqual(new Date('2025-12-01T00:00:00+08:00'))
})

test('the last seven days include what is filed this very moment', () => {
  const now = on('05-24 21:00')
  const { from, before, label } = lastSevenDays(now)
  expect(from).toEqual(on('05-17 21:00'))
  expect(before > now).toBe(true)
  expect(label).toBe('最近7天')
})

test('days are counted by midnights, and a week is known by its Monday', () => {
  expect(daysBetween(on('05-23 23:50'), on('05-24 00:10'))).toBe(1)
  expect(daysBetween(on('05-24 00:10'), on('05-24 23:50'))).toBe(0)
  expect(startKey(weekOf(on('05-24 23:59')))).toBe('2026-05-18')
})
