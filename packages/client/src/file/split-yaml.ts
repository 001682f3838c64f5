import type { Parsed, Entries } from './entries.ts'
import { malformed } from './entries.ts'
import type { SplitYaml, SplitYamlInput } from './layout.ts'
import type { FileLayers, Reading } from './reading.ts'
import { gather, load, NOTHING } from './reading.ts'
import { parseYaml } from './yaml.ts'

/** `config.yaml` and `credentials.yaml`, both optional, any subset of settings in either; credentials win. */
export function splitYaml(input: SplitYamlInput): SplitYaml {
  return {
    layout: 'split-yaml',
    settings: 'config.yaml',
    credentials: 'credentials.yaml',
    singleFileVariable: undefined,
    whenReadable: 'repair',
    ...input,
    read,
  }
}

function read(reading: Reading): FileLayers {
  const { reader, brand, paths } = reading
  const all = paths.map((path) => {
    const parse = (text: string): Parsed<Entries> => {
      const yaml = reader.loadYaml()
      if (yaml !== undefined) return parseYaml(yaml, text)
      const fix = "install the package 'yaml' beside the program, or use environment variables"
      return malformed("is YAML, and the package 'yaml' is not there", fix)
    }
    return load(reading, path, {
      parse,
      holdsSecret: (entries) => entries.has(brand.credential.name),
    })
  })
  const layers = all.flatMap(({ value }, index) =>
    value === undefined ? [] : [{ path: paths[index] ?? '', section: undefined, entries: value }],
  )
  return { ...NOTHING, ...gather(all, paths), layers }
}
