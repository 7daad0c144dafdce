import { expect, test } from 'vitest'
import { lastingId } from '../../src/chat/lasting-id.ts'

test('the owner’s remark is the id, unless two people have it; names never are', () => {
  const contacts = { '@1': { RemarkName: '丁姨' }, '@2': { RemarkName: '' }, '@3': { RemarkName: '老周' } }
  expect(lastingId('@1', '丁姨', contacts)).toBe('remark:丁姨')
  expect(lastingId('@2', null, contacts)).toBe('@2')
  expect(lastingId('@1', '丁姨', { ...contacts, '@4': { RemarkName: '丁姨' } })).toBe('@1')
})
