import type { Db } from '../../db/database.ts'
import { linkConcerns, moveConcern } from '../../src/concerns/ledger.ts'
import { episode, file, hear, on, SECRETARY } from './small-community.ts'

/** The week of 18 May 2026 with some history: numbers 1 to 4 are older, 13 is filed just after the week. */
export async function fillWeekOfMay(db: Db): Promise<void> {
  const move = (no: number, at: string, step: Parameters<typeof moveConcern>[2]) =>
    moveConcern(db, no, step, SECRETARY, on(at))
  await file(db, '04-20 09:00', '电梯时好时坏', 'BY-12')
  await move(1, '04-21 09:00', { to: 'in_progress', handler: { kind: 'person', name: '汪国强' } })
  await file(db, '05-01 09:00', '车棚要加顶', 'LQ1-05', { category: 'parking_traffic' })
  await move(2, '05-02 09:00', { to: 'deferred', reason: '等街道拨款', nextLook: on('05-15 09:00') })
  await file(db, '05-10 09:00', '想加装扶手', 'BY-05', { category: 'public_facility' })
  await move(3, '05-12 09:00', { to: 'on_agenda' })
  await file(db, '05-14 09:00', '楼道灯不亮', 'BY-05', { category: 'lighting_signage' })
  await move(4, '05-15 09:00', { to: 'resolved', result: '换了灯' })

  await file(db, '05-18 00:00', '厨房有煤气味', 'BY-12', { category: 'power_gas_heat', urgency: 'red' })
  await move(5, '05-18 12:00', { to: 'resolved', result: '燃气公司修好' })
  await move(1, '05-19 09:00', { to: 'resolved', result: '换了主板' })
  await move(4, '05-19 09:00', { to: 'in_progress' })
  await file(db, '05-19 08:00', '电梯又停了三天没有人来修', 'BY-12')
  await linkConcerns(db, 6, 1, 'recurrence_of')
  await move(1, '05-20 09:00', { to: 'closed', followUp: 'satisfied' })
  await file(db, '05-20 09:00', '路牌看不清', 'BY-12', { category: 'lighting_signage', urgency: 'blue' })
  await file(db, '05-21 09:00', '好像哪里在漏水', null, { category: 'water_drainage', doubt: '没说清' })
  await file(db, '05-21 09:00', '今天天气好', 'BY-05')
  await move(9, '05-22 09:00', { to: 'dropped', reason: '非诉求' })
  await file(db, '05-22 09:00', '十二栋电梯停了', 'BY-12')
  await move(10, '05-22 10:00', { to: 'merged', into: 6 })
  await file(db, '05-23 09:00', '外墙砖要掉', 'LQ1-05', { category: 'safety_hazard', urgency: 'red' })
  await move(11, '05-23 10:00', { to: 'referred', body: '物业', nextLook: on('05-24 10:00') })
  await file(db, '05-24 23:59', '楼上楼下吵架', 'BY-05', { category: 'neighbor_dispute', sensitive: true })

  await file(db, '05-25 00:00', '门禁刷不开', 'LQ1-05', { category: 'public_facility' })
  await move(12, '05-25 08:00', { to: 'in_progress', handler: { kind: 'corps', name: '矛盾纠纷调解员' } })
}

/** Talk of that week: 5 messages read, 2 voices and 1 picture without words, 1 skipped, 1 episode for people, 2 waiting. */
export async function fillTalkOfMay(db: Db): Promise<void> {
  const read = await episode(db, '05-19 10:00', 'read')
  for (let line = 0; line < 3; line++) await hear(db, '05-19 09:50', { state: 'talk', episode: read })
  await hear(db, '05-19 09:50', { kind: 'voice', text: '', state: 'talk', episode: read })
  await hear(db, '05-19 09:50', { kind: 'image', text: '', state: 'talk', episode: read })
  await hear(db, '05-20 09:00', {
    kind: 'voice',
    text: '',
    state: 'talk',
    episode: await episode(db, '05-20 09:30', 'people'),
  })
  await hear(db, '05-21 09:00', { state: 'skipped' })
  await hear(db, '05-24 23:00', { state: 'talk', episode: await episode(db, '05-24 23:30', 'pending') })
  await hear(db, '05-24 23:50')
  await hear(db, '05-25 07:00')
  await hear(db, '05-17 23:59', { kind: 'voice', text: '', state: 'withdrawn' })
}
