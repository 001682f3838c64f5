/** `keys add`: stores a provider's key at the server. Its value is asked for unseen or piped in, never an argument. */
import { kindOf } from '@keywright/client'
import { fieldsOf, textOf } from '../api/read-answer.ts'
import { Failure } from '../output/failure.ts'
import { readAll } from '../secret/given-secret.ts'
import { tidySecret } from '../secret/tidy.ts'
import type { Context } from '../session/context.ts'
import { isInteractive, requireSecret } from '../session/interactive.ts'
import { openSession } from '../session/open-session.ts'
import { providerKeysOf } from '../session/provider-keys.ts'
import type { Given } from '../tree/catalogue.ts'

export async function addKey(context: Context, { flags }: Given): Promise<void> {
  const { brand, out, world } = context
  const { providers, routes } = providerKeysOf(context)
  const { provider, name, limit } = flags
  if (typeof provider !== 'string' || !providers.includes(provider)) {
    throw new Failure('usage', 'Say whose key it is with --provider.', {
      hint: `Providers are ${providers.join(', ')}.`,
    })
  }
  const usd = typeof limit === 'string' ? amountOf(limit) : undefined
  const { api } = openSession(context)
  const isPiped = flags['withToken'] === true && !isInteractive(context)
  const typed = isPiped
    ? await readAll(world.stdin)
    : await requireSecret(context, `${provider} key (input hidden): `, 'Ask for it in a terminal.')
  const key = tidySecret(typed)
  // One of our own tokens would be handed to a provider that it is none of.
  if (kindOf(brand, key).type === 'kind') {
    throw new Failure(
      'wrong_secret',
      `This is a token of ${brand.client}, not a key of ${provider}.`,
    )
  }
  const body = {
    provider,
    key,
    ...(typeof name === 'string' && { name }),
    ...(usd !== undefined && { limit_usd: usd }),
  }
  const made = fieldsOf(await api.call(routes.add, { body }))
  const id = textOf(made, 'id') ?? ''
  out.answer({ id, provider, name: textOf(made, 'name') ?? null, limit_usd: usd ?? null }, [])
  out.note(`Stored the ${provider} key as ${textOf(made, 'name') ?? id}.`)
}

function amountOf(text: string): number {
  if (/^\d{1,9}(\.\d{1,2})?$/.test(text) && Number(text) > 0) return Number(text)
  throw new Failure('usage', `${text} is no amount.`, { hint: 'Write US dollars, as 25 or 12.50.' })
}
