/** What the OpenAPI document says besides its routes. */
export const DOCUMENT = {
  openapi: '3.1.0',
  info: {
    title: 'Keywright',
    description: 'Keys: minted, verified, limited, rotated, revoked.',
    version: '1',
  },
  components: {
    securitySchemes: {
      bearer: { type: 'http' as const, scheme: 'bearer', description: 'A key' },
      basic: { type: 'http' as const, scheme: 'basic', description: 'Id and secret of a key' },
    },
  },
}
