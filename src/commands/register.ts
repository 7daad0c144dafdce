import { openEpisode } from '../intake/episodes.ts'
import type { Command } from './command.ts'
import { beginsWithPlace } from './places.ts'

/** 登记 …: an episode of one line, read at once and always filed; the answer comes with the number. */
export const register: Command = {
  name: '登记',
  synonyms: ['登记一下', '登记一哈', '登记下'],
  casual: ['记一下', '记下'],
  takes: /^(?<what>\S.+)$/su,
  help: '一定记下一件事',
  example: '登记 碧阳5栋门口路灯不亮',
  who: 'everybody',
  // 登记表在哪里领 is talk.
  runsOn: ({ what }, { roster }) => beginsWithPlace(roster, what!),
  async run({ db, message, now }) {
    await openEpisode(db, message.room, [message], now, 'registered')
    return null
  },
}
