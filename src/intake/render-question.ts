import type { Line, OpenConcern, Question } from './reader.ts'

/** The question as the model sees it: known concerns, earlier lines, new lines, and the date last. */
export function renderQuestion(question: Question, mask: (text: string) => string): string {
  const earlier = question.lines.filter((line) => !line.isNew)
  const fresh = question.lines.filter((line) => line.isNew)
  return [
    '「已有诉求」',
    ...(question.open.length > 0 ? question.open.map((concern) => renderOpen(concern, mask)) : ['(无)']),
    '「前文」',
    ...(earlier.length > 0 ? earlier.map((line) => renderLine(line, mask)) : ['(无)']),
    '「新消息」',
    ...fresh.map((line) => renderLine(line, mask)),
    `「日期」${question.date}`,
  ].join('\n')
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

/** `12号|电梯|碧阳12栋|电梯停运|U3报|已办结` */
function renderOpen(concern: OpenConcern, mask: (text: string) => string): string {
  const { no, category, place, title, reporter, isSettled } = concern
  return [
    `${no}号`,
    category,
    place,
    mask(title),
    ...(reporter ? [`${reporter}报`] : []),
    ...(isSettled ? ['已办结'] : []),
  ].join('|')
}
