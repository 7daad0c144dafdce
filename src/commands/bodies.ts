import type { Command } from './command.ts'

/** 单位 · 单位 加 燃气站 · 单位 删 燃气站: the list of outside bodies, which the committee keeps. */
export const bodies: Command = {
  name: '单位',
  synonyms: ['外单位'],
  takes: /^(?:(?<what>加|删)\s*(?<name>\S{2,12}))?$/u,
  help: '能转交的单位名单',
  example: '单位 加 燃气站',
  who: 'committee',
  isOrder: () => false,
  async run({ db }, { what, name }) {
    if (what === '加') {
      await db
        .insertInto('external_body')
        .values({ name: name! })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return `好的,名单里有“${name}”了。`
    }
    if (what === '删') {
      await db.deleteFrom('external_body').where('name', '=', name!).execute()
      return `好的,名单里没有“${name}”了。`
    }
    const all = await db.selectFrom('external_body').select('name').execute()
    return `可以转交给:${all.map((row) => row.name).join('、')}`
  },
}
