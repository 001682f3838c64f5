/** The address of a page as a QR code, for a telephone. What draws it is loaded when somebody asks for it. */
import type { Output } from '../output/output.ts'

/** Light modules around the code: four by the standard, of which two do for every reader and keep narrow terminals. */
const BORDER = 2

/** Shows the code where it can be seen whole, otherwise says that it cannot. */
export async function showQr(out: Output, page: URL): Promise<void> {
  const { renderUnicodeCompact } = await import('uqr')
  const lines = renderUnicodeCompact(page.href, { border: BORDER }).split('\n')
  const width = lines[0]?.length ?? 0
  const { terminalColumns } = out
  if (terminalColumns === undefined) {
    out.note('A QR code is only shown on a terminal.')
  } else if (terminalColumns < width) {
    out.note(`This terminal is too narrow for a QR code, which needs ${width} columns.`)
  } else {
    for (const line of lines) out.show(out.errorStyle('picture', line))
  }
}
