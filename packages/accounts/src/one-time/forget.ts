import type { Inside } from '../inside.ts'

/** Makes links of mails and half-done sign-ins of an account worthless: they are kept with its id. */
export async function forgetOneTime({ adapter }: Inside, userId: string): Promise<void> {
  await adapter.deleteMany({ model: 'verification', where: [{ field: 'value', value: userId }] })
}
