// Reads the value of a setting from text (an environment variable) or from a typed place (an argument, a file). The
// answer says what is wrong in words that end a sentence beginning with the setting's name, and never repeats a secret.

import type { Setting, SettingValue } from './setting.ts'

export type ReadValue =
  | { readonly ok: true; readonly value: SettingValue }
  | { readonly ok: false; readonly problem: string }

const QUOTED_MAX = 16

type Shape = Pick<Setting, 'type' | 'min' | 'max'>

// RFC 7230 token characters and what base64 needs: everything real credentials consist of, and nothing that could end a
// header line. JWTs and keys of other products pass too; the server is the judge of those.
const CREDENTIAL = /^[\x21-\x7e]+$/

/** A value out of text, where everything is text. Space around it does not count. */
export function readText(setting: Shape, text: string): ReadValue {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  switch (setting.type) {
    case 'integer':
      if (!/^[+-]?\d+$/.test(trimmed)) return wrong(setting, trimmed)
      return fitting(setting, Number(trimmed))
    case 'seconds':
      if (!/^\d+(\.\d+)?$/.test(trimmed)) return wrong(setting, trimmed)
      return fitting(setting, Number(trimmed))
    case 'boolean':
      if (/^(true|1|yes|on)$/i.test(trimmed)) return { ok: true, value: true }
      if (/^(false|0|no|off)$/i.test(trimmed)) return { ok: true, value: false }
      return wrong(setting, trimmed)
    case 'credential':
    case 'server':
    case 'text':
      return fitting(setting, trimmed)
  }
}

/** A value from a place with types. Text is read as text is, so that `timeout: "30"` in a file counts. */
export function readTyped(setting: Shape, value: unknown): ReadValue {
  if (typeof value === 'string') return readText(setting, value)
  if (typeof value === 'number' || typeof value === 'boolean') return fitting(setting, value)
  const what = value === null ? 'empty' : Array.isArray(value) ? 'a list' : 'something else'
  return { ok: false, problem: `must be ${WORDS[setting.type]}, and is ${what}` }
}

/** Why a value of the right JavaScript type cannot be used; undefined when it can. */
export function whyUnfit(setting: Shape, value: SettingValue): string | undefined {
  switch (setting.type) {
    case 'integer':
    case 'seconds':
      return whyUnfitNumber(setting, value)
    case 'boolean':
      return typeof value === 'boolean'
        ? undefined
        : `must be ${WORDS.boolean}, and is ${quote(value)}`
    case 'credential':
      return whyUnfitCredential(value)
    case 'server':
      return whyUnfitServer(value)
    case 'text':
      if (typeof value !== 'string') return `must be ${WORDS.text}; put it in quotes`
      return value === '' || hasControls(value) ? 'must be one line of text' : undefined
  }
}

const WORDS: Readonly<Record<Setting['type'], string>> = {
  credential: 'a key or token as text',
  server: 'a URL',
  text: 'text',
  integer: 'a whole number',
  seconds: 'a number of seconds',
  boolean: 'true or false',
}

function fitting(setting: Shape, value: SettingValue): ReadValue {
  const problem = whyUnfit(setting, value)
  return problem === undefined ? { ok: true, value } : { ok: false, problem }
}

function wrong({ type }: Shape, text: string): ReadValue {
  return { ok: false, problem: `must be ${WORDS[type]}, not ${quote(text)}` }
}

function whyUnfitNumber({ type, min, max }: Shape, value: SettingValue): string | undefined {
  const isNumber = typeof value === 'number' && Number.isFinite(value)
  if (!isNumber || (type === 'integer' && !Number.isSafeInteger(value))) {
    return `must be ${WORDS[type]}, and is ${quote(value)}`
  }
  if (type === 'seconds' && value <= 0) return 'must be more than 0 seconds'
  if (min !== undefined && value < min) return `must be ${min} or more, and is ${value}`
  if (max !== undefined && value > max) return `must be ${max} or less, and is ${value}`
  return undefined
}

function whyUnfitCredential(value: SettingValue): string | undefined {
  if (typeof value !== 'string') return `must be ${WORDS.credential}`
  if (value === '') return 'is empty'
  if (/^bearer\s/i.test(value)) return "begins with 'Bearer '; leave that word out"
  if (!CREDENTIAL.test(value)) return 'contains a space or a character that no key has'
  return undefined
}

function whyUnfitServer(value: SettingValue): string | undefined {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    return 'must be a URL that begins with https://'
  }
  if (url.username !== '' || url.password !== '') return 'must not have a user or password in it'
  if (url.search !== '' || url.hash !== '') return 'must be a base URL, without ? and #'
  return undefined
}

function hasControls(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return /[\u0000-\u001f\u007f]/.test(text)
}

// Somebody may have put a secret where a number belongs, so nothing long is repeated.
function quote(value: SettingValue): string {
  const text = String(value)
  return text.length > QUOTED_MAX ? `a text of ${text.length} characters` : `'${text}'`
}
