import { createMasker, type Masker } from '../../src/privacy/mask.ts'

/** A masker for an invented group: 丁惠芳 in the roster, 平安是福 and 李三妹 among the speakers. */
export function maskerOfGroup(): Masker {
  const speakers = new Map([
    ['平安是福', 'U1'],
    ['李三妹', 'U2'],
    ['1组孙光荣', 'U3'],
  ])
  return createMasker({ names: ['丁惠芳', '孙光荣'], speakers })
}
