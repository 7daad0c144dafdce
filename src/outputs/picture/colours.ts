/** Every colour of the pictures: black on white, one accent, and darkness that survives a grey print. */
export const COLOURS = {
  paper: '#ffffff',
  ink: '#1a1a1a',
  soft: '#4d4d4d',
  rule: '#d0d0d0',
  accent: '#a61b1b',
  bar: '#6b6b6b',
  yellow: '#7a4b00',
  blue: '#1f4e79',
} as const

/** Of urgency: word and shape say the same. */
export const TONES = { red: COLOURS.accent, yellow: COLOURS.yellow, blue: COLOURS.blue } as const
