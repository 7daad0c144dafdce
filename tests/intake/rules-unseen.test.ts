import { describe, expect, test } from 'vitest'
import { readTaxonomy } from '../../src/concerns/taxonomy.ts'
import { readByRules } from '../../src/intake/rules/rules-reader.ts'
import { hasUrgentCue } from '../../src/intake/urgent.ts'
import { CONCERNS_UNSEEN, DANGERS_UNSEEN, HARMLESS_UNSEEN, NONE_UNSEEN } from './unseen-sentences.ts'

const known = { compounds: [{ name: '碧阳国际小区', aliases: ['碧阳'] }], categories: readTaxonomy().categories }

function read(text: string) {
  const line = { number: 1, isNew: true, time: '08:00', speaker: 'U1', kind: 'text' as const, text }
  const lines = [{ ...line, quotes: null, quotesConcern: null }]
  return readByRules({ date: '2026-09-07 星期一', lines, open: [], speakers: new Map() }, known).concerns
}

/** Prints a rate with what it rests on, so that it can be read in the log of every run. */
function rate(what: string, wrong: readonly string[], of: readonly unknown[]): number {
  const share = wrong.length / of.length
  console.log(`${what}: ${wrong.length} of ${of.length} (${(100 * share).toFixed(1)} %)`)
  return share
}

describe('red beyond the chats', () => {
  test('there are at least 100 sentences with an urgent cue in dialect, and as many that deny, remember or suppose it', () => {
    expect(DANGERS_UNSEEN.length).toBeGreaterThanOrEqual(100)
    expect(HARMLESS_UNSEEN.length + NONE_UNSEEN.length).toBeGreaterThanOrEqual(100)
  })

  test('nearly every present danger is heard', () => {
    const missed = DANGERS_UNSEEN.filter((line) => !hasUrgentCue(line))
    expect(rate('dangers not heard', missed, DANGERS_UNSEEN), missed.join('\n')).toBeLessThanOrEqual(0.03)
  })

  test('a danger that is heard is read as a red concern', () => {
    const heard = DANGERS_UNSEEN.filter(hasUrgentCue)
    const lost = heard.filter((line) => !read(line).some(({ urgency }) => urgency === 'red'))
    expect(rate('dangers heard and not filed as red', lost, heard), lost.join('\n')).toBeLessThanOrEqual(0.05)
  })

  test('what is denied, remembered, supposed, told of elsewhere or said in jest raises few false alarms', () => {
    const harmless = [...HARMLESS_UNSEEN, ...NONE_UNSEEN, ...CONCERNS_UNSEEN.map(([line]) => line)]
    const alarms = harmless.filter(hasUrgentCue)
    expect(rate('false alarms', alarms, harmless), alarms.join('\n')).toBeLessThanOrEqual(0.05)
  })
})

describe('sentences that nobody had read before', () => {
  test('nearly every concern is found', () => {
    const missed = CONCERNS_UNSEEN.filter(([line]) => read(line).length === 0).map(([line]) => line)
    expect(rate('concerns missed', missed, CONCERNS_UNSEEN), missed.join('\n')).toBeLessThanOrEqual(0.05)
  })

  test('its category is the right one', () => {
    const found = CONCERNS_UNSEEN.filter(([line]) => read(line).length > 0)
    const wrong = found.filter(([line, category]) => read(line)[0]!.category !== category)
    const shown = wrong.map(([line, category]) => `${category} ${read(line)[0]!.category} ${line}`)
    expect(rate('wrong categories', shown, found), shown.join('\n')).toBeLessThanOrEqual(0.07)
  })

  test('small talk, memories, work done and orders to the bot are no concern', () => {
    const filed = NONE_UNSEEN.filter((line) => read(line).length > 0)
    expect(rate('small talk filed', filed, NONE_UNSEEN), filed.join('\n')).toBeLessThanOrEqual(0.03)
  })
})
