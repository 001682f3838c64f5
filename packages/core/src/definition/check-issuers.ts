// What makes outside issuers wrong. An issuer is a promise about other people's tokens, so everything is pinned in
// the definition: one audience, a closed list of asymmetric algorithms, one type and a life.

import type { IssuerInput } from '../issuer/issuer.ts'
import {
  TOKEN_AGE_MAX_SECONDS,
  TOKEN_ALGORITHMS,
  TOKEN_PEOPLE,
  TOKEN_TYPES,
} from '../issuer/issuer.ts'
import { isLoopbackHost, whyNoIssuerUrl } from '../issuer/url.ts'
import { ORGANIZATIONS } from '../organization/organization.ts'
import type { DefinitionProblem } from './error.ts'
import type { LooseDefinition } from './loose.ts'

type LooseIssuer = Readonly<Partial<Record<keyof IssuerInput, unknown>>>

const FIELDS = [
  'issuer',
  'audience',
  'algorithms',
  'jwksUrl',
  'typ',
  'maxAgeSeconds',
  'people',
  'claims',
] as const satisfies readonly (keyof IssuerInput)[]
const CLAIMS = ['organization', 'role']
const TEXT_LENGTH_MAX = 512

/** What is wrong with the outside issuers of a definition. */
export function checkIssuers(definition: LooseDefinition): DefinitionProblem[] {
  const { issuers } = definition
  if (issuers === undefined) return []
  if (!Array.isArray(issuers)) {
    const fix = "write issuers: [{ issuer: 'https://…', audience: 'https://…', algorithms: […] }]"
    return [{ place: 'issuers', problem: 'is not a list', fix }]
  }
  const seen = new Set<unknown>()
  const found = issuers.flatMap((issuer: LooseIssuer | undefined, index) => {
    const place = `issuers[${index}]`
    if (typeof issuer !== 'object' || issuer === null) {
      const fix = 'write { issuer, audience, algorithms }'
      return [{ place, problem: 'is not an issuer', fix }]
    }
    const isTwice = seen.has(issuer.issuer)
    seen.add(issuer.issuer)
    return [
      ...checkFields(issuer, place),
      ...checkName(issuer, `${place}.issuer`),
      ...(isTwice
        ? [{ place, problem: 'names an issuer that is there already', fix: 'remove one' }]
        : []),
      ...checkAudience(issuer, `${place}.audience`),
      ...checkAlgorithms(issuer, `${place}.algorithms`),
      ...checkKeysUrl(issuer, `${place}.jwksUrl`),
      ...checkTerms(issuer, place),
      ...checkClaims(definition, issuer, `${place}.claims`),
    ]
  })
  return [...checkPeople(definition), ...found]
}

// A token is of a person, and a person without roles does nothing.
function checkPeople({ issuers, roles }: LooseDefinition): DefinitionProblem[] {
  if (issuers?.length === 0 || roles !== undefined) return []
  const fix = "declare roles, as { owner: ['*'] }, so that people can do something"
  return [{ place: 'issuers', problem: 'needs people, and there are no roles', fix }]
}

// A misspelt field would silently mean its default.
function checkFields(issuer: LooseIssuer, place: string): DefinitionProblem[] {
  return Object.keys(issuer)
    .filter((field) => !FIELDS.some((known) => known === field))
    .map((field) => ({
      place: `${place}.${field}`,
      problem: 'is not a field of an issuer',
      fix: `use ${FIELDS.join(', ')}`,
    }))
}

function checkName({ issuer }: LooseIssuer, place: string): DefinitionProblem[] {
  const why =
    whyNoIssuerUrl(issuer) ?? ((issuer as string).includes('?') ? 'has a query' : undefined)
  if (why === undefined) return []
  const fix = "give the exact iss of its tokens, as 'https://auth.acme.com'"
  // Never quoted: it may have a password in it.
  return [{ place, problem: why, fix }]
}

function checkAudience({ audience }: LooseIssuer, place: string): DefinitionProblem[] {
  if (isText(audience)) return []
  const fix = "name this API as the issuer's tokens do in aud, as 'https://api.acme.com'"
  return [{ place, problem: 'is missing: a token for another API would pass', fix }]
}

function checkAlgorithms({ algorithms }: LooseIssuer, place: string): DefinitionProblem[] {
  const fix = `list those that the issuer signs with, of ${TOKEN_ALGORITHMS.join(', ')}`
  if (!Array.isArray(algorithms) || algorithms.length === 0) {
    return [{ place, problem: 'is empty', fix }]
  }
  return algorithms.flatMap((algorithm: unknown, index) =>
    TOKEN_ALGORITHMS.some((known) => known === algorithm)
      ? []
      : [
          {
            place: `${place}[${index}]`,
            problem: `'${String(algorithm)}' cannot be accepted from outside`,
            fix,
          },
        ],
  )
}

function checkKeysUrl({ issuer, jwksUrl }: LooseIssuer, place: string): DefinitionProblem[] {
  if (jwksUrl === undefined) return []
  const why = whyNoIssuerUrl(jwksUrl) ?? whyTooNear(issuer, jwksUrl)
  if (why === undefined) return []
  const fix = "give the issuer's https address of its key set, or leave it out to have it found"
  return [{ place, problem: why, fix }]
}

function whyTooNear(issuer: unknown, jwksUrl: unknown): string | undefined {
  if (whyNoIssuerUrl(issuer) !== undefined || isLoopbackHost(new URL(issuer as string).hostname)) {
    return undefined
  }
  return isLoopbackHost(new URL(jwksUrl as string).hostname)
    ? 'is on this machine and the issuer is not'
    : undefined
}

function checkTerms(issuer: LooseIssuer, place: string): DefinitionProblem[] {
  const { typ, maxAgeSeconds, people } = issuer
  const problems: DefinitionProblem[] = []
  if (typ !== undefined && !TOKEN_TYPES.some((known) => known === typ)) {
    const fix = "use 'at+jwt' (the default) or 'JWT'"
    problems.push({ place: `${place}.typ`, problem: 'is not accepted', fix })
  }
  if (people !== undefined && !TOKEN_PEOPLE.some((known) => known === people)) {
    const fix = "use 'known' (the default) or 'join'"
    problems.push({ place: `${place}.people`, problem: 'is not understood', fix })
  }
  const isAge =
    Number.isSafeInteger(maxAgeSeconds) &&
    (maxAgeSeconds as number) > 0 &&
    (maxAgeSeconds as number) <= TOKEN_AGE_MAX_SECONDS
  if (maxAgeSeconds !== undefined && !isAge) {
    const problem = `must be whole seconds from 1 to ${TOKEN_AGE_MAX_SECONDS}`
    problems.push({ place: `${place}.maxAgeSeconds`, problem, fix: 'use hours(1)' })
  }
  return problems
}

function checkClaims(
  { resources }: LooseDefinition,
  { claims }: LooseIssuer,
  place: string,
): DefinitionProblem[] {
  if (claims === undefined) return []
  const fix = "write { organization: 'org_id', role: 'role' }: both make a membership"
  if (typeof claims !== 'object' || claims === null) {
    return [{ place, problem: 'names no claims', fix }]
  }
  const mapped: Readonly<Record<string, unknown>> = { ...claims }
  const problems = [...new Set([...CLAIMS, ...Object.keys(mapped)])]
    .filter((field) => !CLAIMS.includes(field) || !isText(mapped[field]))
    .map((field) => ({ place: `${place}.${field}`, problem: 'cannot be mapped', fix }))
  if (Object.hasOwn(resources, ORGANIZATIONS)) return problems
  const problem = 'says an organization, and resources have none'
  return [...problems, { place, problem, fix: `declare resources: { ${ORGANIZATIONS}: {} }` }]
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '' && value.length <= TEXT_LENGTH_MAX
}
