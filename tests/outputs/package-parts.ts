import { inflateRawSync } from 'node:zlib'

/** The parts of an OOXML package (a zip), by name; read by its own central directory. */
export function partsOf(bytes: Uint8Array): Map<string, string> {
  const file = Buffer.from(bytes)
  const end = file.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
  const parts = new Map<string, string>()
  for (let at = file.readUInt32LE(end + 16), left = file.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => file.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ]
    const local = file.readUInt32LE(at + 42)
    const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
    const data = file.subarray(start, start + file.readUInt32LE(at + 20))
    const text = (file.readUInt16LE(at + 10) === 0 ? data : inflateRawSync(data)).toString('utf8')
    parts.set(file.toString('utf8', at + 46, at + 46 + name), text)
    at += 46 + name + extra + comment
  }
  return parts
}

const TAG = /<(?<close>\/)?(?<name>[\w:]+)(?<attributes>(?:\s+[\w:.-]+="[^"<]*")*)\s*(?<alone>\/)?>/gu

/** Why a text is no well-formed XML, or null: tags nest, attributes are quoted, nothing is left unescaped. */
export function xmlFault(xml: string): string | null {
  const open: string[] = []
  const body = xml.replace(/^\uFEFF?<\?xml[^?]*\?>\s*/u, '')
  let rest = 0
  for (const match of body.matchAll(TAG)) {
    const between = body.slice(rest, match.index)
    if (/[<>]|&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/iu.test(between))
      return `not escaped: ${between.slice(0, 60)}`
    rest = match.index + match[0].length
    const { close, name, alone } = match.groups!
    if (close) {
      if (open.pop() !== name) return `</${name}> closes nothing`
    } else if (!alone) open.push(name!)
  }
  if (open.length > 0) return `<${open.at(-1)}> is never closed`
  return body.slice(rest).trim() === '' ? null : `text behind the end: ${body.slice(rest, rest + 60)}`
}

/** The text of an XML piece with its escapes undone. */
export function unescapeXml(text: string): string {
  const known: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return text.replace(/&(amp|lt|gt|quot|apos);/gu, (_, name: string) => known[name]!)
}

/** A sheet of a workbook as rows of cells: numbers as numbers, text as text, empty as null; with each cell's style. */
export function sheetOf(
  parts: Map<string, string>,
  number: number,
): { value: string | number | null; style: number }[][] {
  const shared = [...(parts.get('xl/sharedStrings.xml') ?? '').matchAll(/<si>(.*?)<\/si>/gsu)].map(([, item]) =>
    unescapeXml([...item!.matchAll(/<t(?: [^>]*)?>(.*?)<\/t>/gsu)].map(([, text]) => text).join('')),
  )
  const xml = parts.get(`xl/worksheets/sheet${number}.xml`)!
  return [...xml.matchAll(/<row [^>]*>(.*?)<\/row>|<row [^>]*\/>/gsu)].map(([, cells]) =>
    [...(cells ?? '').matchAll(/<c r="[A-Z]+\d+"(?<attributes>[^>]*?)(?:\/>|>(?<inner>.*?)<\/c>)/gsu)].map((match) => {
      const { attributes, inner } = match.groups!
      const style = Number(/ s="(\d+)"/u.exec(attributes!)?.[1] ?? 0)
      const value = /<v>(.*?)<\/v>/su.exec(inner ?? '')?.[1]
      if (value === undefined) return { value: null, style }
      return { value: / t="s"/u.test(attributes!) ? shared[Number(value)]! : Number(value), style }
    }),
  )
}

/** The paragraphs and tables of a document, in order: a text, or rows of cells. */
export function documentOf(parts: Map<string, string>): (string | string[][])[] {
  const body = parts.get('word/document.xml')!
  const textOf = (xml: string) =>
    unescapeXml([...xml.matchAll(/<w:t(?: [^>]*)?>(.*?)<\/w:t>|<w:br\/>/gsu)].map(([, text]) => text ?? '\n').join(''))
  return [...body.matchAll(/<w:tbl>.*?<\/w:tbl>|<w:p>.*?<\/w:p>|<w:p [^>]*>.*?<\/w:p>/gsu)].map(([xml]) => {
    if (!xml.startsWith('<w:tbl>')) return textOf(xml)
    return [...xml.matchAll(/<w:tr>.*?<\/w:tr>|<w:tr [^>]*>.*?<\/w:tr>/gsu)].map(([row]) =>
      [...row.matchAll(/<w:tc>.*?<\/w:tc>/gsu)].map(([cell]) => textOf(cell)),
    )
  })
}
