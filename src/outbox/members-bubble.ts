/** What a bubble of the members' room may hold at most, the line breaks counted: what a phone shows at a glance in large type. */
export const MEMBERS_BUBBLE = { lines: 6, characters: 96 }

/** Whether a text may be said in the members' room in one bubble. */
export function fitsMembers(text: string): boolean {
  return text.split('\n').length <= MEMBERS_BUBBLE.lines && [...text].length <= MEMBERS_BUBBLE.characters
}

/**
 * A list for the members' room: the head, as many lines as fit, `rest` for those left out, and the tail.
 * `head` and `tail` alone must fit.
 */
export function shortList(
  head: string,
  lines: readonly string[],
  rest: (left: number) => string,
  tail: readonly string[] = [],
): string {
  for (let shown = lines.length; ; shown--) {
    const left = lines.length - shown
    const text = [head, ...lines.slice(0, shown), ...(left > 0 ? [rest(left)] : []), ...tail].join('\n')
    if (shown === 0 || fitsMembers(text)) return text
  }
}

/** The text, or as much of its beginning as fits, whole lines first: a net below everything that is said there. */
export function cutToFit(text: string): string {
  if (fitsMembers(text)) return text
  const lines = text.split('\n').slice(0, MEMBERS_BUBBLE.lines)
  while (lines.length > 1 && !fitsMembers(lines.join('\n'))) lines.pop()
  const [...characters] = lines.join('\n')
  return characters.length <= MEMBERS_BUBBLE.characters
    ? lines.join('\n')
    : `${characters.slice(0, MEMBERS_BUBBLE.characters - 1).join('')}…`
}
