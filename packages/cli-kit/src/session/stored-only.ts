import type { Context } from './context.ts'

/** The context in which neither a flag nor a variable gives the credential: what is stored counts, sealed or plain. */
export function storedOnly(context: Context): Context {
  const { brand, world, everywhere } = context
  const env = { ...world.env, [brand.credential.variable]: undefined }
  return {
    ...context,
    everywhere: { ...everywhere, credential: undefined },
    // Not a copy: the world's own streams are opened when they are first asked for.
    world: Object.create(world, { env: { value: env, enumerable: true } }) as Context['world'],
  }
}
