import type { Doubt, Line, OpenConcern, Question } from './reader.ts'

/** The question as the model sees it: known concerns, earlier lines, new lines, and the date last. */
export function renderQuestion(question: Question, mask: (text: string) => string): string {
  const earlier = question.lines.filter((line) => !line.isNew)
  const fresh = question.lines.filter((line) => line.isNew)
  return [
    ...(question.open.length > 0 ? ['「已有诉求」', ...question.open.map((concern) => renderOpen(concern, mask))] : []),
    ...(earlier.length > 0 ? ['「前文」', ...earlier.map((line) => renderLine(line, mask))] : []),
    '「新消息」',
    ...fresh.map((line) => renderLine(line, mask)),
    `「日期」${question.date}`,
  ].join('\n')
}

/** What is looked at again: the lines around it, the concerns it may repeat, and one question a doubt. */
export function renderDoubts(question: Question, doubts: readonly Doubt[], mask: (text: string) => string): string {
  const cited = doubts.flatMap(({ lines }) => lines)
  const near = question.lines.filter(({ number }) => cited.some((line) => Math.abs(line - number) <= AROUND))
  const open = question.open.filter(({ no }) => doubts.some((doubt) => doubt.open === no))
  return [
    ...(open.length > 0 ? ['「已有诉求」', ...open.map((concern) => renderOpen(concern, mask))] : []),
    '「原话」',
    ...near.map((line) => renderLine(line, mask)),
    '「要复核的问题」',
    ...doubts.map((doubt, index) => `${index + 1}. ${ASKED[doubt.kind]}:${renderDoubt(doubt, mask)}`),
  ].join('\n')
}

const AROUND = 3
const ASKED: Record<Doubt['kind'], string> = { concern: '算不算诉求', danger: '急不急', same: '是不是同一件' }

/** `第[3][4]行 水箱漏水` · `第[5]行 路灯不亮 与31号` */
function renderDoubt({ lines, title, open }: Doubt, mask: (text: string) => string): string {
  return `第${lines.map((line) => `[${line}]`).join('')}行 ${mask(title)}${open === null ? '' : ` 与${open}号`}`
}

/** `[12] 08:12 U3↩[5](语音): text` */
function renderLine(
  { number, time, speaker, kind, text, quotes, quotesConcern }: Line,
  mask: (text: string) => string,
): string {
  const quote = quotes !== null ? `↩[${quotes}]` : quotesConcern !== null ? `↩${quotesConcern}号` : ''
  const mark = kind === 'voice' ? '(语音)' : kind === 'image' ? '(图片)' : ''
  return `[${number}] ${time} ${speaker}${quote}${mark}: ${mask(text)}`
}

/** `12号|碧阳12栋|电梯停运|U3报|已办结` */
function renderOpen(concern: OpenConcern, mask: (text: string) => string): string {
  const { no, place, title, reporter, isSettled } = concern
  return [`${no}号`, place, mask(title), ...(reporter ? [`${reporter}报`] : []), ...(isSettled ? ['已办结'] : [])].join(
    '|',
  )
}
