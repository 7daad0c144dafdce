import { pictureKindOf, soundKindOf } from './file-kinds.ts'

/** What besides text a client may carry, each only in the one place where it belongs. */
export type Cargo = 'sound' | 'picture'

const DATA_URL = /^data:image\/(?<kind>jpeg|png|webp|gif);base64,(?<base64>[A-Za-z0-9+/]+={0,2})$/u
const FIRST_BYTES = 24

/**
 * All of a body that can be read as text, so that it can be searched for what must not leave the house; null when
 * some of it cannot. Left out is only what the client is there to carry: of a form the one file in its field `file`,
 * of a question the data URL of an `image_url` part, and each only if its bytes are what it says it is.
 */
export async function textIn(body: unknown, cargo?: Cargo): Promise<string | null> {
  if (typeof body === 'string') return cargo === 'picture' ? withoutPictures(body) : body
  return cargo === 'sound' && body instanceof FormData ? textOfForm(body) : null
}

async function textOfForm(form: FormData): Promise<string | null> {
  const words: string[] = []
  for (const [name, value] of form) {
    words.push(name)
    if (typeof value === 'string') words.push(value)
    else {
      const isSound = soundKindOf(new Uint8Array(await value.slice(0, FIRST_BYTES).arrayBuffer())) !== null
      if (name !== 'file' || !isSound) return null
      words.push(value.name, value.type)
    }
  }
  return words.join('\n')
}

/** Taken out of the body as it stands, so that nothing a parser would drop goes unseen. */
function withoutPictures(body: string): string | null {
  const urls = asList(parsed(body)?.messages)
    .flatMap(({ content }) => asList(content))
    .filter(({ type }) => type === 'image_url')
    .map(({ image_url }) => (image_url as { url?: unknown } | null)?.url)
  return urls.every(isPicture) ? urls.reduce((text, url) => text.replace(url, ''), body) : null
}

function isPicture(url: unknown): url is string {
  const { kind, base64 } = (typeof url === 'string' && DATA_URL.exec(url)?.groups) || {}
  return base64 !== undefined && pictureKindOf(Buffer.from(base64.slice(0, 4 * FIRST_BYTES), 'base64')) === kind
}

function parsed(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function asList(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object' && item !== null) : []
}
