import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import type { RosterProblem } from './problems.ts'

/** One row of a file, every cell trimmed, with the line it stands in. */
export type Row<C extends string> = { file: string; line: number; cells: Record<C, string> }

/**
 * Reads one CSV file with a header; extra columns are ignored, empty lines skipped, BOM and any line ends, even mixed, tolerated.
 * A missing file or column, a broken quote or another encoding than UTF-8 goes into `problems` and gives no rows.
 */
export function readRows<C extends string>(
  dir: string,
  file: string,
  columns: readonly C[],
  problems: RosterProblem[],
): Row<C>[] {
  const text = readText(join(dir, file))
  if ('trouble' in text) {
    problems.push({ file, line: 1, text: text.trouble })
    return []
  }
  const records = parseRecords(text.content)
  if ('trouble' in records) {
    problems.push({ file, line: records.line, text: records.trouble })
    return []
  }
  const [header, ...body] = records.rows
  const names = header?.cells.map((cell) => cell.toLowerCase()) ?? []
  const missing = columns.filter((column) => !names.includes(column))
  if (missing.length > 0) {
    problems.push({ file, line: 1, text: `缺少列:${missing.join('、')}(第一行要写列名)` })
    return []
  }
  return body.map(({ line, cells }) => ({
    file,
    line,
    cells: Object.fromEntries(columns.map((column) => [column, cells[names.indexOf(column)] ?? ''])) as Record<
      C,
      string
    >,
  }))
}

type Content = { content: string } | { trouble: string }
type Records = { rows: { line: number; cells: string[] }[] } | { trouble: string; line: number }

function readText(path: string): Content {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    if (isMissing(error)) return { trouble: '找不到这个文件' }
    throw error
  }
  try {
    const content = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    // The parser takes the first line's end for that of all lines.
    return { content: content.replace(/\r\n?/gu, '\n') }
  } catch {
    return { trouble: '文件不是 UTF-8 编码(可能是 GBK),请用 WPS 或 Excel 另存为“CSV UTF-8”再导入' }
  }
}

function parseRecords(content: string): Records {
  try {
    const found: unknown = parse(content, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_records_with_empty_values: true,
      skip_empty_lines: true,
      trim: true,
    })
    const lined = found as { info: { lines: number }; record: string[] }[]
    return { rows: lined.map(({ info, record }) => ({ line: info.lines, cells: record.map((cell) => cell.trim()) })) }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { trouble: '引号没有成对,请检查这一行里的 " 号', line: oddQuoteLine(content) }
  }
}

function oddQuoteLine(content: string): number {
  return content.split('\n').findIndex((line) => line.split('"').length % 2 === 0) + 1
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')
}
