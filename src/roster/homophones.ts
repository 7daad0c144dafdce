import { pinyin } from 'pinyin-pro'

/** A name of something, to be found by its sound as well. */
export type SoundingName = { text: string; owner: string }

/** Where in a text a name is heard, and whose it is. */
export type Heard = { start: number; end: number; name: SoundingName; hasSameTones: boolean }

/** What a voice transcript writes for a word that follows a number: 二十二洞 is 二十二栋, 一起八栋 is 一期八栋. */
export const SLIPS: Record<string, string> = { 栋: '洞懂动冻董', 期: '起其齐奇', 区: '曲渠屈' }

/**
 * Hears names of two or more hanzi by their toneless sound: 蓝桥, 兰桥 and 蓝乔 are 兰乔, 碧洋 is 碧阳; 绿桥 is not.
 * A name with a letter or digit in it is never heard, only read. One instance keeps the sounds it has looked up.
 */
export class Ear {
  readonly #sounds = new Map<string, readonly string[]>()
  readonly #byFirst = new Map<string, { name: SoundingName; sounds: (readonly string[])[] }[]>()

  constructor(names: readonly SoundingName[]) {
    for (const name of names) {
      if (!/^\p{Script=Han}{2,}$/u.test(name.text)) continue
      const sounds = [...name.text].map((char) => this.#soundsOf(char))
      for (const first of new Set(sounds[0]!.map(toneless))) {
        const known = this.#byFirst.get(first) ?? []
        this.#byFirst.set(first, [...known, { name, sounds }])
      }
    }
  }

  /** Every place in the text where a name is heard, overlapping ones included, in order. */
  hear(text: string): Heard[] {
    const found: Heard[] = []
    for (let start = 0; start < text.length - 1; start++) {
      for (const first of this.#soundsOf(text[start]!)) {
        for (const { name, sounds } of this.#byFirst.get(toneless(first)) ?? []) {
          const heard = this.#match(text, start, sounds)
          if (heard) found.push({ start, end: start + sounds.length, name, hasSameTones: heard === 'same tones' })
        }
      }
    }
    return found
  }

  #match(text: string, start: number, sounds: (readonly string[])[]): 'same tones' | 'same sound' | null {
    let sameTones = true
    for (const [offset, wanted] of sounds.entries()) {
      const char = text[start + offset]
      if (char === undefined) return null
      const said = this.#soundsOf(char)
      if (!said.some((one) => wanted.some((other) => toneless(one) === toneless(other)))) return null
      sameTones &&= said.some((one) => wanted.includes(one))
    }
    return sameTones ? 'same tones' : 'same sound'
  }

  #soundsOf(char: string): readonly string[] {
    const known = this.#sounds.get(char)
    if (known) return known
    const sounds = /\p{Script=Han}/u.test(char) ? pinyin(char, { multiple: true, toneType: 'num', type: 'array' }) : []
    this.#sounds.set(char, sounds)
    return sounds
  }
}

function toneless(sound: string): string {
  return sound.replace(/\d$/, '')
}
