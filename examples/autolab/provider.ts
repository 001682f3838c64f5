// The two kinds of secret of AutoLab never stand in for each other: access tokens say who somebody is, provider keys pay for
// what a model thinks. Each is told by how it begins.

/** Whose models a project can think with. */
export const PROVIDERS = [
  'anthropic',
  'openai',
  'google',
  'openrouter',
  'xai',
  'deepseek',
  'minimax',
  'moonshot',
  'glm',
  'qwen',
] as const

// Longer beginnings first: several providers share `sk-`, and it is told of which only where they differ.
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ['sk-ant-', 'an Anthropic key'],
  ['sk-or-', 'an OpenRouter key'],
  ['sk-proj-', 'an OpenAI key'],
  ['sk-', 'a provider key'],
  ['xai-', 'an xAI key'],
  ['AIza', 'a Google key'],
]

/** What a text is called when it begins as the key of a model provider does. */
export function providerKeyName(text: string): string | undefined {
  return BEGINNINGS.find(([beginning]) => text.startsWith(beginning))?.[1]
}

/** Whether a text begins as an access token of AutoLab does. */
export function isAccessToken(text: string): boolean {
  return text.startsWith('al_')
}
