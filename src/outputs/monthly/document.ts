import type { ReadBy } from '../../digest/lines.ts'
import { labelsOf, MAKER } from '../label.ts'
import { layoutOf, SIZES } from './layout.ts'
import type { Pack } from './parts.ts'

/** A4 and two centimetres, in twentieths of a point. */
const PAGE = { width: 11906, height: 16838 } as const
const MARGIN = 1134
const LINE = 360

/** A pack as the bytes of a .docx on A4: a cover, headings, tables, page numbers; the file itself says who made it. */
export async function renderDocument(pack: Pack, readBy: ReadBy): Promise<Uint8Array> {
  // The library is large: it is loaded with the first document.
  const docx = await import('docx')
  const layout = layoutOf(docx)
  const { Comment: description, AIGC } = labelsOf(readBy)
  const page = { size: PAGE, margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN } }
  const document = new docx.Document({
    ...{ title: pack.title, creator: MAKER, lastModifiedBy: MAKER, description },
    ...(AIGC === undefined ? {} : { customProperties: [{ name: 'AIGC', value: AIGC }] }),
    styles: {
      default: {
        document: {
          run: { font: layout.fonts.plain, size: SIZES.body, language: { eastAsia: 'zh-CN' } },
          paragraph: { spacing: { line: LINE } },
        },
        heading1: {
          run: { font: layout.fonts.strong, size: SIZES.heading, bold: true, color: '000000' },
          paragraph: { spacing: { before: 360, after: 160 }, keepNext: true },
        },
      },
    },
    sections: [
      {
        properties: { page },
        children: layout.cover(pack),
      },
      {
        properties: { page },
        footers: { default: layout.foot(pack.closing) },
        children: [...pack.parts.flatMap(layout.part), layout.last(pack.closing)],
      },
    ],
  })
  return new Uint8Array(await docx.Packer.toBuffer(document))
}
