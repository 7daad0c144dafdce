/** One entry of a list, and whether the list itself marks it as done. */
export type Item = { text: string; isDone: boolean }

/**
 * Splits a line that lists several things: 「1、…⏎2、…」 「①… ②…」 「1. … 2. …」 「一是…二是…」 「(1)…(2)…」.
 * Null for a line without at least two entries: 「3栋1单元」, 「1块8一斤」, 「二期水压小」.
 * An entry marked ✓, 已修, 已经修好 is done.
 */
export function listIn(text: string): { head: string; items: Item[] } | null {
  for (const mark of MARKS) {
    const found = [...text.matchAll(mark)].filter((one, index, all) => isNext(one, index, all))
    if (found.length < 2) continue
    const head = text.slice(0, found[0]!.index).trim()
    const items = found.map((one, index) => {
      const entry = text.slice(one.index + one[0].length, found[index + 1]?.index ?? text.length)
      return { text: trimmed(entry), isDone: DONE.test(entry) }
    })
    return { head, items: items.filter((item) => item.text !== '') }
  }
  return null
}

const MARKS = [
  /[①②③④⑤⑥⑦⑧⑨⑩]/g,
  /[(（][1-9一二三四五六七八九][)）]\s*/g,
  /(?:^|[⏎\s,;。:「])(?:[1-9]|1\d)\s*(?:[、)]|\.(?!\d{1,2}(?!\d?(?:栋|号楼|单元|期))))\s*/g,
  /(?:^|[⏎\s,;。:「])[一二三四五六七八九][、.]\s*/g,
  /[一二三四五六]是(?=[^,]{2})/g,
]
const DONE = /✓|✔|√|☑|已(?:经)?(?:修|处理|解决|清|换|办|弄|整|搞|落实)|修好了|解决了|弄好了|换好了/
const ORDER = '①②③④⑤⑥⑦⑧⑨⑩'

/** Whether entries count up from one, so that figures in the text do not pass for marks. */
function isNext(found: RegExpMatchArray, index: number, all: RegExpMatchArray[]): boolean {
  const markValue = (one: RegExpMatchArray) => {
    const sign = /[①-⑩]|1\d|[1-9]|[一二三四五六七八九]/.exec(one[0])![0]
    if (ORDER.includes(sign)) return ORDER.indexOf(sign) + 1
    return /\d/.test(sign) ? Number(sign) : '一二三四五六七八九'.indexOf(sign) + 1
  }
  return markValue(found) === index + 1 || (index > 0 && markValue(found) > markValue(all[index - 1]!))
}

function trimmed(entry: string): string {
  return entry.replace(/^[\s,;。、⏎]+|[\s,;。、⏎」”"]+$/g, '')
}
