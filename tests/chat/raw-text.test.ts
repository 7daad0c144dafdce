import { describe, expect, it } from 'vitest'
import { decodeText, rawText, xmlText } from '../../src/chat/raw-text.ts'

const inRoom = (OriginalContent: string) => rawText({ FromUserName: '@@room', OriginalContent })

describe('the text as the server sent it', () => {
  it('keeps the lines after one that ends in a colon', () => {
    expect(inRoom('@a1b2:<br/>反映问题:<br/>1. 电梯<br/>2. 漏水')).toBe('反映问题:\n1. 电梯\n2. 漏水')
    expect(rawText({ FromUserName: '@me', OriginalContent: '通知:<br/>明天开会' })).toBe('通知:\n明天开会')
    expect(inRoom('wxid_7-x:<br/>在')).toBe('在')
  })

  it('decodes entities once', () => {
    expect(inRoom('@a:<br/>A&amp;B &quot;c&quot; &#39;d&#39;&nbsp;&#x4e00;')).toBe('A&B "c" \'d\' 一')
    expect(inRoom('@a:<br/>&amp;lt;br/&amp;gt; &lt;br/&gt; &amp;amp;')).toBe('&lt;br/&gt; <br/> &amp;')
    expect(decodeText('&#0;&#99999999;&unknown;')).toBe('&unknown;')
  })

  it('turns emoji back into characters', () => {
    expect(decodeText('早<span class="emoji emoji1f339"></span>')).toBe('早🌹')
    expect(decodeText('<span class="emoji emoji1f1e81f1f3"></span>')).toBe('🇨🇳')
    expect(decodeText('<span class="emoji emoji2600"></span>')).toBe('☀')
    expect(decodeText('<span class="emoji emojiffffffffffff"></span>')).toBe('')
  })

  it('finds a tag in XML', () => {
    expect(xmlText('<a><oldmsgid>1</oldmsgid><msgid>2</msgid></a>', 'msgid')).toBe('2')
    expect(xmlText('<title a="b"><![CDATA[甲<乙>]]></title>', 'title')).toBe('甲<乙>')
    expect(xmlText('<title>A&amp;B</title>', 'title')).toBe('A&B')
    expect(xmlText('早上好', 'title')).toBeNull()
  })
})
