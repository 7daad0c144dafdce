import type { Command } from './command.ts'

const AT_ONCE = 5

/** 帮助: the commands, five at a time, made from the list itself; 更多 goes on. */
export function helpFor(commands: () => readonly Command[]): Command {
  return {
    name: '帮助',
    synonyms: ['更多', '怎么用', '功能'],
    takes: /^(?<page>\d)?$/u,
    help: '我会做什么',
    example: '帮助',
    who: 'everybody',
    byVoice: true,
    async run({ audience, confirmed, message }, { page }) {
      const useful = commands().filter((command) => {
        if (command.name === '帮助') return false
        return (
          command.who === 'everybody' || audience === 'committee' || (command.who === 'entitled' && confirmed !== null)
        )
      })
      const pages = Math.ceil(useful.length / AT_ONCE)
      const at = Math.min(Number(page ?? (message.text.includes('更多') ? 2 : 1)), pages)
      const shown = useful.slice((at - 1) * AT_ONCE, at * AT_ONCE)
      const lines = shown.map(({ example, help }) => `${example}${audience === 'committee' ? ` — ${help}` : ''}`)
      const rest = at < pages ? [`还有,请回“帮助 ${at + 1}”`] : []
      if (audience === 'members')
        return [at === 1 ? '有事直接说,我会记。也可以说:' : '还可以说:', ...lines.slice(0, 4), ...rest].join('\n')
      return [`可以这样说(${at}/${pages}):`, ...lines, ...rest].join('\n')
    },
  }
}
