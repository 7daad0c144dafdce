import { realPause, until } from './fast-time.ts'
import type { Person, Room } from './people.ts'
import type { StandIn } from './stand-in.ts'

/** What keeps the bot alive during a campaign; however it dies, it is started again. */
export type Keeper = {
  /** Ends the process the hard way, wherever it stands. */
  kill(): Promise<void>
  /** Ends it the soft way. */
  stop(): Promise<void>
}

export type Figures = Record<'said' | 'batches' | 'kills' | 'stops' | 'kicks' | Mishap, number>

type Mishap = 'cuts' | 'outages' | 'rotations' | 'errors' | 'refusals' | 'timeouts'

type Options = {
  standIn: StandIn
  /** The rooms that are bound. */
  rooms: Room[]
  /** A room that is none of the bot's business. */
  other: Room
  count: number
  random: () => number
  keeper: Keeper
  /** Called now and then, with what has been said so far. */
  onProgress?: (figures: Figures) => void
}

/**
 * People talk while everything goes wrong at random: lines cut before and after the server did its work, errors of the
 * server, no network at all, kicks from the phone, new ids in a running session, kills and stops at any moment; batches
 * come out of order and messages more than once; what the bot says is refused, times out and comes back. @returns the ids of what was said in bound rooms, once the server has given it all.
 */
export async function campaign({ standIn, rooms, other, count, random, keeper, onProgress }: Options) {
  const figures: Figures = {
    ...{ said: 0, batches: 0, kills: 0, stops: 0, kicks: 0, cuts: 0, outages: 0, rotations: 0, errors: 0 },
    ...{ refusals: 0, timeouts: 0 },
  }
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
  const someone = (room: Room): Person => pick(room.members.slice(1)).person
  const ids = new Map<string, Room>()
  Object.assign(standIn, { doesShuffle: true, repeats: 0.1 })

  const mishaps: [odds: number, counted: keyof Figures, happen: () => Promise<void> | void][] = [
    [0.08, 'cuts', () => standIn.cutLines()],
    [0.08, 'cuts', () => standIn.fail('webwxsync', 'cut-after')],
    [0.05, 'errors', () => standIn.fail('webwxsync', { status: 500 })],
    [0.05, 'errors', () => standIn.fail('webwxinit', { status: 502 })],
    [
      0.02,
      'outages',
      async () => {
        standIn.isOffline = true
        standIn.cutLines()
        await realPause(random() * 300)
        standIn.isOffline = false
      },
    ],
    [0.003, 'refusals', () => standIn.fail('webwxsendmsg', { ret: 1205 })],
    [0.03, 'timeouts', () => standIn.fail('webwxsendmsg', pick(['hang', 'cut-after'] as const))],
    [0.04, 'kicks', () => standIn.kick()],
    [0.06, 'kills', () => realPause(random() * 40).then(() => keeper.kill())],
    [0.04, 'stops', () => keeper.stop()],
    [
      0.02,
      'rotations',
      () => {
        standIn.rotatesAtNextInit = true
        standIn.fail('synccheck', { retcode: '1' }, { retcode: '1' }, { retcode: '1' })
      },
    ],
  ]
  while (figures.said < count) {
    const burst = Math.min(count - figures.said, 1 + Math.floor(random() * 12))
    for (let number = 0; number < burst; number++) {
      const room = pick(rooms)
      ids.set(standIn.say(room, someone(room), `第${figures.said++}句:\n${random()}`), room)
      if (random() < 0.1) standIn.say(other, someone(other), '不关小助手的事')
    }
    figures.batches++
    standIn.echoes = pick(['no', 'as-self', 'in-room'] as const)
    for (const [odds, counted, happen] of mishaps) {
      if (random() >= odds) continue
      figures[counted] += 1
      await happen()
    }
    await realPause(random() * 20)
    onProgress?.(figures)
  }
  standIn.heal()
  await until(() => standIn.isAllDelivered, 'everything said was fetched', 300_000)
  return { ids, figures }
}
