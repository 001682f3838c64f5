/** Reads of a markdown page what the rules need: headings, their anchors, and links. */

/** A heading; `anchor` is what a link's fragment must name. */
export interface Heading {
  level: number
  text: string
  anchor: string
}

/** The headings of a page, with anchors as GitHub makes them. */
export function headingsOf(markdown: string): Heading[] {
  const seen = new Map<string, number>()
  return [...withoutCode(markdown, { inline: false }).matchAll(/^(#{1,6})\s+(.+?)\s*#*$/gm)].map(
    (match) => {
      const text = (match[2] ?? '').replaceAll(/[`*]|\[([^\]]*)\]\([^)]*\)/g, '$1')
      const slug = text
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(/\s/g, '-')
      const times = seen.get(slug) ?? 0
      seen.set(slug, times + 1)
      return {
        level: (match[1] ?? '').length,
        text,
        anchor: times === 0 ? slug : `${slug}-${times}`,
      }
    },
  )
}

/** The targets of all links, images and link definitions of a page. */
export function linksOf(markdown: string): string[] {
  const prose = withoutCode(markdown, { inline: true })
  const inline = prose.matchAll(/\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g)
  const defined = prose.matchAll(/^\s{0,3}\[[^\]]+\]:\s+<?(\S+?)>?(?:\s|$)/gm)
  const html = prose.matchAll(/\b(?:href|src)="([^"]+)"/g)
  return [...inline, ...defined, ...html].map((match) => match[1] ?? '')
}

function withoutCode(markdown: string, { inline }: { inline: boolean }): string {
  const prose = markdown.replaceAll(
    /^( {0,3}|\s*[-*] )(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\s*\2\s*$/gm,
    '',
  )
  return inline ? prose.replaceAll(/(`+)[^`][\s\S]*?\1/g, '') : prose
}
