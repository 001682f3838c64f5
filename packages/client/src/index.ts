// What a product's client and command line are built on. Runs on Node 20.16 and later, Bun, Deno and in browsers.

export { defineBrand } from './brand/define.ts'
export { BrandError } from './brand/error.ts'
export type { BrandProblem } from './brand/error.ts'
export type {
  Brand,
  BrandInput,
  CredentialFunction,
  KindShape,
  Route,
  Routes,
  SettingOptions,
  SettingResults,
  SettingsOf,
} from './brand/brand.ts'
export type { ErrorName } from './error/client-error.ts'
export { preferStored } from './resolve/prefer-stored.ts'
export type { StoredPreference } from './resolve/prefer-stored.ts'
export { PRECEDENCE } from './setting/setting.ts'
export type {
  Layer,
  Setting,
  SettingInput,
  SettingsInput,
  SettingType,
  SettingValue,
} from './setting/setting.ts'
export { readText, readTyped } from './setting/read.ts'
export type { ReadValue } from './setting/read.ts'
export { isJws, kindOf, maskFor } from './credential/kind.ts'
export type { CredentialKind } from './credential/kind.ts'
export { mask, Secret } from './credential/secret.ts'
export type { Directory, FilePlaces, Files } from './file/layout.ts'
export { splitYaml } from './file/split-yaml.ts'
export { profilesJson } from './file/profiles-json.ts'
export { hostsJson } from './file/hosts-json.ts'
export type { Entries, Entry, Malformed, Parsed } from './file/entries.ts'
export { sealedStore } from './sealed/sealed-store.ts'
export { STORE_MODES } from './sealed/store.ts'
export type { CredentialStore, Opening, SealedIn, SealPlace, StoreMode } from './sealed/store.ts'
export { keyVariableOf } from './sealed/key.ts'
export { sealedIn } from './sealed/envelope.ts'
export { openSealed } from './sealed/open-sealed.ts'
export type { Opened, Sealed } from './sealed/open-sealed.ts'
export { openSealer, whyNoKeychain } from './sealed/sealer.ts'
export type { Sealer, SealerFound } from './sealed/sealer.ts'
export type { StoreTrouble, StoreTroubleCode } from './sealed/trouble.ts'
export { placesOf } from './file/places.ts'
export { parseJson } from './file/json.ts'
export { parseYaml } from './file/yaml.ts'
export { parseProfiles } from './file/profiles.ts'
export type { ProfilesDocument } from './file/profiles.ts'
export { hostOf, parseHosts } from './file/hosts.ts'
export type { HostsDocument } from './file/hosts.ts'
export { resolveSettings } from './resolve/resolve.ts'
export type { ResolveRequest } from './resolve/resolve.ts'
export type {
  Candidate,
  ConfigProblem,
  ConfigProblemCode,
  Resolution,
  ResolvedSetting,
  Source,
} from './resolve/resolution.ts'
export { describeRemedy, describeSource } from './resolve/describe.ts'
export { explainResolution } from './resolve/explain.ts'
export type { ExplainedSetting, ExplainedValue, Explanation } from './resolve/explain.ts'
export type { FileRead, FileReader, Surroundings, Transport } from './surroundings/surroundings.ts'
export { clientFor } from './client/client-for.ts'
export type { ClientClass } from './client/client-for.ts'
export type { Client } from './client/client.ts'
export type { ClientOptions, CommonOptions, Logger } from './client/options.ts'
export { organizationsIn, PERSONAL } from './client/organization.ts'
export type { OwnOrganization } from './client/organization.ts'
export { mapBounded } from './client/bounded.ts'
export type { CallOptions } from './http/call.ts'
export type { Answer, AnsweredWith } from './http/answer.ts'
export type { Page, Pages } from './http/pages.ts'
export type { NamedFiles } from './resolve/file-layers.ts'
export { ClientError } from './error/client-error.ts'
export { ConfigError } from './error/config-error.ts'
export { ConnectionError, TimeoutError } from './error/connection-error.ts'
export {
  APIError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalError,
  NotFoundError,
  PermissionDeniedError,
  QuotaExceededError,
  RateLimitError,
  UnprocessableError,
} from './error/api-error.ts'
export { findSurroundings, findTransport } from './surroundings/defaults.ts'
