import { countPersonalData, deletePersonalData, GONE } from '../casework/personal-data.ts'
import { UserError } from '../errors.ts'
import { BACK_AGAIN, type MessageRow } from '../intake/inbox.ts'
import { forgetFilesOf } from '../media/jobs.ts'
import { enqueue } from '../outbox/outbox.ts'
import { identify } from '../people/identify.ts'
import { recordAgain, stopRecording } from '../people/recording.ts'
import type { Command, Leaving } from './command.ts'

/** 隐私: what is recorded, for what, who sees it, how to end it. */
export const privacy: Command = {
  name: '隐私',
  synonyms: ['隐私说明'],
  takes: /^$/u,
  help: '记什么、谁能看',
  example: '隐私',
  who: 'everybody',
  async run({ audience, readerName, leaving }) {
    const model = readerName === 'rules' ? '没有用大模型。' : '用大模型读,先遮住电话、门牌和姓名。'
    if (audience === 'members') {
      return [
        '只为登记居民诉求,给支委会看。',
        model,
        ...leavingLine(leaving, 'whom'),
        '闲话30天后清空。',
        '不想记:别记我',
        '看和删:我的资料、删除我的资料',
      ].join('\n')
    }
    return [
      '小助手只为登记和办理居民诉求记群里的话。',
      `${model}电话号码不在微信里传。`,
      ...leavingLine(leaving, 'where'),
      '没有成为诉求的闲话30天后清空;撤回的话马上清空。',
      '居民可以说:别记我、可以记我、我的资料、删除我的资料。',
    ].join('\n')
  },
}

/** Voices and pictures cannot be masked; it is said when they are sent away, to the committee also where. */
function leavingLine({ voice, image }: Leaving, to: 'whom' | 'where'): string[] {
  const what = [...(voice ? ['语音'] : []), ...(image ? ['图片'] : [])].join('和')
  const hosts = [...new Set([voice, image])].filter((host) => host !== null).join('、')
  if (what === '') return []
  return [to === 'whom' ? `${what}原样发给外面的模型认。` : `${what}原样发给 ${hosts} 认,认完就删掉原件,只留文字。`]
}

/** 别记我: from now on only ids and times are written of this person, and what waits to be heard or seen is not. */
export const optOut: Command = {
  name: '别记我',
  synonyms: ['不要记我', '莫记我'],
  takes: /^$/u,
  help: '以后不记我说的话',
  example: '别记我',
  who: 'everybody',
  async run({ db, roster, message, now }) {
    const { sender_id: senderId, sender, remark, person } = message
    await stopRecording(db, roster, speakerOf(message), now)
    // In doubt nothing is written: a file that waits under the same name is not read either.
    await forgetFilesOf(db, { senderId, remark, names: [sender, ...(person === null ? [] : [person])] })
    return `好的,以后不记您说的话。\n从前记的还可以问:我的资料、删除我的资料\n有事可以找楼栋长。\n改主意了请说:${BACK_AGAIN}`
  },
}

/** 可以记我. */
export const optIn: Command = {
  name: BACK_AGAIN,
  takes: /^$/u,
  help: '又可以记了',
  example: BACK_AGAIN,
  who: 'everybody',
  async run({ db, roster, message, now }) {
    const isSure = await recordAgain(db, roster, speakerOf(message), now)
    return `好的,又可以记您说的话了。${isSure ? '' : '\n小助手下次重新登录后,请再说一次。'}`
  },
}

/** 我的资料: what is kept of me, in numbers. */
export const myData: Command = {
  name: '我的资料',
  takes: /^$/u,
  help: '记了我哪些',
  example: '我的资料',
  who: 'everybody',
  async run({ db, message, confirmed }) {
    const { sender_id: senderId, remark } = message
    // A name shown is nobody's proof: only this login, the owner's remark and what the committee confirmed count.
    const { messages, concerns } = await countPersonalData(db, { senderId, remark, person: confirmed, names: [] })
    const list = concerns.slice(0, 5).map((no) => `${no}号`)
    const told =
      concerns.length === 0
        ? '没有反映过事'
        : `反映了${concerns.length}件(${list.join('、')}${concerns.length > 5 ? '等' : ''})`
    const earlier = remark === null ? '\n从前用别的名字说的没算,请问支委会。' : ''
    return `您说的话存着${messages}条,${told}。${earlier}\n要删请说:删除我的资料`
  },
}

/** 删除我的资料: the committee confirms, then it is done. */
export const askDeletion: Command = {
  name: '删除我的资料',
  takes: /^$/u,
  help: '把我的都删掉',
  example: '删除我的资料',
  who: 'everybody',
  async run({ db, roster, message, now }) {
    // A name is nobody's proof: only what is surely theirs goes before the committee has made sure.
    await forgetFilesOf(db, { senderId: message.sender_id, remark: message.remark, names: [] })
    const { id } = await db
      .insertInto('deletion_request')
      .values({
        sender: message.sender,
        sender_id: message.sender_id,
        remark: message.remark,
        person: identify(roster, message).name,
        asked_at: now.toISOString(),
        confirmed_by: null,
        done_at: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const text = `${message.sender}要删除自己的资料。\n核实是本人,请回“同意删除 ${id}”。\n还用过别的名字,请回“同意删除 ${id} 从前叫 某某”。`
    await enqueue(db, { room: 'committee', kind: 'notice', text }, now)
    return '好的,已请支委会核实。\n核实后就删,诉求留着,不带您的名字。\n从前用过别的名字,请告诉支委会。'
  },
}

/** 同意删除 3: the committee has made sure who asked. */
export const agreeDeletion: Command = {
  name: '同意删除',
  takes: /^(?<id>\d{1,6})\s*号?(?:[\s,,]*(?:从前叫|还叫|曾用名)[\s::]*(?<names>\S.*))?$/u,
  help: '核实后删除居民资料',
  example: '同意删除 1',
  who: 'committee',
  async run({ db, actor, now }, { id, names = '' }) {
    const request = await db.selectFrom('deletion_request').selectAll().where('id', '=', Number(id)).executeTakeFirst()
    if (!request || request.done_at !== null) throw new UserError(`没有等着删除的${id}号申请。`)
    const { sender, sender_id: senderId, remark, person } = request
    const who = { senderId, remark, person, names: [sender, ...names.split(/[、,,]+/u).map((name) => name.trim())] }
    const { messages, concerns } = await deletePersonalData(db, who, actor, now)
    await db
      .updateTable('deletion_request')
      .set({
        confirmed_by: actor.name,
        done_at: now.toISOString(),
        sender: GONE,
        sender_id: GONE,
        remark: null,
        person: null,
      })
      .where('id', '=', request.id)
      .execute()
    return `好的,删了${messages}条话,${concerns.length}件诉求去掉了名字。`
  },
}

function speakerOf({ room, sender_id: senderId, sender, remark }: MessageRow) {
  return { room, senderId, sender, remark }
}
