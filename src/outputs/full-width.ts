const FULL_WIDTH: Record<string, string> = { ',': '\uff0c', ';': '\uff1b', ':': '\uff1a', '!': '\uff01', '?': '\uff1f' }

/** A text as it is printed: brackets, and half-width marks between hanzi, become full-width; 「08:05」 stays. */
export function fullWidth(text: string): string {
  return text
    .replace(/\(/gu, '\uff08')
    .replace(/\)/gu, '\uff09')
    .replace(/(?<=[^\p{ASCII}])[,;:!?]|[,;:!?](?=[^\p{ASCII}])/gu, (mark) => FULL_WIDTH[mark]!)
}
