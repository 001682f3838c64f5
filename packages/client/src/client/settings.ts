// The settings of one client, resolved once and when they are first needed.

import type { Brand, CredentialFunction } from '../brand/brand.ts'
import { ConfigError } from '../error/config-error.ts'
import { named } from '../error/named.ts'
import { describeRemedy, describeSource } from '../resolve/describe.ts'
import { resolveSettings, whyForeign } from '../resolve/resolve.ts'
import type { ConfigProblem, Resolution, ResolvedSetting } from '../resolve/resolution.ts'
import { readTyped } from '../setting/read.ts'
import type { SettingValue } from '../setting/setting.ts'
import type { Surroundings } from '../surroundings/surroundings.ts'
import type { CommonOptions } from './options.ts'
import { isCommonOption } from './options.ts'

export type LooseOptions = CommonOptions & Readonly<Record<string, unknown>>

export class ClientSettings {
  readonly #brand: Brand
  readonly #options: LooseOptions
  readonly #surroundings: () => Surroundings
  #resolution: Resolution | undefined

  constructor(brand: Brand, options: LooseOptions, surroundings: () => Surroundings) {
    this.#brand = brand
    this.#options = options
    this.#surroundings = surroundings
  }

  /** What was found, also when it cannot be used. Never throws. */
  get resolution(): Resolution {
    this.#resolution ??= this.#resolve()
    return this.#resolution
  }

  get home(): string | undefined {
    return this.#surroundings().home
  }

  /** @throws ConfigError when the client cannot work */
  check(): void {
    const { problems } = this.resolution
    if (problems.length > 0) throw this.refuse(problems)
  }

  refuse(problems: readonly ConfigProblem[]): ConfigError {
    return named(this.#brand, new ConfigError(this.#brand.client, problems))
  }

  /** A resolved setting by its name in files; the value is undefined when it has none. */
  value(name: string): SettingValue | CredentialFunction | undefined {
    this.check()
    return this.find(name)?.winner?.value
  }

  find(name: string): ResolvedSetting | undefined {
    return this.resolution.settings.find(({ setting }) => setting.name === name)
  }

  /** Where a setting's value came from, in words, how to give another there, and what it hides. */
  whence(name: string): {
    readonly source: string | undefined
    readonly remedy: string | undefined
    readonly shadowed: readonly string[]
  } {
    const { winner, shadowed = [] } = this.find(name) ?? {}
    return {
      source: winner && describeSource(winner.source, this.home),
      remedy: winner && describeRemedy(winner.source, this.#brand.login, this.home),
      shadowed: shadowed.map(({ source }) => describeSource(source, this.home)),
    }
  }

  /** The credential for one request. A function is asked each time, so a rotated secret counts at once. */
  async credential(): Promise<string> {
    const { credential } = this.#brand
    const value = this.value(credential.name)
    if (typeof value !== 'function') return String(value)
    const given = readTyped(credential, await value())
    const problem = given.ok ? whyForeign(this.#brand, String(given.value)) : given.problem
    if (given.ok && problem === undefined) return String(given.value)
    const place = this.whence(credential.name).source
    const fix = 'let the function give the key and nothing else'
    const code = given.ok ? 'foreign_credential' : 'invalid_setting'
    throw this.refuse([
      {
        code,
        problem: `what ${place ?? ''} gives ${given.ok ? 'is ' : ''}${problem ?? ''}`,
        fix,
        place,
      },
    ])
  }

  #resolve(): Resolution {
    const { argumentNames, profile, files } = this.#options
    const resolution = resolveSettings(this.#brand, {
      surroundings: this.#surroundings(),
      args: this.#options,
      profile,
      named: files,
      argumentNames,
    })
    const unknown = this.#unknownOptions()
    return { ...resolution, problems: [...unknown, ...resolution.problems] }
  }

  // A misspelled option would leave the choice to the environment, and the caller in the belief that it was theirs.
  #unknownOptions(): readonly ConfigProblem[] {
    const known = this.#brand.settings.map(({ option }) => option)
    return Object.keys(this.#options)
      .filter((name) => !known.includes(name) && !isCommonOption(name))
      .map((name) => ({
        code: 'invalid_setting',
        problem: `there is no option '${name}'`,
        fix: `use one of ${known.join(', ')}`,
        place: name,
      }))
  }
}
