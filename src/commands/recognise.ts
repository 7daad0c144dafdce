import { UserError } from '../errors.ts'
import { confirmPerson } from '../people/confirmed.ts'
import type { Command } from './command.ts'

/** 认人 丁姨 是 丁惠芳: the committee confirms who stands behind the remark that the account's owner gave. */
export const recognise: Command = {
  name: '认人',
  takes: /^(?<remark>\S+)\s*(?:是|就是|=)\s*(?<member>\S+)$/u,
  help: '确认备注名是谁',
  example: '认人 丁姨 是 丁惠芳',
  who: 'committee',
  async run({ db, roster, actor, now }, { remark, member }) {
    const known = roster.members.some(({ name, retired }) => name === member && !retired)
    if (!known) throw new UserError(`名册里没有党员“${member}”,请写全名。`)
    const heard = await db
      .selectFrom('message')
      .select('seq')
      .where('room', '=', 'members')
      .where('remark', '=', remark!)
      .executeTakeFirst()
    if (!heard) throw new UserError(`还没听备注名是“${remark}”的人说过话。备注名由机器人账号的主人在手机上设。`)
    await confirmPerson(db, remark!, member!, actor.name, now)
    return `好的,备注“${remark}”的是${member},在居民群里也能办结、认领了。`
  },
}
