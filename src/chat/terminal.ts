import { clearLine, createInterface, cursorTo, type Interface } from 'node:readline'
import type { RoomKey } from '../../db/schema.ts'
import type { Clock } from '../clock.ts'
import { type Chat, type ChatMessage, ROOM_WORDS } from './chat.ts'
import { readLine, type Speaker } from './terminal-line.ts'
import { readWords } from './words.ts'

const EXPLANATION = '请写明谁在说话,例如:丁惠芳: 我们栋电梯又停了(在支委群说:支委群> 汇总)'

type Options = {
  clock: Clock
  /** Makes the id of each message said. */
  ids: () => string
  /** Gets what hearing a line throws; the next line is heard all the same. */
  onError: (error: unknown) => void
  botName?: string
  input?: NodeJS.ReadableStream
  output?: NodeJS.WritableStream & { isTTY?: boolean }
}

/** Both rooms in a terminal: a typed line is said in one of them, and what the bot says is printed. */
export class TerminalChat implements Chat {
  /** Settles once nobody can say anything any more: after 退出, the end of the input or `stop`. */
  readonly ended: Promise<void>
  readonly #options: Options
  readonly #botName: string
  readonly #output: NonNullable<Options['output']>
  readonly #isLive: boolean
  readonly #end = Promise.withResolvers<void>()
  #lines: Interface | null = null
  #last: Speaker | null = null
  #isStopped = false

  constructor(options: Options) {
    this.#options = options
    this.#botName = options.botName ?? '小助手'
    this.#output = options.output ?? process.stdout
    this.#isLive = this.#output.isTTY === true
    this.ended = this.#end.promise
  }

  async start(hear: (message: ChatMessage) => Promise<void>): Promise<void> {
    const input = this.#options.input ?? process.stdin
    const lines = createInterface({ input, output: this.#isLive ? this.#output : undefined, prompt: '> ' })
    this.#lines = lines
    // A closed pipe is an event, and one nobody listens to would end the process.
    this.#output.on('error', this.#options.onError)
    this.#prompt()
    void this.#hearAll(lines, hear).finally(() => this.#end.resolve())
  }

  async say(room: RoomKey, text: string): Promise<void> {
    this.#print(`【${ROOM_WORDS[room]}】${this.#botName}:\n${text.replace(/^/gm, '  ')}\n`)
  }

  async sendFile(room: RoomKey, path: string): Promise<void> {
    this.#print(`【${ROOM_WORDS[room]}】${this.#botName}发来文件:${path}\n`)
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    if (!this.#lines) return this.#end.resolve()
    this.#lines.close()
    await this.ended
  }

  async #hearAll(lines: Interface, hear: (message: ChatMessage) => Promise<void>): Promise<void> {
    for await (const line of lines) {
      if (this.#isStopped || line.trim() === '退出') break
      try {
        await this.#hearLine(line, hear)
      } catch (error) {
        this.#options.onError(error)
      }
      this.#prompt()
    }
    lines.close()
  }

  async #hearLine(line: string, hear: (message: ChatMessage) => Promise<void>): Promise<void> {
    if (line.trim() === '') return
    const said = readLine(line, this.#last)
    if (!said) return this.#print(`${EXPLANATION}\n`)
    this.#last = said.speaker
    if (said.text === '') return
    const { room, name } = said.speaker
    await hear({
      id: this.#options.ids(),
      room,
      at: this.#options.clock.now(),
      senderId: name,
      sender: name,
      remark: name,
      confidence: null,
      quote: null,
      revokes: null,
      ...readWords(said.text, this.#botName),
    })
  }

  #print(text: string): void {
    if (this.#isLive) {
      clearLine(this.#output, 0)
      cursorTo(this.#output, 0)
    }
    this.#output.write(text)
    this.#prompt()
  }

  #prompt(): void {
    if (this.#isLive && this.#lines && !this.#isStopped) this.#lines.prompt(true)
  }
}
