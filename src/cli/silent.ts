import type { World } from '../bot.ts'

/** The part of a world that reads old chat: nothing is said, nobody is told, and the reader has all the time it wants. */
export const SILENT: Pick<World, 'chat' | 'pace' | 'patience' | 'askIn' | 'partyDay' | 'filesDir' | 'tell'> = {
  chat: { say: async () => {}, sendFile: async () => {} },
  pace: { perMinute: 0, pause: async () => {} },
  patience: 3_600_000,
  askIn: 'members',
  partyDay: 10,
  filesDir: null,
  tell: () => {},
}
