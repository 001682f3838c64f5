/** As much of JSON Schema as the OpenAPI document uses. */
export interface JsonSchema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly items?: JsonSchema
}

type Named = Readonly<Record<string, JsonSchema>>

/** Says where a value does not fit. */
export function mismatch(schema: JsonSchema, value: unknown, named: Named): string | undefined {
  if (schema.$ref !== undefined) {
    const known = named[schema.$ref.split('/').at(-1) as string]
    return known === undefined ? `no ${schema.$ref}` : mismatch(known, value, named)
  }
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) {
    const isFit = choices.some((one) => mismatch(one, value, named) === undefined)
    return isFit ? undefined : 'no choice fits'
  }
  const wrong = mismatchOfValue(schema, value)
  if (wrong !== undefined) return wrong
  if (Array.isArray(value)) {
    return value.map((item) => mismatch(schema.items ?? {}, item, named)).find(Boolean)
  }
  return typeof value === 'object' && value !== null
    ? mismatchOfObject(schema, value, named)
    : undefined
}

function mismatchOfValue(schema: JsonSchema, value: unknown): string | undefined {
  const { const: constant, enum: values, pattern } = schema
  if (constant !== undefined && constant !== value) return 'not the constant'
  if (values !== undefined && !values.includes(value)) return 'not in enum'
  const types = [schema.type ?? []].flat()
  if (types.length > 0 && !types.some((type) => type === typeOf(value, type))) {
    return `not ${types.join(' or ')}`
  }
  if (pattern === undefined || typeof value !== 'string') return undefined
  return new RegExp(pattern, 'u').test(value) ? undefined : `not like ${pattern}`
}

function mismatchOfObject(schema: JsonSchema, value: object, named: Named): string | undefined {
  const lacking = schema.required?.find((name) => !Object.hasOwn(value, name))
  if (lacking !== undefined) return `lacks ${lacking}`
  for (const [name, inner] of Object.entries(value)) {
    const known = schema.properties?.[name] ?? schema.additionalProperties
    if (known === false) return `has ${name}`
    const wrong = typeof known === 'object' ? mismatch(known, inner, named) : undefined
    if (wrong !== undefined) return `${name}: ${wrong}`
  }
  return undefined
}

function typeOf(value: unknown, wanted: string): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (wanted === 'integer' && Number.isInteger(value)) return 'integer'
  return typeof value
}
