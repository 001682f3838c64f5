/** `keys add`: stores a provider's key at the server. Its value is asked for unseen or piped in, never an argument. */
import { kindOf } from '@keywright/client'
import { fieldsOf, textOf } from '../api/read-answer.ts'
import { Failure } from '../output/failure.ts'
import { readAll } from '../secret/given-secret.ts'
import { tidySecret } from '../secret/tidy.ts'
import { commandText } from '../session/command-text.ts'
import type { Context } from '../session/context.ts'
import { isInteractive, requireSecret } from '../session/interactive.ts'
import { openSession } from '../session/open-session.ts'
import { providerKeysOf } from '../session/provider-keys.ts'
import type { Given } from '../tree/catalogue.ts'

export async function addKey(context: Context, { flags }: Given): Promise<void> {
  const { out, world } = context
  const { providers, routes } = providerKeysOf(context)
  const { provider, name, limit } = flags
  if (typeof provider !== 'string' || !providers.includes(provider)) {
    const isUnknown = typeof provider === 'string'
    const problem = isUnknown
      ? `${provider} is no provider here.`
      : 'Say whose key it is with --provider.'
    throw new Failure('usage', problem, { hint: `Providers are ${providers.join(', ')}.` })
  }
  const usd = typeof limit === 'string' ? amountOf(limit) : undefined
  const { api } = openSession(context)
  const isPiped = flags['withToken'] === true && !isInteractive(context)
  const typed = isPiped
    ? await readAll(world.stdin)
    : await requireSecret(context, `${provider} key (input hidden): `, pipeHint(context, provider))
  const key = tidySecret(typed)
  checkOwner(context, { key, provider })
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

/** A secret would be handed to somebody whom it is none of: one of our own tokens, or another provider's key. */
function checkOwner(
  { brand }: Context,
  { key, provider }: { readonly key: string; readonly provider: string },
): void {
  const kind = kindOf(brand, key)
  if (kind.type === 'kind') {
    const message = `This is a token of ${brand.client}, not a key of ${provider}.`
    throw new Failure('wrong_secret', message, { hint: 'Nothing was stored.' })
  }
  if (kind.type === 'foreign' && kind.product.toLowerCase() !== provider) {
    const message = `This is a key of ${kind.product} (${kind.prefix}…), not one of ${provider}.`
    throw new Failure('wrong_secret', message, { hint: 'Nothing was stored.' })
  }
}

function pipeHint(context: Context, provider: string): string {
  const command = commandText(context, 'keys add') ?? 'keys add'
  return `Run \`${command} --provider ${provider} --with-token < FILE\`, or ask for it in a terminal.`
}

function amountOf(text: string): number {
  if (/^\d{1,9}(\.\d{1,2})?$/.test(text) && Number(text) > 0) return Number(text)
  throw new Failure('usage', `${text} is no amount.`, { hint: 'Write US dollars, as 25 or 12.50.' })
}
